"""How far a search is, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from agentgen.cli.screen import Screen

if TYPE_CHECKING:
    from rich.progress import Progress

    from agentgen.discover.engine import Watch

T = TypeVar("T")


@contextmanager
def watched(screen: Screen) -> Iterator[Watch]:
    """What shows a search on standard error while it goes on; nothing where that is no terminal, or when quiet."""
    from agentgen.discover.engine import Unwatched

    if screen.quiet or not sys.stderr.isatty():
        yield Unwatched()
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(file=sys.stderr), transient=True) as progress:
        yield _Bars(progress)


class _Bars:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def walking(self) -> Callable[[], object]:
        """To be called for each folder: their number is not known beforehand."""
        task = self._progress.add_task("looking for files", total=None)
        return lambda: self._progress.advance(task)

    def steps(self, steps: Iterable[T], label: str, total: int) -> Iterator[T]:
        """The steps one by one, with a bar."""
        for task in self._progress.task_ids:
            self._progress.update(task, visible=False)
        yield from self._progress.track(steps, total=total, description=label)
