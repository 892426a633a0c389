"""A process that is killed at any change of the file system leaves the old state or the new one, and nothing else
once the next command has run."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from agentgen.cli.main import main
from agentgen.errors import UserError
from agentgen.render.handles import BY_HANDLE
from agentgen.render.journal import JOURNAL, settle
from agentgen.render.model import Action, Ledger, Rendering
from agentgen.render.plan import plan_dist
from agentgen.render.write import apply
from tests.cli.agents import LEFT, RIGHT, two_variants
from tests.cli.conftest import Run
from tests.hostile.processes import ended, every_kill, forked, litter, snapshot

pytestmark = pytest.mark.skipif(not hasattr(os, "fork") or not BY_HANDLE, reason="needs fork and folders by handle")


def rendering(text: str, profile: str) -> Rendering:
    return Rendering("t", profile, f".t/{profile}.md", text, Ledger(profile, "t", (), ()))


def rendered(root: Path, text: str, *profiles: str) -> None:
    apply(plan_dist([rendering(f"{text} {name}\n", name) for name in profiles], root, whole=["t"]))


def test_rendered_files_and_their_list_change_together(tmp_path: Path) -> None:
    """Updated, new and removed files: all as before or all as after, and the next run takes none for edited."""
    root, start = tmp_path / "dist", tmp_path / "start"
    rendered(start, "one", "a", "b", "gone")
    rendered(tmp_path / "whole", "two", "a", "b", "new")
    old, new = snapshot(start), snapshot(tmp_path / "whole")

    def prepare() -> None:
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(start, root)

    for _ in every_kill(prepare, lambda: rendered(root, "two", "a", "b", "new")):
        files = {path: raw for path, raw in snapshot(root).items() if ".agentgen-" not in path}
        assert all(raw in (old.get(path), new.get(path)) for path, raw in files.items()), "half written"
        settle(root)
        assert snapshot(root) in (old, new)
        plan = plan_dist([rendering(f"three {name}\n", name) for name in ("a", "b")], root, whole=["t"])
        assert Action.REFUSE not in {change.action for change in plan.changes}, "nobody edited anything"
        apply(plan)
        assert set(snapshot(root)) == {"manifest.json", "t/.t/a.md", "t/.t/b.md"}


def test_one_file_and_its_list_change_together(tmp_path: Path) -> None:
    """Two changes are as much one as three."""
    root, start = tmp_path / "dist", tmp_path / "start"
    rendered(start, "one", "a")
    rendered(tmp_path / "whole", "two", "a")
    states = [snapshot(start), snapshot(tmp_path / "whole")]

    def prepare() -> None:
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(start, root)

    for _ in every_kill(prepare, lambda: rendered(root, "two", "a")):
        settle(root)
        assert snapshot(root) in states


def _commands(folder: Path) -> dict[str, list[str]]:
    return {
        "merge": ["merge", "reviewer", "--quiet"],
        "import": ["import", str(folder / "more.md"), str(folder / "other.md"), "--profile", "reviewer"],
        "lint": ["lint", "--fix", str(folder / "bad.md")],
        "output": ["diff", str(folder / "more.md"), str(folder / "other.md"), "-o", str(folder / "out.txt")],
        "install": ["render", "reviewer", "--target", "claude-code", "--target", "droid", "--install", "project"],
    }


def _first(folder: Path) -> None:
    two_variants(folder)
    (folder / "more.md").write_text(LEFT.replace("reviewer", "more"), "utf-8")
    (folder / "other.md").write_text(RIGHT + "\n## More\n\n- Say why.\n", "utf-8")
    (folder / "bad.md").write_text("---\nname: bad\ndescription: a: b\n---\n\nYou are.\n", "utf-8")


def _changed(folder: Path) -> None:
    """A variant that says more since the last merge."""
    assert main(["merge", "reviewer", "--quiet"]) == 0
    variant = next((folder / "profiles/reviewer/variants").glob("*.md"))
    variant.write_text(variant.read_text("utf-8") + "\n## News\n\n- Read the news first.\n", "utf-8")


def _edited(folder: Path) -> None:
    """And a profile that somebody edited."""
    _changed(folder)
    profile = folder / "profiles/reviewer/profile.yaml"
    text = profile.read_text("utf-8")
    profile.write_text(text.replace("role: ", "role: Be kind. ", 1), "utf-8")
    assert profile.read_text("utf-8") != text


def _nothing(_: Path) -> None:
    """What `_first` wrote."""


@pytest.mark.parametrize(
    ("command", "before"),
    [
        ("merge", _changed),
        ("merge", _edited),
        ("import", _nothing),
        ("lint", _nothing),
        ("output", _nothing),
        ("install", _changed),
    ],
)
def test_a_killed_command_is_completed_by_the_same_command(
    workspace: Path, run: Run, command: str, before: Callable[[Path], None]
) -> None:
    """The same bytes as without the kill, and merge reports no edit that nobody made."""
    _first(workspace)
    before(workspace)
    (workspace / "project").mkdir()
    line = _commands(workspace)[command]
    start = workspace.parent / "start"
    shutil.copytree(workspace, start)
    whole = run(*line)
    expected = snapshot(workspace)

    def prepare() -> None:
        for path in workspace.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(start, workspace, dirs_exist_ok=True)

    def action() -> int:
        code = main(line)
        return 0 if code == whole.code else 70

    for at in every_kill(prepare, action):
        again = run(*line)
        assert again.code in (whole.code, 0), again.err
        assert snapshot(workspace) == expected, f"killed at {at}"
        assert not litter(workspace)
        assert ("by hand" in again.err + again.out) <= ("by hand" in whole.err + whole.out)


def test_the_next_command_says_that_a_run_had_ended(workspace: Path, run: Run) -> None:
    """Whatever the command is, once, and also when it is quiet."""
    _first(workspace)
    assert run("merge", "reviewer").code == 0

    def prepare() -> None:
        shutil.rmtree(workspace / "dist", ignore_errors=True)

    told = []
    for _ in every_kill(prepare, lambda: main(["render", "reviewer", "--target", "droid"])):
        unfinished = (workspace / "dist" / JOURNAL).exists()
        said = "a run that was ended before its time" in run("render", "reviewer", "--quiet", "--target", "droid").err
        assert said == unfinished
        told.append(said)
        assert "ended before its time" not in run("render", "reviewer", "--target", "droid").err
    assert any(told)


def test_a_killed_search_imports_under_the_same_names(workspace: Path, run: Run) -> None:
    """What the killed run had begun to write is no profile whose name is taken."""
    _first(workspace)
    shutil.rmtree(workspace / "profiles")
    (workspace / "tree/.claude/agents").mkdir(parents=True)
    for name in ("one", "two"):
        (workspace / f"tree/.claude/agents/{name}.md").write_text(f"{LEFT}\n- Be {name}.\n", "utf-8")

    def prepare() -> None:
        shutil.rmtree(workspace / "profiles", ignore_errors=True)
        (workspace / "profiles").mkdir()

    found = []
    for _ in every_kill(prepare, lambda: main(["discover", "tree", "--import"])):
        journal = workspace / "profiles" / JOURNAL
        taken_back = journal.exists() and not json.loads(journal.read_bytes())["ready"]
        assert run("discover", "tree", "--import").code == 0
        if taken_back:
            found.append([path.name for path in (workspace / "profiles").iterdir()])
    assert found, "it was never killed in between"
    assert all(names == ["reviewer"] for names in found), found


def test_a_killed_init_is_completed(folder: Path, run: Run) -> None:
    """Either nothing is there and it begins anew, or all of it is there and it says so."""
    whole = folder / "whole"
    assert run("init", whole).code == 0
    place = folder / "place"

    def prepare() -> None:
        shutil.rmtree(place, ignore_errors=True)

    for at in every_kill(prepare, lambda: main(["init", str(place)])):
        again = run("init", place)
        assert again.code == 0 or "there is a workspace already" in again.err
        assert snapshot(place) == snapshot(whole), f"killed at {at}"


@pytest.mark.parametrize(
    "journal",
    [
        "{",
        "[]",
        '{"ready": true, "files": [{"path": "../x", "before": null, "after": "a", "new": null}]}',
        '{"ready": true, "files": [{"path": "/x", "before": null, "after": "a", "new": null}]}',
        '{"ready": true, "files": [{"path": "x", "before": null, "after": "a", "new": "precious"}]}',
        '{"ready": true, "files": [{"path": "x", "before": null, "after": "a", "new": "../.agentgen-0.tmp"}]}',
        "[" * 100_000,
    ],
)
def test_a_journal_of_a_stranger_does_nothing(tmp_path: Path, journal: str) -> None:
    """It is refused with what to do; nothing is renamed or removed."""
    root = tmp_path / "dist"
    root.mkdir()
    (root / JOURNAL).write_text(journal)
    (root / "precious").write_text("precious")
    (tmp_path / "x").write_text("outside")
    with pytest.raises(UserError, match="no list of files being written"):
        plan_dist([rendering("one\n", "a")], root)
    assert (root / "precious").read_text() == "precious"
    assert (tmp_path / "x").read_text() == "outside"


def test_what_somebody_changed_after_the_kill_stays(tmp_path: Path) -> None:
    """A journal that is ready gives way to an edit that came later, and a link planted since is not followed."""
    new = ".agentgen-0123456789abcdef.tmp"
    for name in ("edited", "linked"):
        (tmp_path / name).mkdir()
    (tmp_path / "edited/a").write_text("mine")
    (tmp_path / "edited" / new).write_text("new")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a").write_text("precious")
    (tmp_path / "outside" / new).write_text("new")
    (tmp_path / "linked/sub").symlink_to(tmp_path / "outside")
    for name, path in (("edited", "a"), ("linked", "sub/a")):
        entry = {"path": path, "before": None, "after": "sha256:0", "new": new}
        (tmp_path / name / JOURNAL).write_text(json.dumps({"ready": True, "files": [entry]}))
        settle(tmp_path / name)
        assert not (tmp_path / name / JOURNAL).exists()
    assert (tmp_path / "edited/a").read_text() == "mine"
    assert (tmp_path / "outside/a").read_text() == "precious"
    assert not (tmp_path / "edited" / new).exists()
    assert (tmp_path / "outside" / new).exists()


def test_runs_at_once_do_not_mix(tmp_path: Path) -> None:
    """Many rounds of two processes that render differently: what stands there is of one of them, with its list."""
    root = tmp_path / "dist"
    names = [f"p{number}" for number in range(20)]
    wholes = []
    for text in ("one", "two"):
        rendered(tmp_path / text, text, *names)
        wholes.append(snapshot(tmp_path / text))

    def write(text: str) -> int:
        try:
            rendered(root, text, *names)
        except UserError as error:
            return 2 if "run the command again" in str(error) else 70
        return 0

    seen = set()
    for _ in range(25):
        codes = [ended(child) for child in [forked(lambda text=text: write(text)) for text in ("one", "two")]]  # type: ignore[misc]
        assert sorted(codes) in ([0, 0], [0, 2]), codes
        state = snapshot(root)
        assert state in wholes
        assert not litter(root)
        seen.add(wholes.index(state))
    assert seen


def test_merges_at_once_agree(workspace: Path, run: Run) -> None:
    """Two real merges of one profile: both end well or one is told to run again, and the three files fit together."""
    two_variants(workspace)
    for _ in range(3):
        for name in ("profile.yaml", "recipe.yaml", "profile.lock.yaml"):
            (workspace / "profiles/reviewer" / name).unlink(missing_ok=True)
        codes = [ended(child) for child in [forked(lambda: main(["merge", "reviewer"])) for _ in range(2)]]
        assert sorted(codes) in ([0, 0], [0, 2])
        before = snapshot(workspace)
        assert run("merge", "reviewer", "--strict").code in (0, 1)
        assert snapshot(workspace) == before
        assert not litter(workspace)
