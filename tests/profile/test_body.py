"""The body of a profile as text."""

from __future__ import annotations

from agentgen.profile.body import Part, line_map, render_body, split_edges
from agentgen.profile.model import Layout, Profile, ProfileSection

TREE = Profile(
    fields={"name": "helper"},
    role="You help.",
    sections=(
        ProfileSection("api", "API", "- use ETags", (ProfileSection("errors", "Errors", "- say why"),)),
        ProfileSection("tools", "Tools", "Only here.", targets=("droid",)),
        ProfileSection("last", "Last"),
    ),
)


def test_defaults_give_regular_headings_and_blank_lines() -> None:
    """Without a stored layout, levels follow depth and blank lines stand between all parts."""
    assert render_body(TREE) == (
        "\nYou help.\n\n## API\n\n- use ETags\n\n### Errors\n\n- say why\n\n## Tools\n\nOnly here.\n\n## Last\n"
    )


def test_a_section_for_other_targets_is_left_out() -> None:
    """A section limited to targets appears there alone, and the rest closes up."""
    assert "Only here" in render_body(TREE, "droid")
    assert "Tools" not in render_body(TREE, "universal")


def test_the_stored_layout_wins() -> None:
    """Heading, level and blank space come out as they were stored, and children count from the stored level."""
    child = ProfileSection("b", "B", "text")
    section = ProfileSection("a", "A", "body", (child,), layout=Layout("**A:**", 4, "", "\n\n\n"))
    profile = Profile({"name": "x"}, role_layout=Layout(below=""), sections=(section,))
    assert render_body(profile) == "**A:**\nbody\n\n\n##### B\n\ntext\n"


def test_a_heading_never_sticks_to_the_text_before_it() -> None:
    """A file without a final line end was stored as such; a section added behind it still starts on its own line."""
    first = ProfileSection("a", "A", "body", layout=Layout(after=""))
    alone = Profile({"name": "x"}, sections=(first,))
    assert render_body(alone) == "\n## A\n\nbody"
    followed = Profile({"name": "x"}, sections=(first, ProfileSection("b", "B")))
    assert render_body(followed) == "\n## A\n\nbody\n\n## B\n"


def test_headings_end_at_level_six() -> None:
    """Markdown has six levels: deeper sections keep the sixth."""
    section = ProfileSection("s7", "Deep")
    for number in range(6, 0, -1):
        section = ProfileSection(f"s{number}", "Deep", sections=(section,))
    assert "\n###### Deep\n" in render_body(Profile({"name": "x"}, sections=(section,)))
    assert "#######" not in render_body(Profile({"name": "x"}, sections=(section,)))


def test_every_line_knows_its_section() -> None:
    """The line map joined is the body, and names section and part of each line."""
    lines = line_map(TREE)
    assert "".join(line.text for line in lines) == render_body(TREE)
    assert [line.line for line in lines] == list(range(1, len(lines) + 1))
    places = {line.text.strip(): (line.owner, line.part, line.index) for line in lines if line.text.strip()}
    assert places["You help."] == ("role", Part.BODY, 0)
    assert places["### Errors"] == ("errors", Part.HEADING, 0)
    assert places["- say why"] == ("errors", Part.BODY, 0)


def test_edges_are_blank_lines_only() -> None:
    """Blank lines go to the edges; indentation and trailing blanks of real lines stay in the body."""
    assert split_edges("\n \n  - a  \n\n") == ("\n \n", "  - a  ", "\n\n")
    assert split_edges("\n\n") == ("", "", "\n\n")
    assert split_edges("x") == ("", "x", "")
