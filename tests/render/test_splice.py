"""Our part of a shared file is put in and taken out; every other byte stays."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from agentgen.render.engine import render_profile
from agentgen.render.model import Action, SharedPart
from agentgen.render.plan import plan_dist, plan_install
from agentgen.render.splice import CannotSpliceError, own_part, put_part, take_part
from agentgen.render.write import apply
from tests.render.loading import profile, targets

MODES = """\
# our modes
customModes:
- slug: theirs
  name: Theirs  # keep
  roleDefinition: |
    Be.
  groups: []

other: 1
"""
MODES_DEEP = """\
customModes:
    - slug: theirs
      name: Theirs
      groups: [read]
    # the next one
    - slug: last
      name: Last"""
NOTES = "# House rules\n\nBe kind.\n"


def rendering(target: str, role: str = "You are.", name: str = "me"):
    text = (
        f"name: {name}\ndescription: d\nrole: {role}\napprovals: [{{target: {target}, field: tools, kind: widening}}]\n"
    )
    return render_profile(profile(text), target, targets())


def install(root: Path, *renderings) -> dict[str, Action]:
    plan = plan_install(renderings, root)
    apply(plan)
    return {change.path: change.action for change in plan.changes}


@pytest.mark.parametrize(
    ("target", "path", "text"), [("roo-code", ".roomodes", MODES), ("agents-md", "AGENTS.md", NOTES)]
)
def test_what_others_wrote_keeps_every_byte(tmp_path: Path, target: str, path: str, text: str) -> None:
    """Take our lines out again, and the file is what it was."""
    (tmp_path / path).write_text(text, "utf-8")
    install(tmp_path, rendering(target))
    lines = (tmp_path / path).read_text("utf-8").splitlines()
    left = iter(lines)
    assert all(line in left for line in text.splitlines()), "their lines are all there, in their order"
    assert len(lines) > len(text.splitlines())
    assert install(tmp_path, rendering(target)) == {path: Action.UNCHANGED}


@pytest.mark.parametrize("text", [MODES, MODES_DEEP, "", "other: 1\n"])
def test_a_list_gets_one_entry_more_whatever_its_indentation(tmp_path: Path, text: str) -> None:
    """The file stays valid, the other entries stay as they are, the second run replaces ours."""
    file = tmp_path / ".roomodes"
    file.write_text(text, "utf-8")
    before = (yaml.safe_load(text) or {}).get("customModes", [])
    install(tmp_path, rendering("roo-code", "You are new."))
    install(tmp_path, rendering("roo-code", "You are newer."))
    found = yaml.safe_load(file.read_text("utf-8"))
    assert found["customModes"][:-1] == before
    assert found["customModes"][-1]["roleDefinition"] == "You are newer.\n"
    assert set(found) == {"customModes", *(yaml.safe_load(text) or {})}


def test_several_profiles_share_one_file_and_leave_it_one_by_one(tmp_path: Path) -> None:
    """In `dist/` the shared file holds all of ours; with the last one it goes."""
    for target, path in (("roo-code", "roo-code/.roomodes"), ("agents-md", "agents-md/AGENTS.md")):
        both = [rendering(target, name="one"), rendering(target, name="two")]
        apply(plan_dist(both, tmp_path, whole=[target]))
        text = (tmp_path / path).read_text("utf-8")
        assert "one" in text
        assert "two" in text
        apply(plan_dist(both[:1], tmp_path, whole=[target]))
        assert "two" not in (tmp_path / path).read_text("utf-8")
        apply(plan_dist([], tmp_path, whole=[target]))
        assert not (tmp_path / path).exists()


def test_an_edit_of_our_part_is_refused_and_one_elsewhere_is_not(tmp_path: Path) -> None:
    """Only our own part is guarded."""
    file = tmp_path / "AGENTS.md"
    file.write_text(NOTES, "utf-8")
    install(tmp_path, rendering("agents-md"))
    file.write_text(file.read_text("utf-8").replace("Be kind.", "Be very kind."), "utf-8")
    assert install(tmp_path, rendering("agents-md", "You are new.")) == {"AGENTS.md": Action.UPDATE}
    file.write_text(file.read_text("utf-8").replace("You are new.", "You are edited."), "utf-8")
    assert install(tmp_path, rendering("agents-md", "You are newer.")) == {"AGENTS.md": Action.REFUSE}
    assert "Be very kind." in file.read_text("utf-8")
    assert "You are edited." in file.read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "customModes: [{slug: theirs}]\n",
        '{"customModes": []}',
        "customModes: {a: b}\n",
        "customModes: []\n",
        "a: [\n",
        "base: &x {a: b}\ncustomModes:\n  - *x\n",
        "customModes:\r\n  - slug: theirs\r\n",
        "customModes:\n  - slug: me\n  - slug: me\n",
    ],
)
def test_a_file_that_cannot_be_cut_for_certain_is_left_alone(tmp_path: Path, text: str) -> None:
    """Better no change than a broken file."""
    file = tmp_path / ".roomodes"
    file.write_bytes(text.encode())
    assert install(tmp_path, rendering("roo-code")) == {".roomodes": Action.REFUSE}
    assert file.read_bytes() == text.encode()


def test_marks_that_do_not_pair_are_refused(tmp_path: Path) -> None:
    """Somebody removed one of the two comment lines."""
    file = tmp_path / "AGENTS.md"
    install(tmp_path, rendering("agents-md"))
    file.write_text(file.read_text("utf-8").replace("<!-- agentgen: end me -->\n", ""), "utf-8")
    assert install(tmp_path, rendering("agents-md", "You are new.")) == {"AGENTS.md": Action.REFUSE}


@pytest.mark.parametrize(
    "text",
    ["other: 1\ncustomModes:\n", "other: 1\n\n\ncustomModes:\n", "customModes:\n\n\n", "a: 1\ncustomModes: # ours\n"],
)
def test_a_list_goes_with_its_last_entry(text: str) -> None:
    """What stands around it stays; its line goes with blank lines below, and other lines keep theirs."""
    place = SharedPart("me", "customModes", "slug")
    head, _, line = text.rstrip("\n").rpartition("customModes")
    assert take_part(text + "- slug: me\n  name: Me\nlast: 2\n", place) == head + "last: 2\n", line


def test_a_list_keeps_its_other_entries() -> None:
    """The line of the list stays with them."""
    place = SharedPart("me", "customModes", "slug")
    assert take_part(MODES + "", place) == MODES
    text = "customModes:\n- slug: me\n- slug: theirs\n"
    assert take_part(text, place) == "customModes:\n- slug: theirs\n"


def test_a_comment_above_the_last_entry_stays() -> None:
    """The line above an entry is not always that of the list."""
    place = SharedPart("me", "customModes", "slug")
    text = "customModes:\n# ours\n- slug: me\n"
    assert take_part(text, place) == "customModes:\n# ours\n"


@pytest.mark.parametrize(("text", "left"), [("A.\n\n{}", "A.\n"), ("A.\n{}B.\n", "A.\nB.\n"), ("{}", "")])
def test_a_marked_part_goes_with_the_blank_line_above_it(text: str, left: str) -> None:
    """Lines of others stay apart from each other as they were."""
    place = SharedPart("me")
    part = "<!-- agentgen: begin me -->\nx\n<!-- agentgen: end me -->\n"
    assert take_part(text.format(part), place) == left


def test_a_part_deeper_to_the_right_keeps_its_blank_lines(tmp_path: Path) -> None:
    """It is taken out, as it was put in, whatever the column of the list."""
    place = SharedPart("me", "customModes", "slug")
    part = "  - slug: me\n    role: |\n      One.\n\n      Two.\n"
    text = put_part(MODES_DEEP, place, part)
    assert text.startswith(MODES_DEEP + "\n")
    assert own_part(text, place) == part
    assert put_part("other: 1", place, part).startswith("other: 1\ncustomModes:\n")


def test_entries_without_a_name_are_somebody_elses() -> None:
    """They are no reason to stop."""
    place = SharedPart("me", "customModes", "slug")
    text = "customModes:\n  - name: Nameless\n"
    assert own_part(text, place) is None
    assert put_part(text, place, "  - slug: me\n") == text + "  - slug: me\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("customModes: [{slug: a}]\n", "customModes is not written as a list of lines with plain line ends"),
        ("customModes:\n  -\n    slug: a\n  - {slug: b}\n", "customModes holds entries that are not written as lines"),
        ("customModes:\n  -\n    slug: me\n", "^an entry does not start with a dash on its own line$"),
        ("customModes:\n  - slug: me\n  - slug: me\n", "two entries with the slug me"),
        ("customModes: {a: b}\n", "customModes is not a list"),
        ("customModes: []\n", "not written as a list"),
        ("[a]\n", "not written as lines of keys"),
        ("a: *x\n", "YAML aliases"),
        ("a: [\n", "the file is not valid YAML: while parsing"),
        ("customModes:\n  ? slug\n  : me\n", "customModes is not a list"),
    ],
)
def test_the_reason_of_a_refusal_is_said(text: str, reason: str) -> None:
    """In the words of the file."""
    with pytest.raises(CannotSpliceError, match=reason):
        put_part(text, SharedPart("me", "customModes", "slug"), "  - slug: me\n")
