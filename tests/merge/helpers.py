"""Variants for the tests, from text or from files, without the floor that knows tools."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path

from agentgen.compare.model import Variant
from agentgen.document.read import read_document
from agentgen.profile.model import CANONICAL_FIELDS, Profile
from agentgen.profile.store import dump_profile
from agentgen.source import Source, read_source

LISTS = ("tools", "disallowed_tools", "skills")


def variant(name: str, text: str, /, *, tool: str | None = None, **fields: object) -> Variant:
    """A variant from a dedented text; `fields` stand for its frontmatter."""
    return Variant(name, read_document(Source(f"{name}.md", textwrap.dedent(text).encode())), tool, fields)


def read_variant(path: Path) -> Variant:
    """A variant from a file, its frontmatter taken by name."""
    document = read_document(read_source(path, path.name))
    values = document.frontmatter.values
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", path.stem).strip("-.") or "x"
    fields = {key: _canonical(key, values[key]) for key in CANONICAL_FIELDS if _is_canonical(key, values.get(key))}
    rest = {key: value for key, value in values.items() if key not in fields}
    return Variant(name, document, None, fields, rest)


def read_variants(paths: Iterable[Path]) -> tuple[Variant, ...]:
    return tuple(read_variant(path) for path in paths)


def families(shared: Path) -> Mapping[str, list[Path]]:
    """The files of each family, by the family's name."""
    folders = sorted(path for path in (shared / "corpus" / "families").iterdir() if path.is_dir())
    found = {folder.name: sorted(folder.iterdir()) for folder in folders}
    assert len(found) == 5
    return found


def text_of(profile: Profile) -> str:
    return dump_profile(profile)


def _is_canonical(key: str, value: object) -> bool:
    return isinstance(value, str) or (key in LISTS and isinstance(value, list))


def _canonical(key: str, value: object) -> object:
    if key not in LISTS:
        return value
    parts = value if isinstance(value, list) else re.split(r"[,\s]+(?![^(]*\))", str(value))
    return tuple(str(part) for part in parts if part)
