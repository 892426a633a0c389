"""What the last render of a workspace showed, so that one with nothing changed need not be made again.

A record stands in the user's cache folder (`$XDG_CACHE_HOME/agentgen`, `%LOCALAPPDATA%\\agentgen`): digests of all that
the render read (profiles, recipes, settings, targets, templates, options, agentgen itself) and of every file that it
left behind, and the words that it showed. Where one digest differs, or nothing can be kept, the render is made. A check
never asks it. `AGENTGEN_NO_CACHE=1` switches it off.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from agentgen import __version__
from agentgen.cli.screen import Screen
from agentgen.workspace import template_folders

if TYPE_CHECKING:
    from agentgen.cli.workspaces import Chosen
    from agentgen.render.model import Plan

_FORM = 1
_PACKAGE = str(Path(__file__).resolve().parent.parent)
_LIBRARIES = ("jinja2", "yaml", "tomli_w")
_MANIFEST = "manifest.json"
_JOURNALS = (".agentgen-journal", ".agentgen-journal.new")
_LONGEST = 4 * 1024 * 1024  # characters of words that are worth keeping


class _Kept(NamedTuple):
    """The digest of each file that a render left, and what it showed as stream and text."""

    outputs: Mapping[str, str]
    words: Sequence[tuple[str, str]]


class Record(NamedTuple):
    """The record of one way to render a workspace: where it stands, what the render reads, where it writes."""

    path: Path
    inputs: str
    root: Path

    def show(self, screen: Screen) -> bool:
        """Show what the same render showed, where all is as it left it; False where it must be made."""
        kept = self._read()
        if kept is None or any(_digest(self.root, path) != digest for path, digest in kept.outputs.items()):
            return False
        screen.replay(kept.words)
        return True

    def keep(self, plan: Plan, heard: Sequence[tuple[str, str]]) -> None:
        """Remember a render that was carried out, in the words of one that finds nothing to do."""
        if sum(len(text) for _, text in heard) > _LONGEST:
            return
        left = [change.path for change in plan.changes if change.after is not None]
        outputs = {path: _digest(self.root, path) for path in (*left, _MANIFEST)}
        words = _as_unchanged(plan, heard)
        text = json.dumps({"inputs": self.inputs, "outputs": outputs, "words": words})
        with contextlib.suppress(OSError):
            _write(self.path, text.encode("utf-8", "surrogateescape"))

    def _read(self) -> _Kept | None:
        """What was kept of the same render; None where there is nothing, or nothing that can be read."""
        try:
            kept = json.loads(self.path.read_bytes())
            words = [(str(stream), str(text)) for stream, text in kept["words"]]
            outputs = {str(path): str(digest) for path, digest in kept["outputs"].items()}
            return _Kept(outputs, words) if kept["inputs"] == self.inputs else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None


def record_of(one: Chosen, templates: Sequence[Path], options: Mapping[str, object], screen: Screen) -> Record | None:
    """The record for rendering some profiles with these options; None where none can be kept, or a run was killed."""
    folder = _cache_folder()
    root = one.workspace.dist
    places = (root, *(profile.root for profile in one.folders))
    if folder is None or any(os.path.lexists(place / name) for place in places for name in _JOURNALS):
        return None
    way = repr((_FORM, str(Path.cwd()), str(one.workspace.root), sorted(options.items()), _look(screen)))
    names = [profile.name for profile in one.folders]
    read = hashlib.sha256(repr((way, names, one.settings.values, _versions())).encode("utf-8", "surrogateescape"))
    try:
        for path in _inputs(one, templates):
            content = path.read_bytes() if path.is_file() else None
            read.update(repr((str(path), content and hashlib.sha256(content).digest())).encode())
    except OSError:
        return None
    name = hashlib.sha256(way.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return Record(folder / f"render-{name}.json", read.hexdigest(), root)


def _look(screen: Screen) -> tuple[object, ...]:
    return screen.quiet, screen.width, screen.terminal_width, screen.colour


def _inputs(one: Chosen, templates: Sequence[Path]) -> Iterator[Path]:
    """Every file that a render of the workspace may read, agentgen's own modules apart."""
    for name in one.workspace.profile_names():
        profile = one.workspace.profile(name)
        yield from (profile.profile, profile.recipe)
    for folder in template_folders(one.workspace, templates):
        yield from sorted(path for path in folder.path.rglob("*") if path.is_file())


def _versions() -> tuple[object, ...]:
    """What renders: Python, the libraries that write, and agentgen's modules as they stand."""
    found = (find_spec(name) for name in _LIBRARIES)
    files = [Path(spec.origin) for spec in found if spec and spec.origin]
    libraries = [(str(file), file.stat().st_mtime_ns) for file in files]
    ours = ((entry.path, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in _modules(_PACKAGE))
    return __version__, sys.version, *libraries, *sorted(ours)


def _modules(folder: str) -> Iterator[os.DirEntry[str]]:
    """Everything that is code or a table of ours; as entries of folders, whose state costs little."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".toml", ".json")):
                yield entry
            elif "." not in entry.name and entry.is_dir():
                yield from _modules(entry.path)


def _digest(root: Path, path: str) -> str:
    """The digest of a file that no link leads to; empty where there is none."""
    from agentgen.errors import UserError
    from agentgen.render.places import read_plain
    from agentgen.source import digest

    try:
        raw = read_plain(root, path)
    except UserError:
        return ""
    return "" if raw is None else digest(raw)


def _as_unchanged(plan: Plan, heard: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:

    from agentgen.render.model import Action
    from agentgen.report.plan_text import plan_text

    stays = tuple(each._replace(action=Action.UNCHANGED) for each in plan.changes if each.after is not None)
    done, nothing_to_do = plan_text(plan), plan_text(plan._replace(changes=stays))
    return [(stream, nothing_to_do if text == done else text) for stream, text in heard]


def _cache_folder() -> Path | None:
    if os.environ.get("AGENTGEN_NO_CACHE"):
        return None
    given = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    if given and Path(given).is_absolute():
        return Path(given) / "agentgen"
    home = os.path.expanduser("~")  # noqa: PTH111  (`Path.home` raises where there is none)
    return Path(home) / ".cache" / "agentgen" if Path(home).is_absolute() else None


def _write(path: Path, content: bytes) -> None:
    """Put a file into its place whole."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
