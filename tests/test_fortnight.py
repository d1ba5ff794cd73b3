"""A fortnight of nights: arrivals, a correction, a broken file, a crash, a rollback, a release that somebody drops.

Afterwards the public record is checked by `verify.py` alone, as it is published.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.console import ROOT

FIRST = date(2026, 10, 31)
"""The day that the figures of the first night describe."""


class District:
    """A public package, the target it is published to, and the log's key."""

    def __init__(self, package: Path, folder: Path) -> None:
        self.package, self.folder = package, folder
        self.target, self.key, self.known = folder / "target", folder / "log.key", folder / "known.json"
        self.day = FIRST
        self.said = ""
        assert self.run("key", "signing", str(self.key), "--origin", "grid.example/log") == 0

    def run(self, *words: str) -> int:
        done = subprocess.run(
            [sys.executable, "-m", "builder", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        self.said = done.stdout + done.stderr
        return done.returncode

    @property
    def words(self) -> tuple[str, ...]:
        return (
            "nightly", str(self.package), "--target", str(self.target), "--log-key", str(self.key), "--no-pull",
            "--output", str(self.folder / "site"), "--cache", str(self.folder / "cache"), "--keep", "20",
            "--as-of", self.day.isoformat(),
        )  # fmt: skip

    def night(self) -> int:
        """Go through one night, and on to the next day. Returns the exit code."""
        code = self.run(*self.words)
        self.day += timedelta(1)
        return code

    def crash(self, seconds: float) -> None:
        """Go through a night that is killed."""
        with subprocess.Popen(
            [sys.executable, "-m", "builder", *self.words], cwd=ROOT, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as night:  # fmt: skip
            time.sleep(seconds)
            assert night.poll() is None, "it was over before"
            os.killpg(night.pid, signal.SIGKILL)
        self.day += timedelta(1)

    @property
    def current(self) -> str:
        return (self.target / "current").readlink().name

    def verified(self) -> int:
        """Check the record with the program that the site offers, and nothing of this project beside it."""
        seen = self.folder / "seen"  # as a web server shows it: one release, and the log
        shutil.rmtree(seen, ignore_errors=True)
        shutil.copytree(self.target / "current", seen)
        shutil.copytree(self.target / "log", seen / "log")
        done = subprocess.run(
            [sys.executable, "-I", seen / "verify" / "verify.py", seen, "--known", self.known],
            cwd=self.folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        self.said = done.stdout + done.stderr
        return done.returncode

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.package / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, name: str, rows: list[dict[str, str]]) -> None:
        with (self.package / name).open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            table.writeheader()
            table.writerows(rows)

    def changed(self, name: str, row: int, cells: dict[str, str]) -> dict[str, str]:
        """Change a row and return it as it was."""
        rows = self.rows(name)
        before = rows[row]
        rows[row] = before | cells
        self.write(name, rows)
        return before

    @property
    def updated(self) -> str:
        """The day of the last data, as the site that is served says."""
        return str(json.loads(self.served("changes/history.json"))["updated"])

    def served(self, path: str) -> str:
        return (self.target / "current" / path).read_text(encoding="utf-8")


# a package, and after how many seconds of a night a crash is in the midst of it
@pytest.mark.nightly
@pytest.mark.parametrize(("package", "seconds"), [("small", 2.5), ("demonstration", 15)])
def test_a_fortnight_of_nights_leaves_a_record_that_anybody_can_check(
    package: str, seconds: float, public_package: Path, tmp_path: Path
) -> None:
    source = public_package if package == "small" else ROOT / "datasets"
    district = District(Path(shutil.copytree(source, tmp_path / "package")), tmp_path)
    assert district.night() == 0, district.said
    first = district.current
    assert district.verified() == 0, district.said

    # arrivals: something is done that was open
    open_one = next(n for n, row in enumerate(district.rows("duty.csv")) if not row["done_date"])
    district.changed("duty.csv", open_one, {"done_date": FIRST.isoformat()})
    assert district.night() == 0, district.said

    # a correction, with its reason
    was = district.changed("disclosure.csv", 0, {"title": "更正以后的标题"})
    with (district.package / "corrections.csv").open("a", encoding="utf-8", newline="") as file:
        cells = ["disclosure", was["disclosure_id"], "title", district.day.isoformat(), "标题写错", ""]
        csv.writer(file, lineterminator="\n").writerow(cells)
    assert district.night() == 0, district.said
    assert "更正以后的标题" in district.served("changes/index.html")
    assert "标题写错" in district.served("changes/index.html")

    # a broken file, three nights long; what else arrives is published
    whole = (district.package / "roster.csv").read_bytes()
    district.changed("roster.csv", 1, {"start": "二十一日"})
    for number in range(3):
        district.changed("disclosure.csv", 1, {"title": f"第 {number} 夜的标题"})
        assert district.night() == 4, district.said
        assert f"第 {number} 夜的标题" in district.served("changes/index.html")
        assert "最新提交未通过校验" in district.served("quality/index.html")
        assert "二十一日" not in district.served("quality/index.html")
    (district.package / "roster.csv").write_bytes(whole)
    assert district.night() == 0, district.said
    assert "最新提交未通过校验" not in district.served("quality/index.html")
    assert district.verified() == 0, district.said

    # a crash in the middle of a night
    before = district.current
    district.crash(seconds)
    assert district.verified() == 0, district.said
    assert district.night() == 0, district.said
    assert district.current != before
    assert district.updated == (FIRST + timedelta(5)).isoformat(), "the mended roster is what was shown all the time"

    # a rollback, and forward again
    assert district.run("rollback", str(district.target), first, "--log-key", str(district.key)) == 0, district.said
    assert district.current == first
    assert district.verified() == 0, district.said
    assert district.night() == 0, district.said

    # somebody drops the last release: the log knows of it
    last, older = district.current, before
    (district.target / "current").unlink()
    (district.target / "current").symlink_to(Path("releases") / older)
    assert district.verified() == 1, district.said
    # and rewrites the log as well: who came before notices
    kept = tmp_path / "log"
    shutil.copytree(district.target / "log", kept)
    shutil.rmtree(district.target / "log")
    assert district.run("rollback", str(district.target), last, "--log-key", str(district.key)) == 0, district.said
    assert district.verified() == 1, district.said
    shutil.rmtree(district.target / "log")
    shutil.copytree(kept, district.target / "log")

    for _ in range(4):
        assert district.night() == 0, district.said
    assert district.verified() == 0, district.said
    assert district.updated == (FIRST + timedelta(9)).isoformat(), "the night after the rollback served it anew"
    assert district.day - FIRST == timedelta(14)
