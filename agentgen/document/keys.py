"""The keys of a frontmatter: how they look, and what is known of the usual ones."""

from __future__ import annotations

import re

_AGENT_KEYS = ("name", "description", "title", "version", "author", "tags", "category", "color", "mode", "target")
_MODEL_KEYS = ("model", "effort", "reasoning_effort", "reasoningEffort", "temperature", "maxTurns", "background")
_TOOL_KEYS = ("tools", "disallowedTools", "disallowed-tools", "allowed-tools", "skills", "mcpServers", "permissionMode")
_OTHER_KEYS = ("hooks", "memory", "isolation", "argument-hint", "handoffs", "infer")

KNOWN_KEYS = frozenset((*_AGENT_KEYS, *_MODEL_KEYS, *_TOOL_KEYS, *_OTHER_KEYS))
"""Keys that are a key wherever they stand at the left edge, even without a blank behind the colon."""

_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*:(?:[ \t\xa0]+|$)")
_TIGHT_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)[ \t]*:")

TEXT_KEYS = frozenset({"name", "description", "model", "color", "version", "title", "author", "effort"})
"""Top-level keys whose plain values are text whatever they look like."""

PROSE_KEYS = frozenset({"description", "when_to_use", "whenToUse", "prompt", "instructions"})
"""Top-level keys that hold sentences; there the two characters `\\n` mean a line break."""


def key_of(text: str) -> tuple[str, int] | None:
    """The key that a line at the left edge begins with, and the column behind it; None for other lines."""
    match = _KEY.match(text)
    if match is None:
        match = _TIGHT_KEY.match(text)
        if match is None or match[1] not in KNOWN_KEYS:
            return None
    return match[1], match.end()


def is_known(text: str) -> bool:
    """Whether a line begins with one of the usual keys."""
    found = key_of(text)
    return found is not None and found[0] in KNOWN_KEYS
