"""Snapshots as the files they would be: bytes, at their real relative path, readable in a review.

`assert data == snapshot(name="droid/.factory/droids/me.md")` compares with `golden/<module>/droid/…/me.md` beside the
test module; `pytest --snapshot-update` writes what is new.
"""

from __future__ import annotations

from pathlib import Path

from syrupy.data import SnapshotCollections
from syrupy.extensions.single_file import SingleFileSnapshotExtension
from syrupy.location import PyTestLocation
from syrupy.types import SnapshotIndex

FOLDER = "golden"


class FileSnapshot(SingleFileSnapshotExtension):
    """One file a snapshot, named by the test: no line end is changed and no byte is added."""

    file_extension = ""

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        module = Path(test_location.filepath)
        return str(module.parent / FOLDER / module.stem.removeprefix("test_"))

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        return f"{test_location.snapshot_name}[{index}]"

    @classmethod
    def get_location(cls, *, test_location: PyTestLocation, index: SnapshotIndex) -> str:
        return str(Path(cls.dirname(test_location=test_location), str(index)))

    @classmethod
    def matches_test_location(cls, *, test_location: PyTestLocation, snapshot_location: str) -> bool:
        return Path(snapshot_location).is_relative_to(cls.dirname(test_location=test_location))

    def discover_snapshots(
        self, *, test_location: PyTestLocation, ignore_extensions: list[str] | None = None
    ) -> SnapshotCollections:
        """None: files with names of their own cannot be told apart by test; `golden_files` finds what is left over."""
        return SnapshotCollections()


def golden_files(module: str) -> set[str]:
    """The snapshots stored for a test module (its `__file__`), as relative paths: to see that none is left over."""
    path = Path(module)
    folder = path.parent / FOLDER / path.stem.removeprefix("test_")
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
