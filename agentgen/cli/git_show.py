"""Agent files of other revisions: an argument `REV:path` is what git has there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from agentgen.cli.git_run import git
from agentgen.cli.inputs import VariantFile
from agentgen.source import Source


def with_revisions(files: Sequence[VariantFile]) -> list[VariantFile]:
    """The files, those named `REV:path` with the content that they have in that revision.

    A file that is there under that very name is meant before a revision.

    Raises:
        UserError: git knows no such revision, or no such file in it.
    """
    return [_shown(file) if _is_revision(str(file.path)) else file for file in files]


def _is_revision(name: str) -> bool:
    revision, colon, path = name.partition(":")
    return bool(revision and colon and path) and not Path(name).exists()


def _shown(file: VariantFile) -> VariantFile:
    name = str(file.path)
    content = git("cat-file", "blob", name)
    return file._replace(path=Path(name.partition(":")[2]), source=Source(name, content))
