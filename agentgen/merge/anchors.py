"""Find a statement again by what it says, after moves, changes of markup and small edits."""

from __future__ import annotations

import re
from collections.abc import Mapping

from agentgen.merge.nodes import Node, Ref

_MARKUP = re.compile(r"[*_`~]+|[ \t\n]+")
_ENOUGH = 85.0
"""How alike (0 to 100) a statement must be to count as the one that was meant, after a small edit."""
CUT = "…"
"""Ends an anchor that quotes only the beginning of a statement."""


def plain(text: str) -> str:
    """The words of a statement, without markup and case."""
    return _MARKUP.sub(" ", text).strip().casefold()


def find_statement(anchor: str, nodes: Mapping[Ref, Node]) -> Ref | None:
    """The statement that an anchor speaks of, or None. An anchor that ends with `…` gives only the beginning."""
    wanted = plain(anchor)
    said = {ref: plain("\n".join(node.text)) for ref, node in sorted(nodes.items())}
    for ref, text in said.items():
        if text == wanted or (wanted.endswith(CUT) and text.startswith(wanted.removesuffix(CUT).rstrip())):
            return ref
    return _most_alike(wanted, said)


def _most_alike(wanted: str, said: Mapping[Ref, str]) -> Ref | None:
    from rapidfuzz import fuzz  # only where no statement is the same

    scored = [(fuzz.ratio(wanted, text), ref) for ref, text in said.items()]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _ENOUGH else None
