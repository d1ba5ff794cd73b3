"""However a program fails, the error is one, in words of this program, and comes soon."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from builder.errors import ToolError
from builder.site import command
from builder.site.command import Program

NOISE = "sys.stdout.buffer.write({text}); sys.stdout.buffer.flush(); sys.exit(1)"


def program(*arguments: str) -> Program:
    return Program(
        arguments, shlex.join(arguments), "it could not be started ({reason})", "hint", "it gave {exit_code}"
    )


def python(code: str) -> Program:
    return program(sys.executable, "-c", f"import os, signal, sys; {code}")


def fail(wrong: Program, folder: Path) -> ToolError:
    with pytest.raises(ToolError) as caught:
        run(wrong, folder)
    return caught.value


def run(trusted: Program, folder: Path) -> None:
    with command.running(trusted, folder, subprocess.DEVNULL) as process:
        command.finish(trusted, process, folder)


def output(error: ToolError) -> list[str]:
    """What the program said, without the line that names it."""
    return str(error.message.values["output"]).splitlines()[1:]


def test_a_program_that_succeeds_is_believed(tmp_path: Path) -> None:
    run(python("print('done')"), tmp_path)


def test_a_code_is_told_with_what_the_program_said(tmp_path: Path) -> None:
    error = fail(program("sh", "-c", "echo out; echo err >&2; exit 9"), tmp_path)
    assert (str(error), error.message.hint) == ("it gave 9", command.OUTPUT)
    assert error.message.values["output"] == "$ sh -c 'echo out; echo err >&2; exit 9'\nout\nerr"


@pytest.mark.parametrize("name", ["SIGKILL", "SIGSEGV", "SIGTERM"])
def test_a_signal_is_told_by_its_name(name: str, tmp_path: Path) -> None:
    error = fail(python(f"os.kill(os.getpid(), signal.{name})"), tmp_path)
    assert (error.message.text, error.message.hint) == (command.KILLED, command.KILLED_HINT)
    assert error.message.values["signal"] == name


@pytest.mark.parametrize(
    ("path", "reason"), [("no-such-program", "No such file or directory"), ("/", "Permission denied")]
)
def test_a_program_that_cannot_be_started_says_why(path: str, reason: str, tmp_path: Path) -> None:
    error = fail(program(path), tmp_path)
    assert (str(error), error.message.hint) == (f"it could not be started ({reason})", "hint")
    assert error.message.values["command"] == path


def test_a_file_that_is_no_program_says_so(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"\0\1\2")
    (tmp_path / "text").chmod(0o755)
    assert str(fail(program(str(tmp_path / "text")), tmp_path)) == "it could not be started (Exec format error)"


def test_megabytes_of_output_are_cut_to_the_end(tmp_path: Path) -> None:
    error = fail(python(NOISE.format(text="b'x' * 50_000_000 + b'\\nlast\\n'")), tmp_path)
    lines = output(error)
    assert [len(lines[0]), lines[1:]] == [command.LINE_LENGTH, ["last"]]


def test_bytes_that_are_no_text_do_not_reach_the_terminal(tmp_path: Path) -> None:
    error = fail(python(NOISE.format(text="b'a\\xff\\x00\\x1b[31mred\\n\\xe7\\xbd\\x91'")), tmp_path)
    assert output(error) == ["a\ufffd\ufffd\ufffd[31mred", "网"]


def test_silence_is_quoted_too(tmp_path: Path) -> None:
    assert output(fail(program("false"), tmp_path)) == []


def test_a_process_that_the_program_leaves_behind_with_its_output_does_not_hold_us_up(tmp_path: Path) -> None:
    assert str(fail(program("sh", "-c", "sleep 600 & exit 4"), tmp_path)) == "it gave 4"


def test_nothing_of_the_environment_changes_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "p")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    error = fail(program("sh", "-c", "env; exit 1"), tmp_path)
    everything = (tmp_path / "said.txt").read_text(encoding="utf-8").splitlines()
    assert error.message.text == "it gave {exit_code}"
    assert [line for line in everything if line.startswith("PAGEFIND_")] == []
    assert "SOURCE_DATE_EPOCH=0" in everything
    assert f"TMPDIR={tmp_path / 'tmp'}" in everything
