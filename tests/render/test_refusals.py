"""What cannot be done is refused with its reason and a next step, and what was there stays or comes back."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from agentgen.errors import UserError
from agentgen.render.handles import Folder
from agentgen.render.model import Action, Ledger, Rendering, SharedPart
from agentgen.render.plan import MANIFEST, plan_dist, plan_install
from agentgen.render.write import apply
from tests.hostile.processes import litter


def rendering(text: str = "one\n", profile: str = "me") -> Rendering:
    return Rendering("t", profile, f".t/{profile}.md", text, Ledger(profile, "t", ()))


def shared(text: str = "one\n", profile: str = "me") -> Rendering:
    """A part of `.t/ALL.md`, between comment lines."""
    return replace(rendering(text, profile), path=".t/ALL.md", shared=SharedPart(profile))


def refusal(*renderings: Rendering, root: Path, whole: tuple[str, ...] = ()) -> tuple[bytes | None, bytes | None, str]:
    """Before, after and reason of the only change, which is refused."""
    plan = plan_dist(renderings, root, whole=whole)
    (change,) = plan.changes
    assert change.action is Action.REFUSE
    return change.before, change.after, change.reason


def fail_at(number: int, real: Callable[[Folder, str, str], None]) -> Callable[[Folder, str, str], None]:
    """Putting a file in its place, out of order from the n-th file on; the journal is no such file."""
    placed: list[str] = []

    def rename(self: Folder, name: str, to: str) -> None:
        if to.endswith(".md"):
            placed.append(to)
            if len(placed) == number:
                raise OSError(errno.EIO, "input/output error")
        real(self, name, to)

    return rename


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_was_written_before_a_failure_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """All files change or none: also new ones, and whichever of them fails."""
    apply(plan_dist([rendering("old a\n", "a"), rendering("old b\n", "b")], tmp_path))
    before = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    plan = plan_dist([rendering(f"new {name}\n", name) for name in "abc"], tmp_path)
    monkeypatch.setattr(Folder, "rename", fail_at(number, Folder.rename))
    with pytest.raises(UserError, match="input/output error; nothing was changed") as caught:
        apply(plan)
    assert "permissions" in caught.value.problems[0].hint
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert litter(tmp_path) == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_was_made_ready_before_a_failure_is_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Also where the folder of a later file was not even made."""
    apply(plan_dist([rendering("old\n", "a")], tmp_path))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    others = [replace(rendering("new\n", name), path=f".{name}/x.md") for name in "bc"]
    plan = plan_dist([rendering("new\n", "a"), *others], tmp_path)
    real, made = Folder.write_new, [0]

    def write_new(self: Folder, name: str, raw: bytes, like: str | None = None) -> None:
        made[0] += like is not None
        if made[0] == number:
            raise OSError(errno.ENOSPC, "no space left on device")
        real(self, name, raw, like)

    monkeypatch.setattr(Folder, "write_new", write_new)
    with pytest.raises(UserError, match="no space left on device; nothing was changed"):
        apply(plan)
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_every_file_that_changed_meanwhile_is_named(tmp_path: Path) -> None:
    """Also behind one that cannot be looked at any more."""
    apply(plan_dist([rendering(profile=name) for name in "abc"], tmp_path))
    plan = plan_dist([rendering("two\n", name) for name in "abc"], tmp_path)
    (tmp_path / "t/.t/a.md").unlink()
    (tmp_path / "t/.t/a.md").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "t/.t/c.md").write_text("mine\n", "utf-8")
    with pytest.raises(UserError) as caught:
        apply(plan)
    assert [Path(problem.path or "").name for problem in caught.value.problems] == ["a.md", "c.md"]


def test_a_link_in_the_place_of_a_file_is_the_reason(tmp_path: Path) -> None:
    """For a file of ours, one shared with others, and one to be removed."""
    apply(plan_dist([rendering()], tmp_path))
    place = tmp_path / "t/.t/me.md"
    place.unlink()
    place.symlink_to(tmp_path / "elsewhere")
    (tmp_path / "t/.t/ALL.md").symlink_to(tmp_path / "elsewhere")
    before, after, reason = refusal(rendering("two\n"), root=tmp_path)
    assert (before, after) == (None, b"two\n")
    assert "link" in reason
    before, after, reason = refusal(root=tmp_path, whole=("t",))
    assert (before, after) == (None, None)
    assert "link" in reason
    place.unlink()
    apply(plan_dist([], tmp_path, whole=["t"]))
    (tmp_path / "t/.t").mkdir(parents=True, exist_ok=True)
    (tmp_path / "t/.t/ALL.md").unlink(missing_ok=True)
    (tmp_path / "t/.t/ALL.md").symlink_to(tmp_path / "elsewhere")
    before, after, reason = refusal(shared(), root=tmp_path)
    assert (before, after) == (None, None)
    assert "link" in reason


def test_an_edited_file_that_goes_is_refused_with_the_reason(tmp_path: Path) -> None:
    """What no profile renders any more, and somebody edited, stays."""
    apply(plan_dist([rendering()], tmp_path))
    (tmp_path / "t/.t/me.md").write_text("mine\n", "utf-8")
    before, after, reason = refusal(root=tmp_path, whole=("t",))
    assert (before, after) == (b"mine\n", None)
    assert "edited" in reason


def test_a_part_that_somebody_edited_names_the_ways_out(tmp_path: Path) -> None:
    """As for a whole file; a part that never was ours is named as such."""
    apply(plan_dist([shared()], tmp_path))
    file = tmp_path / "t/.t/ALL.md"
    file.write_text(file.read_text("utf-8").replace("one", "mine"), "utf-8")
    before, after, reason = refusal(shared("two\n"), root=tmp_path)
    assert (before, after) == (file.read_bytes(), None)
    assert "agentgen absorb" in reason
    (tmp_path / MANIFEST).unlink()
    _, _, strange = refusal(shared("two\n"), root=tmp_path)
    assert strange != reason
    assert "absorb" not in strange


def test_an_edited_part_of_a_profile_that_goes_stays(tmp_path: Path) -> None:
    """The others' parts are written all the same."""
    apply(plan_dist([shared(profile="one"), shared(profile="two")], tmp_path))
    file = tmp_path / "t/.t/ALL.md"
    text = file.read_text("utf-8")
    at = text.index("begin two")
    file.write_text(text[:at] + text[at:].replace("one", "mine"), "utf-8")
    apply(plan_dist([shared("new\n", "one")], tmp_path, whole=["t"]))
    assert "new\n" in file.read_text("utf-8")
    assert "mine\n" in file.read_text("utf-8")


def test_what_a_profile_wrote_under_another_path_goes(tmp_path: Path) -> None:
    """A rendering that is written takes its old file away, one that is refused does not."""
    apply(plan_dist([rendering()], tmp_path))
    moved = replace(rendering(), path=".t/you.md")
    apply(plan_dist([moved], tmp_path))
    assert sorted(path.name for path in tmp_path.rglob("*.md")) == ["you.md"]


def test_errors_about_the_list_of_files_name_it_and_the_next_step(tmp_path: Path) -> None:
    """Broken, or naming a file outside."""
    place = tmp_path / MANIFEST
    outside = {"../x": {"digest": "sha256:0", "profile": "me", "target": "t"}}
    for text, hint in (("{", "restore it, or remove it"), (json.dumps({"files": outside}), "remove the file")):
        place.write_text(text, "utf-8")
        with pytest.raises(UserError) as caught:
            plan_dist([], tmp_path)
        (problem,) = caught.value.problems
        assert problem.path == str(place)
        assert problem.hint.startswith(hint)


def test_two_targets_on_one_path_are_told_what_to_do(tmp_path: Path) -> None:
    """One at a time, or a folder each."""
    with pytest.raises(UserError) as caught:
        plan_install([rendering(), replace(rendering("two\n"), target="u")], tmp_path)
    assert "--target" in caught.value.problems[0].hint
