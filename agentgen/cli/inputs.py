"""From names on the command line to documents and variants. Every file that cannot be read is reported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from agentgen.errors import Problem, UserError
from agentgen.source import Source, read_source

if TYPE_CHECKING:
    from agentgen.document.model import Document


def read_sources(files: Sequence[Path]) -> list[Source]:
    """The files' bytes, in the order given.

    Raises:
        UserError: with a problem for each file that cannot be read.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    for path in files:
        try:
            sources.append(read_source(path))
        except UserError as error:
            problems += error.problems
    if problems:
        raise UserError(problems)
    return sources


def read_all(files: Sequence[Path]) -> list[Document]:
    """The files as documents, in the order given. Raises UserError as `read_sources` does."""
    from agentgen.document.read import read_document

    return [read_document(source) for source in read_sources(files)]
