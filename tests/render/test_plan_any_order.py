"""Whatever people do to a folder between two runs: no edit is lost, nothing outside is touched."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from agentgen.errors import UserError
from agentgen.render.model import Ledger, Rendering
from agentgen.render.plan import plan_dist
from agentgen.render.write import apply

TARGETS, PROFILES = ("t", "u"), ("one", "two")
PATHS = [f"{target}/.{target}/{profile}.md" for target in TARGETS for profile in PROFILES]

renders = st.tuples(
    st.just("render"), st.lists(st.sampled_from(PROFILES), unique=True), st.sampled_from("ab"), st.booleans()
)
edits = st.tuples(st.sampled_from(["edit", "delete", "link", "folder"]), st.sampled_from(PATHS))
stories = st.lists(st.one_of(renders, renders, edits), min_size=1, max_size=8)


def renderings(profiles: list[str], text: str) -> list[Rendering]:
    return [
        Rendering(target, profile, f".{target}/{profile}.md", f"{text} {profile}\n", Ledger(profile, target, ()))
        for target in TARGETS
        for profile in profiles
    ]


def meddle(kind: str, path: Path, outside: Path, edited: dict[Path, str]) -> None:
    """What somebody does by hand at the place of a file."""
    if path.is_symlink() or path.is_file():
        path.unlink()
        edited.pop(path, None)
    if kind == "delete" or path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "edit":
        path.write_text("mine\n", "utf-8")
        edited[path] = "mine\n"
    elif kind == "link":
        path.symlink_to(outside)
    else:
        path.mkdir()


@given(stories)
@settings(max_examples=120)
def test_no_story_loses_an_edit_or_leaves_the_folder(story: list[tuple]) -> None:
    """Renderings and meddling in any order, on a real folder."""
    with tempfile.TemporaryDirectory() as name:
        root, outside, edited = Path(name, "dist"), Path(name, "precious.txt"), {}
        root.mkdir()
        outside.write_text("precious\n", "utf-8")
        for step in story:
            if step[0] == "render":
                _, profiles, text, whole = step
                run(root, profiles, text, whole=whole)
            else:
                meddle(step[0], root / step[1], outside, edited)
            assert outside.read_text("utf-8") == "precious\n"
            assert all(path.read_text("utf-8") == text for path, text in edited.items())
        assert sorted(path.name for path in Path(name).iterdir()) == ["dist", "precious.txt"]
        assert not list(root.rglob("*.tmp"))


def run(root: Path, profiles: list[str], text: str, *, whole: bool) -> None:
    """Render, and see that a second run finds nothing to do but what it must refuse."""
    wanted = renderings(profiles, text)
    scope = TARGETS if whole else ()
    try:
        apply(plan_dist(wanted, root, whole=scope))
    except UserError:
        return
    again = plan_dist(wanted, root, whole=scope)
    assert {change.action.value for change in again.drift} <= {"refuse"}
