"""Our part of a shared file is put in and taken out; every other byte stays."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from agentgen.render.engine import render_profile
from agentgen.render.model import Action
from agentgen.render.plan import plan_dist, plan_install
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
