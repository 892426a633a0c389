"""Work shared out to all cores where that pays: the same results in the same order as on one.

The work is dealt out like cards before the workers start, and each worker sends what it made down a pipe of its own,
waiting while nobody reads. So there is no queue, lock or thread to be left behind, what is on the way stays small, and
the order is that of the work. What a worker does not send, because it failed, was killed or could not be started, is
done here: so errors come out as they do on one core. What that takes is loaded only where there is enough to do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, SpawnContext
    from multiprocessing.process import BaseProcess

_PIECES = 8  # for each worker: few enough to cost nothing, enough that all end at about the same time
_LARGEST = 32

W = TypeVar("W")
R = TypeVar("R")


def mapped(function: Callable[[W], R], work: Sequence[W], jobs: int, *, least: int) -> Generator[R, None, None]:
    """`function` of each piece of work, in order; by so many processes (`jobs`) from `least` pieces on.

    The workers start at once, not with the first result. The function must depend on nothing but what it is given.
    Close the iterator where it may not be read to its end: that ends the workers.
    """
    count = min(jobs, len(work))
    if count < 2 or len(work) < least:
        return (function(each) for each in work)
    size = max(1, min(_LARGEST, -(-len(work) // (count * _PIECES))))
    pieces = [work[at : at + size] for at in range(0, len(work), size)]
    return _collected(function, pieces, _started(function, pieces, count))


class _Worker:
    """A process and the end of the pipe on which its results come."""

    def __init__(self, process: BaseProcess, results: Connection) -> None:
        self._process = process
        self._results = results

    def next(self) -> list[object] | None:
        """The results of its next piece; None where they do not come."""
        try:
            found: list[object] = self._results.recv()
        except Exception:  # it has ended, or it sent what cannot be read
            self.stop()
            return None
        return found

    def stop(self) -> None:
        """End it, whatever it does."""
        self._process.kill()

    def close(self) -> None:
        """Wait until it has ended."""
        self._results.close()
        self._process.join()


def _collected(
    function: Callable[[W], R], pieces: Sequence[Sequence[W]], workers: list[_Worker]
) -> Generator[R, None, None]:
    try:
        for at, piece in enumerate(pieces):
            worker = workers[at % len(workers)] if workers else None
            found = worker.next() if worker else None
            yield from map(function, piece) if found is None else found  # type: ignore[misc]
    except BaseException:  # an interrupt, too, and a reader that wants no more
        for worker in workers:
            worker.stop()
        raise
    finally:
        for worker in workers:
            worker.close()


def _started(function: Callable[[W], R], pieces: Sequence[Sequence[W]], count: int) -> list[_Worker]:
    """Workers, each with its share of the pieces; none where the system does not give all of them."""
    workers: list[_Worker] = []
    ends: list[Connection] = []
    context = _context()
    with _interrupts_later():
        try:
            for number in range(count):
                reader, writer = context.Pipe(duplex=False)
                ends.append(reader)
                share = pieces[number::count]
                # A copy of this process holds all readers: as long as it does, nobody else sees that this one has gone.
                others = ends if context.get_start_method() == "fork" else []
                process = context.Process(target=work_off, args=(function, share, writer, others), daemon=True)
                process.start()
                writer.close()
                workers.append(_Worker(process, reader))
        except Exception:  # no process, no file handle, something that cannot be sent to another interpreter
            for worker in workers:
                worker.stop()
                worker.close()
            return []
    return workers


def _context() -> ForkContext | SpawnContext:
    """How workers start. A copy of this process (fork) is there in milliseconds and knows what is loaded; a new
    interpreter (spawn) takes a third of a second to load it. But a copy made beside threads, such as that of a moving
    bar, can hold a lock that nobody will let go, and the libraries of other systems do not bear copies.
    """
    import threading
    from multiprocessing import get_context, resource_tracker

    if threading.active_count() == 1 and sys.platform == "linux":
        return get_context("fork")
    if sys.platform != "win32":
        resource_tracker.ensure_running()  # lets interrupts through again while it starts: so before they are held back
    return get_context("spawn")


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Hold interrupts back until the workers run. They keep that: it is for this process to end them."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def work_off(
    function: Callable[[W], R], pieces: Sequence[Sequence[W]], results: Connection, others: Sequence[Connection] = ()
) -> None:
    """What a worker does: send the results of each piece, and end at the first that fails or that nobody wants."""
    for each in others:
        each.close()
    try:
        for piece in pieces:
            results.send([function(each) for each in piece])
    except Exception:  # done again by who waits for it, who can tell of it
        results.close()
