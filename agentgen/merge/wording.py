"""What can be told about a statement from its words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agentgen.document.model import ItemKind
from agentgen.merge.nodes import LIST_KINDS, TEXT_KINDS, Node

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?<![A-Za-z_])\d+(?:[.,]\d+)*")
_SENTENCE_END = re.compile(r"[.!?][)\"'*_]*\s+(?=\S)")
_REMOVABLE = LIST_KINDS | {ItemKind.TABLE_ROW}


def words_of(text: Sequence[str]) -> set[str]:
    """What a statement says, roughly: its distinct words and numbers, without the shortest words."""
    return {word for word in _WORD.findall(" ".join(text).casefold()) if len(word) > 2 or word.isdigit()}


def numbers_agree(left: Sequence[str], right: Sequence[str]) -> bool:
    """True where one of two statements has no number that the other does not have."""
    one, other = (set(_NUMBER.findall("\n".join(text))) for text in (left, right))
    return one <= other or other <= one


def can_word(place: Node, other: Node) -> bool:
    """True where the other's words fit the place: both are text."""
    return place.kind in TEXT_KINDS and other.kind in TEXT_KINDS


def is_single(node: Node) -> bool:
    """True for a single statement; a paragraph of several sentences, code or a list with its items says more."""
    if node.children:
        return False
    text = " ".join(node.text)
    return node.kind in _REMOVABLE or (node.kind is ItemKind.PARAGRAPH and not _SENTENCE_END.search(text))
