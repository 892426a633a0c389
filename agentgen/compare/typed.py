"""Typed evidence: the part a section plays, read from how it is built instead of from its words.

Numbered steps or children called "Phase 1", "Phase 2" make a process; items that each name another agent a
collaboration; quoted lines examples; "never" and "avoid" at the start of the items what to avoid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from agentgen.document.model import Item, ItemKind, Section

_PHASE = re.compile(r"^\W*(?:phase|step|stage)\s*\d", re.IGNORECASE)
_NUMBERED = re.compile(r"^\W*\d+\s*[.):]")
_AGENT = re.compile(
    r"\b[a-z0-9]+(?:[-\u2011][a-z0-9]+){0,12}[-\u2011](?:administrator|advisor|agent|analyst|architect|auditor|automat(?:ion|or)|"
    r"backend|consultant|coordinator|debugger|designer|detective|developer|engineer|expert|frontend|guardian|guru|lead|"
    r"manager|master|optimizer|orchestrator|planner|pro|profiler|researcher|reviewer|scientist|specialist|strategist|"
    r"tester|writer)\b"
)
_RANKS = frozenset({"junior", "lead", "principal", "senior", "staff"})
_REFUSAL = re.compile(r"^\W*(?:do not|don['’]t|never|avoid|no|not)\b", re.IGNORECASE)
_QUOTED = re.compile(r"^[^\w\"“]*+[\"“].*[\"”][^\w\"”]*+$", re.DOTALL)
_BLANK = re.compile(
    r"\[(?:[A-Z][^\[\]\n]*|[a-z][^\[\]\n]* [^\[\]\n]*|e\.g\.[^\[\]\n]*)\](?!\()"  # [Brief description]
    r"|<[a-z][\w /|-]*>|\{[a-z_]+\}"
)
_HALF = 0.5
_MOST = 0.6
_LIST = frozenset({ItemKind.BULLET, ItemKind.NUMBER, ItemKind.CHECKBOX})


def typed_parts(items: Sequence[Item], children: Sequence[Section]) -> dict[str, float]:
    """Concepts of the kind `part` with a strength from 0 to 1, for a section's own items and its direct children."""
    top = [item for item in items if item.depth == 0]
    found = {
        "part/process": max(_steps(top), _phases(children)),
        "part/checklist": _HALF * _mostly(item.kind is ItemKind.CHECKBOX for item in top),
        "part/collaboration": 1.0 * _mostly(_AGENT.search(item.text) is not None for item in top if item.kind in _LIST),
        "part/examples": 0.8 * _mostly(_QUOTED.match(item.text) is not None for item in top),
        "part/avoid": 0.8 * _mostly(_REFUSAL.match(item.text) is not None for item in top),
    }
    return {part: strength for part, strength in found.items() if strength}


def agents_named(text: str) -> frozenset[str]:
    """What the agents that a text names are for: `senior-security-reviewer` gives `security`."""
    found: set[str] = set()
    for name in _AGENT.findall(text):
        words = [word for word in re.split("[-\u2011]", name) if word not in _RANKS]
        found.update(words[:-1] or words)
    return frozenset(found)


def is_form(items: Sequence[Item]) -> bool:
    """True where half of the items (two at least) have blanks to fill in, such as `[Brief description]`."""
    prose = [item for item in items if item.kind is not ItemKind.CODE]
    return len(prose) > 1 and 2 * sum(_BLANK.search(item.text) is not None for item in prose) >= len(prose)


def _steps(items: Sequence[Item]) -> float:
    return _HALF * _mostly(item.kind is ItemKind.NUMBER for item in items)


def _phases(children: Sequence[Section]) -> float:
    headings = [child.heading or "" for child in children]
    return max(
        1.0 * _mostly(_PHASE.match(heading) is not None for heading in headings),
        _MOST * _mostly(_NUMBERED.match(heading) is not None for heading in headings),
    )


def _mostly(signs: Iterable[bool]) -> bool:
    """True for at least two signs of which three in five are set."""
    seen = list(signs)
    return len(seen) > 1 and sum(seen) >= _MOST * len(seen)
