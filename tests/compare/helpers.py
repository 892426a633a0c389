"""Variants out of texts, and comparisons as plain values that are easy to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from agentgen.compare.model import Comparison, Topic, Variant
from agentgen.document.read import read_document
from agentgen.source import Source, read_source


def variant(name: str, text: str) -> Variant:
    """A variant with the id `name`, read from a text."""
    return Variant(name, read_document(Source(f"{name}.md", text.encode())))


def variants(texts: Mapping[str, str]) -> list[Variant]:
    """Variants by id."""
    return [variant(name, text) for name, text in texts.items()]


def read_variants(paths: Iterable[Path]) -> list[Variant]:
    """Files as variants, with their file names as ids."""
    return [Variant(path.name, read_document(read_source(path, path.name))) for path in paths]


def members(topic: Topic) -> list[str]:
    """The sections of a row as `variant: heading`; the text before the first heading has none."""
    return sorted(f"{section.variant}: {section.heading or ''}" for section in topic.sections)


def shared_rows(comparison: Comparison) -> list[list[str]]:
    """All rows of more than one section."""
    return sorted(members(topic) for topic in comparison.topics if len(topic.sections) > 1)


def places(comparison: Comparison) -> set[frozenset[tuple[str, str]]]:
    """All rows as sets of variant id and section id."""
    return {frozenset((found.variant, found.section) for found in topic.sections) for topic in comparison.topics}
