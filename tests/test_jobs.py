"""Work on all cores: what comes out is what one core makes, in its order, whatever becomes of the workers."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from functools import partial
from multiprocessing import Pipe

import pytest

from agentgen.jobs import mapped, work_off

NUMBERS = range(100)


def double(number: int) -> int:
    """Some work."""
    return 2 * number


def where(_: object) -> int:
    """The process that does it."""
    return os.getpid()


def fail_at(bad: int, number: int) -> int:
    """Work that fails once."""
    if number == bad:
        raise ValueError(str(number))
    return number


def die_at(bad: int, here: int, number: int) -> int:
    """Work that the system ends, in a worker."""
    if number == bad and os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def nobody_left() -> bool:
    """Whether all processes that were started have ended."""
    return not multiprocessing.active_children()


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_work(jobs: int) -> None:
    """However many share it, and where the last piece is shorter."""
    assert list(mapped(double, NUMBERS, jobs, least=1)) == [2 * number for number in NUMBERS]
    assert nobody_left()


def test_processes_share_from_the_least_number_on() -> None:
    """Below it, and with one job, all is done here."""
    here = os.getpid()
    assert set(mapped(where, NUMBERS, 2, least=101)) == {here}
    assert set(mapped(where, NUMBERS, 1, least=1)) == {here}
    others = set(mapped(where, NUMBERS, 2, least=100))
    assert here not in others
    assert len(others) == 2


def test_beside_a_thread_workers_are_new_interpreters() -> None:
    """A copy of a process with threads may never end; the results are the same."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert list(mapped(double, NUMBERS, 2, least=1)) == [2 * number for number in NUMBERS]
        assert os.getpid() not in set(mapped(where, NUMBERS, 2, least=1))
    finally:
        done.set()
        thread.join()
    assert nobody_left()


def test_what_cannot_be_sent_to_a_new_interpreter_is_done_here() -> None:
    """A function without a name in a module."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert list(mapped(lambda number: number + 1, NUMBERS, 2, least=1)) == list(range(1, 101))
    finally:
        done.set()
        thread.join()


def test_an_error_comes_out_where_the_work_stands() -> None:
    """The results before it come first; it is the very error that one core raises, and no worker stays."""
    results = mapped(partial(fail_at, 40), NUMBERS, 2, least=1)
    assert [next(results) for _ in range(40)] == list(range(40))
    with pytest.raises(ValueError, match=r"^40$"):
        next(results)
    assert nobody_left()


def test_the_work_of_a_worker_that_was_killed_is_done_here() -> None:
    """Nothing is lost, and nothing comes twice."""
    assert list(mapped(partial(die_at, 30, os.getpid()), NUMBERS, 2, least=1)) == list(NUMBERS)
    assert nobody_left()


class OddError(Exception):
    """Can be sent, and not be read."""

    def __init__(self, first: int, second: int) -> None:
        super().__init__(f"{first} {second}")


def odd(number: int) -> OddError:
    """Some work."""
    return OddError(number, number)


def test_results_that_cannot_be_sent_are_made_here() -> None:
    """Whatever the reason is: here they need not be sent."""
    assert [str(each) for each in mapped(odd, NUMBERS, 2, least=1)] == [f"{number} {number}" for number in NUMBERS]
    assert nobody_left()


def test_without_processes_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system gives none, or only one: the one that was started is ended."""
    begin = multiprocessing.process.BaseProcess.start
    given: list[object] = []

    def start(process: multiprocessing.process.BaseProcess) -> None:
        if given:
            raise BlockingIOError("Resource temporarily unavailable")
        given.append(process)
        begin(process)

    monkeypatch.setattr(multiprocessing.process.BaseProcess, "start", start)
    for _ in range(2):
        assert set(mapped(where, NUMBERS, 2, least=1)) == {os.getpid()}
    assert nobody_left()


def test_who_stops_reading_leaves_no_worker_behind() -> None:
    """Also one that waits for somebody to take its results."""
    with contextlib.closing(mapped(partial(str.ljust, "x"), [100_000] * 100, 2, least=1)) as results:
        assert len(next(results)) == 100_000
        assert not nobody_left()
    assert nobody_left()


def test_who_stops_reading_does_not_wait_for_work_that_nobody_wants() -> None:
    """A worker is ended in the middle of it."""
    with contextlib.closing(mapped(slow_from_10, NUMBERS, 2, least=1)) as results:
        assert next(results) == 0
    assert nobody_left()


def slow_from_10(number: int) -> int:
    """Work that takes longer than any test may, after a while."""
    time.sleep(600 if number >= 10 else 0)
    return number


def test_an_interrupt_is_heard_here_alone() -> None:
    """Workers hold it back: they say nothing, and are ended."""
    with contextlib.closing(mapped(held, NUMBERS, 2, least=1)) as results:
        assert all(results)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def held(_: object) -> bool:
    """Whether interrupts are held back in this process."""
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_a_worker_ends_at_the_first_piece_that_fails() -> None:
    """It sends what went well before, and then nothing; ends of other pipes are let go."""
    reader, writer = Pipe(duplex=False)
    other, _ = Pipe(duplex=False)
    work_off(partial(fail_at, 3), [[1, 2], [3], [4]], writer, [other])
    assert reader.recv() == [1, 2]
    with pytest.raises(EOFError):
        reader.recv()
    assert other.closed
