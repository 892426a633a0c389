"""Short digests of what a decision was made on, so that it is shown again when that changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from agentgen.compare.frontmatter import comparable
from agentgen.compare.model import Conflict, Variant
from agentgen.merge.anchors import plain
from agentgen.merge.source_text import own_text
from agentgen.profile.recipe import Recipe

_DIGITS = 8
_STATEMENT_DIGITS = 6  # there are hundreds of them, and none is looked up outside its variant


def section_digest(variant: Variant, section_id: str) -> str:
    """Of a section's own text, without its heading and the blank lines at its edges."""
    return _short(own_text(variant, variant.document.section(section_id)))


def seen_values(key: str, variants: Mapping[str, Variant]) -> dict[str, str]:
    """The digest of each variant's value of a key; variants without the key are left out."""
    return {name: value_digest(one.fields[key]) for name, one in variants.items() if key in one.fields}


def statement_digests(variant: Variant) -> tuple[str, ...]:
    """Of each statement of a variant, in order."""
    return tuple(statement_digest(item.text) for item in variant.document.items)


def statement_digest(text: str) -> str:
    """Of what a statement says, without markup and case."""
    return _short(plain(text))[:_STATEMENT_DIGITS]


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


def decision_digests(recipe: Recipe) -> dict[str, str]:
    """Of each decision without what it was made on, by `keys/<key>`, `topics/<id>` and `conflicts/<id>`."""
    named = (
        *((f"keys/{one.key}", replace(one, seen={})) for one in recipe.keys),
        *((f"topics/{one.id}", replace(one, seen={})) for one in recipe.topics),
        *((f"conflicts/{one.id}", replace(one, seen={})) for one in recipe.conflicts),
    )
    return {name: _short(repr(decision)) for name, decision in named}


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:_DIGITS]
