"""Short digests of what a decision was made on, so that it is shown again when that changed."""

from __future__ import annotations

import hashlib
import json

from agentgen.compare.frontmatter import comparable
from agentgen.compare.model import Conflict, Variant
from agentgen.merge.anchors import plain
from agentgen.merge.source_text import heading_text, own_text

_DIGITS = 8


def section_digest(variant: Variant, section_id: str) -> str:
    """Of a section's heading and own text, without the blank lines at its edges."""
    section = variant.document.section(section_id)
    return _short(heading_text(variant, section) + "\n" + own_text(variant, section))


def value_digest(value: object) -> str:
    """Of a frontmatter value as it is meant: the order of a list of words is no difference."""
    meant = comparable(value)
    return _short(json.dumps(sorted(meant) if isinstance(meant, frozenset) else meant, sort_keys=True, default=str))


def side_digests(conflict: Conflict) -> dict[str, str]:
    """Of each variant's side of a conflict: what it says, wherever that stands."""
    said: dict[str, list[str]] = {}
    for side in conflict.members:
        said.setdefault(side.variant, []).append(plain(side.text))
    return {variant: _short("\n".join(sorted(texts))) for variant, texts in said.items()}


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:_DIGITS]
