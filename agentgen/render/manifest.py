"""The list of files that were written below a root, with their digests: what may be overwritten and removed later.

{"agentgen": 1, "files": {"a-tool/…/me.md": {"digest": "sha256:…", "profile": "me", "target": "a-tool"}}}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from agentgen.errors import Problem, UserError
from agentgen.workspace import is_reserved

_VERSION = 1
_LONGEST = 255  # bytes of a name, on most file systems
_KEYS = ("digest", "profile", "target")
_PLACE_KEYS = ("list", "key")


class Written(NamedTuple):
    """One file, or our part of one (`path#name`), as it was written: the digest of its bytes.

    `list` and `key` say where a part stands that is an entry of a list.
    """

    digest: str
    profile: str
    target: str
    list: str | None = None
    key: str | None = None


Manifest = Mapping[str, Written]
"""Paths relative to the root (POSIX) and what was written there."""


def read_manifest(raw: bytes | None, shown: str) -> dict[str, Written]:
    """The manifest in a file's bytes; empty where there is none.

    Raises:
        UserError: it is no manifest, or names a file outside its folder.
    """
    if raw is None:
        return {}
    try:
        files = json.loads(raw)["files"]
        found = {str(path): _written(entry) for path, entry in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        hint = "restore it, or remove it: files that differ from what is rendered then count as edited by hand"
        raise UserError(Problem("this is not a list of rendered files", shown, hint=hint)) from None
    outside = [path for path in found if not is_inside(path)]
    if outside:
        hint = "remove the file; `agentgen render` writes it anew"
        raise UserError(Problem(f"it names a file outside its folder: {outside[0]}", shown, hint=hint))
    return found


def _written(entry: Mapping[str, object]) -> Written:
    place = (str(entry[key]) if key in entry else None for key in _PLACE_KEYS)
    return Written(*(str(entry[key]) for key in _KEYS), *place)


def manifest_bytes(files: Manifest) -> bytes:
    """The file, sorted by path."""
    entries = {path: {key: value for key, value in files[path]._asdict().items() if value} for path in sorted(files)}
    return (json.dumps({"agentgen": _VERSION, "files": entries}, indent=2) + "\n").encode()


def is_inside(path: str) -> bool:
    """Whether a relative path (with or without the name of a part) names a file below its folder on any system."""
    path = path.partition("#")[0]
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and all(map(_is_plain, parts))


def _is_plain(part: str) -> bool:
    """Whether a file or folder can have this name anywhere: no way up, no drive, no device, nothing that is cut off."""
    odd = part == ".." or part.endswith((".", " ")) or any(char in '\\:*?"<>|' or ord(char) < 32 for char in part)
    return not odd and len(part.encode("utf-8", "surrogatepass")) <= _LONGEST and not is_reserved(part)
