"""Nothing that the builder starts outlives it, however it ends. With real processes, real signals and /proc."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from builder import processes
from builder.errors import ToolError
from builder.language import said
from builder.processes.running import SIGNALS
from tests.descendants import builder, within
from tests.sharing import by_day

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

SOON = 30.0
ENDS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
FAMILY = ("sh", "-c", "trap '' TERM HUP INT; sleep 600 & sleep 600")
"""A program with a child of its own; deaf to what can be ignored."""

PROGRAM = f"""
import os, subprocess, sys
from pathlib import Path
from builder import processes
try:
    with processes.stoppable():
        null = subprocess.DEVNULL
        with processes.child({FAMILY}, Path("/"), os.environ, (null, null, null)) as process:
            print("ready", flush=True)
            process.wait()
finally:
    print("cleaned up")
"""

WORKERS = """
import time
from builder import processes
try:
    with processes.stoppable(), processes.crew(2, ["json"]) as crew:
        for _ in range(4):
            crew.executor.submit(time.sleep, 600)
        print("ready", flush=True)
        time.sleep(600)
finally:
    print("cleaned up")
"""

INITIALIZER = """
import multiprocessing, time
from concurrent.futures import ProcessPoolExecutor
from builder.processes import end_with_parent
context = multiprocessing.get_context("spawn")
with ProcessPoolExecutor(2, mp_context=context, initializer=end_with_parent) as pool:
    pool.submit(time.sleep, 600)
    pool.submit(time.sleep, 600)
    print("ready", flush=True)
    time.sleep(600)
"""

# the guardian, the shell and its two; the tracker of multiprocessing and at least one worker
CASES = {"a program": (PROGRAM, 4), "workers": (WORKERS, 2)}


@pytest.mark.parametrize(("code", "count"), [*CASES.values(), (INITIALIZER, 3)], ids=[*CASES, "initializer"])
def test_nothing_is_left_of_a_builder_that_is_killed(code: str, count: int) -> None:
    with builder(code) as (parent, alive):
        assert parent.stdout
        assert parent.stdout.readline() == "ready\n"
        assert within(SOON, lambda: len(alive()) >= count)
        parent.kill()
        assert parent.wait() == -signal.SIGKILL
        assert within(SOON, lambda: not alive())


@pytest.mark.parametrize("number", by_day(ENDS, [signal.SIGTERM, signal.SIGINT]), ids=lambda number: number.name)
@pytest.mark.parametrize(("code", "count"), CASES.values(), ids=CASES)
def test_a_builder_that_is_told_to_stop_cleans_up_and_says_so_in_its_exit_code(
    code: str, count: int, number: signal.Signals
) -> None:
    with builder(code) as (parent, alive):
        assert parent.stdout
        assert parent.stdout.readline() == "ready\n"
        assert within(SOON, lambda: len(alive()) >= count)
        parent.send_signal(number)
        out, err = parent.communicate(timeout=SOON)
        assert out == "cleaned up\n"
        # Python's own end after Ctrl-C, which the command line turns into a code
        assert parent.returncode == (-number if number == signal.SIGINT else 128 + number)
        assert ("Traceback" in err) == (number == signal.SIGINT)
        assert within(SOON, lambda: not alive())


def test_a_second_signal_does_not_interrupt_the_cleaning_up() -> None:
    code = """
import signal, time
from builder.processes import stoppable
with stoppable():
    try:
        signal.raise_signal(signal.SIGTERM)
    finally:
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGHUP)
        print("cleaned up")
"""
    with builder(code) as (parent, _):
        assert parent.communicate(timeout=SOON) == ("cleaned up\n", "")
        assert parent.returncode == 128 + signal.SIGTERM


@pytest.mark.parametrize("number", by_day(ENDS, [signal.SIGTERM]), ids=lambda number: number.name)
def test_a_signal_that_reaches_another_thread_is_answered_by_the_one_that_waits(number: signal.Signals) -> None:
    code = f"""
import signal, threading, time
from builder.processes import stoppable
def hit():
    time.sleep(0.2)
    signal.pthread_kill(threading.get_ident(), {number.value})
    time.sleep(600)
try:
    with stoppable():
        threading.Thread(target=hit, daemon=True).start()
        time.sleep(600)
finally:
    print("cleaned up")
"""
    with builder(code) as (parent, _):
        assert parent.communicate(timeout=SOON)[0] == "cleaned up\n"


def test_a_signal_that_was_ignored_before_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with processes.stoppable():
            signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_the_signals_mean_what_they_meant_when_the_block_is_over() -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    with pytest.raises(processes.Stopped) as stopped, processes.stoppable():
        signal.raise_signal(signal.SIGTERM)
    assert stopped.value.code == 128 + signal.SIGTERM
    assert [signal.getsignal(number) for number in SIGNALS] == before


def test_what_a_program_leaves_running_ends_with_it(tmp_path: Path) -> None:
    null = subprocess.DEVNULL
    command = ("sh", "-c", "sleep 600 & echo $! > pid; exit 3")
    with processes.child(command, tmp_path, os.environ, (null, null, null)) as process:
        assert process.wait(SOON) == 3
        pid = int((tmp_path / "pid").read_text(encoding="ascii"))
        assert within(SOON, lambda: not Path(f"/proc/{pid}").exists())


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("true",), 0),
        (("sh", "-c", "exit 7"), 7),
        (("sh", "-c", "kill -9 $$"), 128 + 9),
        (("no-such-program",), 127),
        (("/",), 126),
    ],
)
def test_a_program_ends_with_the_exit_code_that_a_shell_gives(
    command: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    null = subprocess.DEVNULL
    with processes.child(command, tmp_path, os.environ, (null, null, null)) as process:
        assert process.wait(SOON) == code


def test_an_exception_ends_the_program_at_once(tmp_path: Path) -> None:
    null = subprocess.DEVNULL
    with (
        pytest.raises(ZeroDivisionError),
        processes.child(FAMILY, tmp_path, os.environ, (null, null, null)) as process,
    ):
        raise ZeroDivisionError
    assert process.returncode == 128 + signal.SIGKILL


@pytest.mark.parametrize("size", [1, 2, 3])
def test_results_come_in_the_order_of_the_work_however_many_work(size: int) -> None:
    with processes.crew(size, []) as crew:
        assert list(crew.map(abs, ((str(number), -number) for number in range(20)))) == list(range(20))


def test_work_begins_before_its_result_is_asked_for() -> None:
    begun: list[int] = []
    results = processes.here().map(begun.append, [("one", 1), ("two", 2)])

    assert begun == [1]
    assert list(results) == [None, None]
    assert begun == [1, 2]


def test_what_fails_in_a_worker_fails_here() -> None:
    with pytest.raises(ValueError, match="x"), processes.crew(2, []) as crew:
        list(crew.map(int, [("good", "1"), ("bad", "x")]))


def test_a_worker_that_is_killed_is_one_error_that_names_its_work() -> None:
    work = [("清江街道", signal.SIGKILL), *((f"街道{number}", 0) for number in range(9))]
    with pytest.raises(ToolError) as caught, processes.crew(2, []) as crew:
        list(crew.map(killed_by, work))
    text, hint = said(str, caught.value.message)
    assert "清江街道" in text
    assert "--workers" in hint


def killed_by(number: int) -> None:
    if number:
        signal.raise_signal(number)


def test_a_value_is_read_once_by_each_process(tmp_path: Path) -> None:
    kept = processes.shared({"a": [1]}, tmp_path / "value.pickle")

    assert kept.get() == {"a": [1]}
    assert kept.get() is kept.get()


def test_another_value_in_the_same_place_is_another_value(tmp_path: Path) -> None:
    first = processes.shared(["old"], tmp_path / "value.pickle").get()

    assert (first, processes.shared(["new"], tmp_path / "value.pickle").get()) == (["old"], ["new"])


@pytest.mark.parametrize("size", [1, 2])
def test_workers_that_are_dismissed_have_ended_and_the_block_goes_on(size: int) -> None:
    with processes.crew(size, []) as crew:
        workers = set(crew.map(worker, [(str(number), number) for number in range(2 * size)])) - {os.getpid()}
        crew.dismiss()

        assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []
        assert bool(workers) is (size > 1)


def worker(_number: int) -> int:
    """Return the process that this runs in."""
    return os.getpid()
