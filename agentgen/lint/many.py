"""Many files linted, on all cores where that pays. What concerns a folder is put together once, before."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from agentgen.jobs import mapped
from agentgen.lint.engine import Chosen, fix, lint, read_folders
from agentgen.lint.model import Linted
from agentgen.render.targets import Targets
from agentgen.source import Source

_PAYS_FROM = 50
"""From how many files on two cores save a seventh of the time and more; to start and ask them costs some 50 ms."""

Files = Sequence[tuple[Path, Source]]


@dataclass(frozen=True, slots=True)
class Linting:
    """How files are looked at: as which tools, for which codes, and whether they are mended before."""

    targets: Targets
    names: Sequence[str] = ()
    chosen: Chosen = lambda _: True
    mend: bool = False

    def __call__(self, file: tuple[Path, Source]) -> Linted:
        """One file that lies at a path. Raises UserError where a name is that of no target."""
        path, source = file
        how = (path, self.targets, self.names, self.chosen)
        return lint(fix(source, *how) if self.mend else source, *how)


def lint_files(files: Files, how: Linting, jobs: int = 1) -> Generator[Linted, None, None]:
    """Each file's result, in the order given, by so many processes; the source in it is the mended one. Nothing is
    written.

    Close the iterator where it may not be read to its end.

    Raises:
        UserError: a name is that of no target.
    """
    read_folders([path for path, _ in files], how.targets)
    return mapped(how, files, jobs, least=_PAYS_FROM)
