"""A desk in a process of its own: what it leaves behind, who is answered, and what names and tabs may do."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console import ROOT
from tests.desk.opened import Opened, git, opened, repository
from tests.sharing import by_day


@pytest.fixture(scope="module")
def package(public_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository(Path(shutil.copytree(public_package, tmp_path_factory.mktemp("desk") / "package")))


@pytest.fixture(scope="module")
def desk(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with opened(package, tmp_path_factory.mktemp("opened")) as found:
        yield found


def grid(package: Path, old: str = "", new: str = "") -> bytes:
    return (package / "grid.csv").read_text(encoding="utf-8").replace(old, new, 1).encode()


def tried(desk: Opened, room: str, headers: dict[str, str], name: str, data: bytes) -> tuple[str, str]:
    """Return the path of a trial and its page."""
    answer = desk.bring(room, headers, {name: data})
    assert answer.status == 303, answer
    path = f"{room}{answer.headers['Location']}"
    return path, desk.settled(path, headers)


def test_a_second_desk_on_the_same_package_says_so(desk: Opened, package: Path) -> None:
    command = [sys.executable, "-m", "builder", "desk", str(package), "--no-browser", "--lang", "en"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"another desk works on {package} already\n")


def test_the_name_of_a_file_is_words_and_no_path(desk: Opened, package: Path) -> None:
    room, headers = desk.enter()
    before = {path for path in package.parent.rglob("*") if ".git" not in path.parts}
    names = ("../../../grid.csv", "..\\..\\grid.csv", "/etc/grid.csv", "C:\\网格\\grid.csv")
    answer = desk.bring(room, headers, dict.fromkeys(names, grid(package)))
    path = f"{room}{answer.headers['Location']}"
    page = desk.settled(path, headers)
    assert "Trying grid.csv, grid.csv, grid.csv, grid.csv" in page
    assert "two files are for the same table" in page
    assert {path for path in package.parent.rglob("*") if ".git" not in path.parts} == before
    assert not any(found.name == "grid.csv" for found in desk.temporary.rglob("*"))
    desk.ask("POST", f"{path}drop", headers)


def test_what_is_brought_stands_in_no_page_as_markup(desk: Opened, package: Path) -> None:
    room, headers = desk.enter()
    data = grid(package, "综合", "<script>alert(1)</script>")
    path, page = tried(desk, room, headers, "<img src=x onerror=alert(1)>.csv", data)
    assert "<img" not in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    desk.ask("POST", f"{path}drop", headers)


def test_paths_and_tokens_lead_nowhere_else(desk: Opened) -> None:
    room, headers = desk.enter()
    for path in (
        "trial/none/", "preview/none/index.html", "preview/..%2f..%2fetc/passwd", "static/../guard.py",
        "trial/../state", "trial/none/workbook/0", "trial/none/mended/..%2f0", "nowhere",
    ):  # fmt: skip
        assert desk.ask("GET", f"{room}{path}", headers).status in (404, 403), path
    assert desk.ask("GET", "/static/guard.py", headers).status == 404
    assert desk.ask("GET", "/static/..%2fguard.py", headers).status == 404


def test_of_two_tabs_that_save_the_second_hears_that_the_package_has_changed(desk: Opened, package: Path) -> None:
    room, headers = desk.enter()
    form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
    before = (package / "grid.csv").read_bytes()
    first, _ = tried(desk, room, headers, "grid.csv", grid(package, "柴米第一网格", "柴米甲网格"))
    second, _ = tried(desk, room, headers, "grid.csv", grid(package, "柴米第一网格", "柴米乙网格"))
    assert desk.ask("POST", f"{first}save", form, b"message=first").status == 303
    refused = desk.ask("POST", f"{second}save", form, b"message=second")
    assert (refused.status, "the package has changed" in refused.text) == (409, True)
    assert "柴米甲网格" in (package / "grid.csv").read_text(encoding="utf-8")
    assert git(package, "log", "-1", "--format=%s").strip() == "first"

    (package / "grid.csv").write_bytes(before)
    undone = desk.ask("POST", f"{room}undo", form, b"message=undo")
    assert (undone.status, "something else has been changed" in undone.text) == (409, True)
    git(package, "checkout", "--", "grid.csv")
    assert desk.ask("POST", f"{room}undo", form, b"message=undo").status == 303
    assert (package / "grid.csv").read_bytes() == before
    assert desk.ask("POST", f"{room}undo", form, b"message=undo").status == 409
    desk.ask("POST", f"{second}drop", headers)


def test_a_file_with_errors_is_not_saved_whoever_asks(desk: Opened, package: Path) -> None:
    room, headers = desk.enter()
    form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
    before = (package / "grid.csv").read_bytes()
    path, _ = tried(desk, room, headers, "grid.csv", grid(package, "综合", "综和"))
    assert desk.ask("POST", f"{path}save", form, b"message=x").status == 409
    assert desk.ask("POST", f"{path}preview", form, b"").status == 409
    assert (package / "grid.csv").read_bytes() == before
    desk.ask("POST", f"{path}drop", headers)


@pytest.fixture
def near(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a short name: that of a socket has 107 characters at most."""
    return tmp_path_factory.mktemp("d")


@pytest.mark.nightly
def test_saved_without_a_repository_it_can_be_undone(public_package: Path, near: Path) -> None:
    package = Path(shutil.copytree(public_package, near / "package"))
    before = (package / "grid.csv").read_bytes()
    with opened(package, near) as desk:
        room, headers = desk.enter()
        form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
        path, _ = tried(desk, room, headers, "网格.csv", grid(package, "柴米第一网格", "柴米甲网格"))
        assert desk.ask("POST", f"{path}save", form, b"").status == 303
        assert (package / "grid.csv").read_bytes() != before
        assert desk.ask("POST", f"{room}undo", form, b"").status == 303
        assert (package / "grid.csv").read_bytes() == before
        assert not (package / ".mingge-desk").exists()

        bring = desk.bring(room, headers, {"grid.csv": grid(package)})  # killed in the middle of its work
        assert bring.status == 303
        desk.process.send_signal(signal.SIGINT)
        begun = time.monotonic()
        desk.process.wait(15)
        assert time.monotonic() - begun < 5, "it ends at once"
        assert list(desk.temporary.glob("mingge-desk-*")) == []


@pytest.mark.parametrize(
    "number", by_day([signal.SIGTERM, signal.SIGKILL], [signal.SIGTERM]), ids=lambda number: number.name
)
def test_nothing_temporary_is_left_for_long(number: signal.Signals, public_package: Path, near: Path) -> None:
    package = Path(shutil.copytree(public_package, near / "package"))
    with opened(package, near) as desk:
        room, headers = desk.enter()
        desk.bring(room, headers, {"grid.csv": grid(package)})
        desk.process.send_signal(number)
        desk.process.wait(15)
        left = list(desk.temporary.glob("mingge-desk-*"))
    if number is signal.SIGKILL:
        assert len(left) == 1
        assert left[0].stat().st_mode & 0o777 == 0o700
        with opened(package, near) as desk:
            assert left[0] not in set(desk.temporary.glob("mingge-desk-*"))
    else:
        assert left == []


@pytest.mark.nightly
def test_work_that_cannot_be_begun_is_one_sentence_and_the_next_is_tried(public_package: Path, tmp_path: Path) -> None:
    package = Path(shutil.copytree(public_package, tmp_path / "package"))
    too_long = tmp_path / ("a" * 90)  # a socket there has a name that the system refuses
    too_long.mkdir()
    with opened(package, too_long) as desk:
        room, headers = desk.enter()
        for _ in range(2):
            assert "the work cannot be begun" in desk.settled(room, headers)


def test_the_command_line_says_nothing_that_a_cell_could_say(desk: Opened) -> None:
    assert re.fullmatch(
        r"The desk is open at http://127\.0\.0\.1:[0-9]+/enter/\S+\n.*\n", desk.said.read_text(encoding="utf-8")
    )
