"""What is proven about the sections of one row: equal, equal but for formatting, or edited.

Formatting is claimed only where the normal forms of heading and items are equal one by one, in the same order, with the
same nesting: other bullets, numbers, emphasis, line breaks, fences and heading marks are formatting; a word, a number,
a character of code is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agentgen.compare.items_statements import normal_of
from agentgen.compare.model import Status, Variant
from agentgen.compare.words import normal_form
from agentgen.document.model import Document, ItemKind, Section
from agentgen.source import Span, to_lf

_LIST = frozenset({ItemKind.BULLET, ItemKind.NUMBER, ItemKind.CHECKBOX})
_EDGE_BLANKS = re.compile(r"\A(?:[ \t]*\n)+|(?:\n[ \t]*)+\Z")
_NUMBER = re.compile(r"^\d{1,9}[.)]\s+")


def row_status(row: Sequence[tuple[Variant, Section]], variants: int) -> Status:
    """How the sections of a row (one a variant, of `variants` compared) stand to each other."""
    if len(row) < variants:
        return Status.ONLY if len(row) == 1 else Status.PARTIAL
    if len({_plain(variant.document, section) for variant, section in row}) == 1:
        return Status.SAME
    forms = {section_form(variant.document, section) for variant, section in row}
    return Status.FORMATTING if len(forms) == 1 else Status.EDITED


def section_form(document: Document, section: Section) -> tuple[tuple[str, int, str], ...]:
    """A section without its formatting: heading and items, each with its kind, depth and normal form."""
    heading = _NUMBER.sub("", normal_form(section.heading or "")).rstrip(":").rstrip()
    items = (
        ("list" if item.kind in _LIST else item.kind.value, item.depth, normal_of(document, item))
        for item in document.items_of(section.id)
    )
    return (("heading", 0, heading), *items)


def _plain(document: Document, section: Section) -> tuple[str, str]:
    """Heading and text as written, without blank lines at their edges."""
    heading = document.source.slice(section.heading_span)
    text = document.source.slice(Span(section.heading_span.end, section.span.end))
    return to_lf(heading).rstrip("\n"), _EDGE_BLANKS.sub("", to_lf(text) + "\n")
