"""Deciding about a recipe: on the terminal with a journal beside it, or by the answers of a file."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from agentgen.cli.inputs import read_sources, shown
from agentgen.compare.model import Comparison
from agentgen.errors import Problem, UserError
from agentgen.merge.journal import JOURNAL_NAME, Entry, Past, entry_line, read_journal
from agentgen.merge.session import Console, begin, replay, run
from agentgen.profile.recipe import Recipe
from agentgen.workspace import ProfileFolder


class Deciding(NamedTuple):
    """Where answers come from: a person (`None`), or a file of decisions."""

    decisions: Path | None = None


class NotFinishedError(Exception):
    """A person quit: nothing was written but the journal. Its text tells how far they got."""


def decided(folder: ProfileFolder, comparison: Comparison, recipe: Recipe, how: Deciding) -> Recipe:
    """The recipe with all answers.

    Raises:
        UserError: there is no terminal, or the file's answers do not fit.
        NotFinishedError: a person quit.
    """
    if how.decisions is not None:
        source = read_sources([how.decisions])[0]
        return replay(comparison, recipe, read_journal(source).everything, source.path)
    return _asked(folder, comparison, recipe)


def _asked(folder: ProfileFolder, comparison: Comparison, recipe: Recipe) -> Recipe:
    journal = folder.root / JOURNAL_NAME
    past = read_journal(read_sources([journal])[0]) if journal.is_file() else Past()
    session = begin(comparison, recipe, past, anew=not folder.recipe.is_file())
    if not session.open and not session.entries:
        return recipe
    with _terminal() as terminal:
        session, finished = run(session, terminal, lambda entry: _append(journal, entry))
    if not finished:
        count = len(session.asked)
        raise NotFinishedError(f"{folder.name}: {count - len(session.open)} of {count} decisions made")
    return session.recipe


def _terminal() -> AbstractContextManager[Console]:
    """The terminal of this system. Raises UserError where there is none."""
    try:
        from agentgen.cli.keys import open_terminal
    except ImportError:  # a system without termios
        hint = "write the answers into a file, see docs/merging.md, and give it with --decisions FILE"
        raise UserError(Problem("--interactive does not work on this system", hint=hint)) from None
    return open_terminal()


def _append(journal: Path, entry: Entry) -> None:
    """One more line, on the disk before the next question is asked."""
    if journal.is_symlink():
        raise UserError(Problem("is a link; the journal is never written through one", shown(journal)))
    journal.parent.mkdir(parents=True, exist_ok=True)
    with journal.open("a", encoding="ascii", newline="\n") as file:
        file.write(entry_line(entry))
