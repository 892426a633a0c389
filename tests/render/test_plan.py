"""Planning and writing: nothing outside the root, nothing through a link, nothing over an edit, nothing twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agentgen.errors import UserError
from agentgen.render.model import Action, Ledger, Plan, Rendering, Widening
from agentgen.render.plan import MANIFEST, plan_dist, plan_install
from agentgen.render.write import apply


def rendering(text: str = "one\n", *, profile: str = "me", target: str = "t", blocked: bool = False) -> Rendering:
    widening = (Widening(target, "tools", ("execute",), ""),) if blocked else ()
    return Rendering(target, profile, f".t/{profile}.md", text, Ledger(profile, target, (), widening))


def actions(plan: Plan) -> dict[str, Action]:
    return {change.path: change.action for change in plan.changes}


def written(root: Path) -> dict[str, str]:
    """All files below a folder but the manifest, with their text."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in files}


def test_rendering_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    """What stands there already is left alone, modification time and all."""
    apply(plan_dist([rendering()], tmp_path))
    before = (tmp_path / "t/.t/me.md").stat().st_mtime_ns
    plan = plan_dist([rendering()], tmp_path)
    apply(plan)
    assert actions(plan) == {"t/.t/me.md": Action.UNCHANGED}
    assert not plan.drift
    assert (tmp_path / "t/.t/me.md").stat().st_mtime_ns == before


def test_a_changed_profile_updates_its_file(tmp_path: Path) -> None:
    """A file that nobody edited is overwritten."""
    apply(plan_dist([rendering()], tmp_path))
    plan = plan_dist([rendering("two\n")], tmp_path)
    apply(plan)
    assert actions(plan) == {"t/.t/me.md": Action.UPDATE}
    assert written(tmp_path) == {"t/.t/me.md": "two\n"}


def test_a_plan_alone_writes_nothing(tmp_path: Path) -> None:
    """Checking for drift must not touch the folder."""
    plan = plan_dist([rendering()], tmp_path / "dist")
    assert plan.drift
    assert not (tmp_path / "dist").exists()


def test_an_edited_file_is_refused_and_the_ways_out_are_named(tmp_path: Path) -> None:
    """The edit stays until somebody adopts or discards it."""
    apply(plan_dist([rendering()], tmp_path))
    (tmp_path / "t/.t/me.md").write_text("mine\n", "utf-8")
    plan = plan_dist([rendering("two\n")], tmp_path)
    apply(plan)
    (change,) = plan.changes
    assert change.action is Action.REFUSE
    assert "agentgen absorb" in change.reason
    assert "--force" in change.reason
    assert written(tmp_path) == {"t/.t/me.md": "mine\n"}
    assert plan_dist([rendering("two\n")], tmp_path).drift, "the manifest must not forget that the file was ours"


def test_force_discards_an_edit(tmp_path: Path) -> None:
    """It is said out loud, and only then."""
    apply(plan_dist([rendering()], tmp_path))
    (tmp_path / "t/.t/me.md").write_text("mine\n", "utf-8")
    apply(plan_dist([rendering("two\n")], tmp_path, force=True))
    assert written(tmp_path) == {"t/.t/me.md": "two\n"}


def test_a_file_that_was_never_ours_is_refused(tmp_path: Path) -> None:
    """Installing into a project does not overwrite an agent that somebody wrote there."""
    (tmp_path / ".t").mkdir()
    (tmp_path / ".t/me.md").write_text("theirs\n", "utf-8")
    assert actions(plan_install([rendering()], tmp_path)) == {".t/me.md": Action.REFUSE}


def test_what_is_no_longer_rendered_goes_unless_it_was_edited(tmp_path: Path) -> None:
    """Only files of the manifest are removed, and the empty folders above them."""
    apply(plan_dist([rendering(profile="one"), rendering(profile="two"), rendering(target="u")], tmp_path))
    (tmp_path / "t/.t/two.md").write_text("mine\n", "utf-8")
    (tmp_path / "t/.t/stranger.md").write_text("theirs\n", "utf-8")
    plan = plan_dist([], tmp_path, whole=["t", "u"])
    apply(plan)
    expected = {"t/.t/one.md": Action.REMOVE, "t/.t/two.md": Action.REFUSE, "u/.t/me.md": Action.REMOVE}
    assert actions(plan) == expected
    assert written(tmp_path) == {"t/.t/stranger.md": "theirs\n", "t/.t/two.md": "mine\n"}
    assert not (tmp_path / "u").exists()


def test_rendering_one_profile_leaves_the_others_alone(tmp_path: Path) -> None:
    """Removal needs to know that every profile was rendered."""
    apply(plan_dist([rendering(profile="one"), rendering(profile="two")], tmp_path))
    apply(plan_dist([rendering(profile="one")], tmp_path))
    assert set(written(tmp_path)) == {"t/.t/one.md", "t/.t/two.md"}


def test_a_blocked_rendering_is_not_written_and_its_old_file_stays(tmp_path: Path) -> None:
    """A refused widening must not take away what was there."""
    apply(plan_dist([rendering()], tmp_path))
    plan = plan_dist([rendering("wide\n", blocked=True)], tmp_path, whole=["t"])
    apply(plan)
    assert not plan.changes
    assert written(tmp_path) == {"t/.t/me.md": "one\n"}


@pytest.mark.parametrize("place", ["t", "t/.t", "t/.t/me.md"])
def test_a_planted_link_is_never_followed(tmp_path: Path, place: str) -> None:
    """A link anywhere on the way stops the write, whatever it points to."""
    outside, root = tmp_path / "outside", tmp_path / "dist"
    outside.mkdir()
    (outside / "me.md").write_text("precious\n", "utf-8")
    link = root / place
    link.parent.mkdir(parents=True)
    link.symlink_to(outside / "me.md" if place.endswith(".md") else outside)
    plan = plan_dist([rendering()], root, force=True)
    apply(plan)
    assert actions(plan) == {"t/.t/me.md": Action.REFUSE}
    assert written(outside) == {"me.md": "precious\n"}


def test_a_link_that_appears_after_the_plan_is_not_followed(tmp_path: Path) -> None:
    """The place is looked at again right before it is written."""
    outside, root = tmp_path / "outside", tmp_path / "dist"
    outside.mkdir()
    plan = plan_dist([rendering()], root)
    root.mkdir()
    (root / "t").symlink_to(outside)
    with pytest.raises(UserError, match="changed while"):
        apply(plan)
    assert written(outside) == {}


def test_an_edit_after_the_plan_is_not_lost(tmp_path: Path) -> None:
    """What somebody saves between plan and write stays."""
    apply(plan_dist([rendering()], tmp_path))
    plan = plan_dist([rendering("two\n")], tmp_path)
    (tmp_path / "t/.t/me.md").write_text("mine\n", "utf-8")
    with pytest.raises(UserError, match="changed while"):
        apply(plan)
    assert written(tmp_path) == {"t/.t/me.md": "mine\n"}


def test_a_root_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """`dist` itself may be planted as well."""
    (tmp_path / "real").mkdir()
    (tmp_path / "dist").symlink_to(tmp_path / "real")
    with pytest.raises(UserError, match="is a link"):
        plan_dist([rendering()], tmp_path / "dist")


@pytest.mark.parametrize("path", ["../precious.md", "/etc/hosts", "t/../../precious.md", ""])
def test_a_manifest_that_points_outside_is_refused(tmp_path: Path, path: str) -> None:
    """A doctored manifest removes nothing outside its folder."""
    root = tmp_path / "dist"
    root.mkdir()
    entry = {"digest": "sha256:0", "profile": "me", "target": "t"}
    (root / MANIFEST).write_text(json.dumps({"agentgen": 1, "files": {path: entry}}), "utf-8")
    with pytest.raises(UserError, match="outside"):
        plan_dist([], root, whole=["t"])


@pytest.mark.parametrize("text", ["", "[]", "{", '{"files": {"a": 1}}'])
def test_a_broken_manifest_is_an_error_with_a_way_out(tmp_path: Path, text: str) -> None:
    """It is the user's file: no stack trace."""
    (tmp_path / MANIFEST).write_text(text, "utf-8")
    with pytest.raises(UserError, match="not a list of rendered files"):
        plan_dist([], tmp_path)


def test_a_target_that_writes_outside_is_refused(tmp_path: Path) -> None:
    """A target's path is data and may be wrong."""
    outside = Rendering("t", "me", "../../x.md", "x", Ledger("me", "t", ()))
    with pytest.raises(UserError, match="outside"):
        plan_dist([outside], tmp_path)


def test_two_targets_that_share_a_path_cannot_be_installed_together(tmp_path: Path) -> None:
    """The second would overwrite the first; equal files are no clash."""
    one, two = rendering("one\n", target="t"), rendering("two\n", target="u")
    with pytest.raises(UserError, match="both write"):
        plan_install([one, two], tmp_path)
    assert actions(plan_install([one, rendering("one\n", target="u")], tmp_path)) == {".t/me.md": Action.CREATE}


def test_no_temporary_file_stays_behind(tmp_path: Path) -> None:
    """After writing there are the files and the manifest, nothing else."""
    apply(plan_dist([rendering()], tmp_path))
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [MANIFEST, "me.md"]
