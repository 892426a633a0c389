"""Reaching files below a folder so that no link is followed, not even one that is planted in the meantime.

Where the system can (`openat` and friends), each folder on the way is opened from the one above it, and what is done
to a file is done in the folder that was opened, wherever its path may lead by then. Elsewhere (Windows) the way is
looked at right before, which leaves a moment in which a link could be planted.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from agentgen.errors import Problem, UserError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

BY_HANDLE = {os.open, os.mkdir, os.unlink, os.rename, os.rmdir, os.stat} <= os.supports_dir_fd
"""Whether the system opens files from open folders."""

_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NO_LINK
_PATIENCE, _PAUSE = 20.0, 0.02  # seconds


class ObstacleError(Exception):
    """Something stands on the way to a file that is not ours to follow or to replace: says what."""


class Root(NamedTuple):
    """An open folder below which files are reached. `handle` is None where the system has no such thing."""

    path: Path
    handle: int | None

    @contextlib.contextmanager
    def folder(self, path: str, *, make: bool = False) -> Iterator[Folder]:
        """The folder that holds the file at a relative POSIX path, made where it is missing and `make` says so.

        Raises:
            ObstacleError: a link, or something that is no folder, lies on the way.
            FileNotFoundError: a folder is missing.
        """
        parts = PurePosixPath(path).parts[:-1]
        if self.handle is None:
            yield Folder(self._walked(parts, make=make), None)
            return
        handle = os.dup(self.handle)
        try:
            for depth, part in enumerate(parts, start=1):
                handle = _entered(handle, part, self.path.joinpath(*parts[:depth]), make=make)
            yield Folder(self.path.joinpath(*parts), handle)
        finally:
            os.close(handle)

    def prune(self, path: str) -> None:
        """Remove the folders above a path that are empty, up to the root."""
        for parent in list(PurePosixPath(path).parents)[:-1]:
            try:
                with contextlib.suppress(FileNotFoundError), self.folder(str(parent)) as above:
                    above.remove_folder(parent.name)
            except (OSError, ObstacleError):
                return

    def _walked(self, parts: tuple[str, ...], *, make: bool) -> Path:
        place = self.path
        for part in parts:
            place = place / part
            if make:
                with contextlib.suppress(FileExistsError):
                    place.mkdir()
            if not stat.S_ISDIR(place.lstat().st_mode):
                raise ObstacleError(f"{place} is not a folder")
        return place


class Folder(NamedTuple):
    """An open folder; all names are names right in it."""

    path: Path
    handle: int | None

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none. Raises ObstacleError for anything but a file."""
        try:
            mode = os.stat(self._at(name), dir_fd=self.handle, follow_symlinks=False).st_mode
        except FileNotFoundError:
            return None
        if not stat.S_ISREG(mode):
            what = "a link, and links are not followed" if stat.S_ISLNK(mode) else "not a file"
            raise ObstacleError(f"{self.path / name} is {what}")
        with os.fdopen(os.open(self._at(name), os.O_RDONLY | _NO_LINK, dir_fd=self.handle), "rb") as file:
            return file.read()

    def write_new(self, name: str, raw: bytes, like: str | None = None) -> None:
        """Write a file that is not there yet, with the permissions of the file `like`, if there is one."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK
        with os.fdopen(os.open(self._at(name), flags, 0o666, dir_fd=self.handle), "wb") as file:
            file.write(raw)
        with contextlib.suppress(FileNotFoundError):
            if like is not None:
                mode = os.stat(self._at(like), dir_fd=self.handle, follow_symlinks=False).st_mode
                self._chmod(name, mode & 0o777)

    def rename(self, name: str, to: str) -> None:
        """Give a file another name, in the place of whatever file has that name."""
        os.replace(self._at(name), self._at(to), src_dir_fd=self.handle, dst_dir_fd=self.handle)

    def remove(self, name: str) -> None:
        """Remove a file; nothing where there is none."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._at(name), dir_fd=self.handle)

    def remove_folder(self, name: str) -> None:
        """Remove an empty folder."""
        os.rmdir(self._at(name), dir_fd=self.handle)

    def _chmod(self, name: str, mode: int) -> None:
        if os.chmod in os.supports_dir_fd or self.handle is None:
            os.chmod(self._at(name), mode, dir_fd=self.handle)

    def _at(self, name: str) -> str:
        return name if self.handle is not None else str(self.path / name)


@contextlib.contextmanager
def open_root(root: Path) -> Iterator[Root]:
    """A folder that is there, opened and kept from other runs until it is closed.

    Raises:
        ObstacleError: it is a link, or no folder.
        UserError: another run is at work in it and does not end.
    """
    if not BY_HANDLE:
        yield Root(root, None)
        return
    try:
        handle = os.open(root, _FOLDER)
    except OSError as error:
        raise _refused(root, error) from None
    try:
        _lock(handle, root)
        yield Root(root, handle)
    finally:
        os.close(handle)


def _lock(handle: int, root: Path) -> None:
    """Wait until no other run works in the folder. The lock goes when the process ends, however it ends."""
    end = time.monotonic() + _PATIENCE
    while fcntl is not None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                hint = "wait for it or end it, then run the command again"
                raise UserError(Problem("another run of agentgen is writing here", str(root), hint=hint)) from None
            time.sleep(_PAUSE)
        except OSError:  # a file system without locks
            return
        else:
            return


def _entered(handle: int, part: str, shown: Path, *, make: bool) -> int:
    """The handle of a folder in an open one, which is closed."""
    if make:
        with contextlib.suppress(FileExistsError):
            os.mkdir(part, dir_fd=handle)
    try:
        inner = os.open(part, _FOLDER, dir_fd=handle)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _refused(shown, error) from None
    os.close(handle)
    return inner


def _refused(place: Path, error: OSError) -> Exception:
    """Why a folder was not opened: a link and a file look alike to the system, other reasons do not."""
    if place.is_symlink():
        return ObstacleError(f"{place} is a link, and links are not followed")
    return error if place.is_dir() or not place.exists() else ObstacleError(f"{place} is not a folder")
