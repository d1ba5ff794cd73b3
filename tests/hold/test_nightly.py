"""A night is one command: what it says, how it ends, whom it tells, and what it never says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from builder import load
from builder.cli import app
from builder.cli.nightly import pulled
from builder.cli.order import Asked, Order
from builder.cli.upkeep import Watched, kept_up
from builder.errors import ToolError
from builder.language import translator
from tests.console import ROOT, replace

SECRET = "key=0a1b2c"  # noqa: S105 - of no robot


class Robot(HTTPServer):
    """A robot that remembers what it was told. `answer`: code, headers and body."""

    heard: list[tuple[str, Any]]
    answer: tuple[int, dict[str, str], bytes]


class Hearing(BaseHTTPRequestHandler):
    server: Robot

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, json.loads(body)))
        code, headers, said = self.server.answer
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def robot() -> Iterator[Robot]:
    with Robot(("127.0.0.1", 0), Hearing) as server:
        server.heard, server.answer = [], (200, {}, b'{"errcode": 0, "errmsg": "ok"}')
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def package(public_package: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(public_package, tmp_path / "package"))


CONFIG = ROOT / "mkdocs.yml"


def night(package: Path, config: Path, *options: object) -> tuple[int, str]:
    """Return exit code and all that was said."""
    folder = package.parent
    done = CliRunner().invoke(app, [
        "nightly", str(package), "--target", str(folder / "target"), "--output", str(folder / "site"), "--no-pull",
        "--config", str(config), "--lang", "en", "--workers", "1", "--cache", str(folder / "cache"), *map(str, options),
    ])  # fmt: skip
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def broken_tree(package: Path) -> None:
    replace(package / "grid.csv", "\"990001001001001\",", "\"13812345678\",")


FAILED = "The night failed: the data has errors. What was published before is still served."


def test_a_night_whose_errors_cannot_be_held_ends_with_1_and_publishes_nothing(package: Path, english: Path) -> None:
    broken_tree(package)
    code, text = night(package, english)
    assert (code, text.splitlines()[-1]) == (1, FAILED)
    assert not (package.parent / "target" / "releases").exists()


def test_a_mistake_in_the_project_ends_with_2(package: Path, english: Path) -> None:
    (package / "datapackage.json").write_text("{", encoding="utf-8")
    code, text = night(package, english)
    assert (code, text.splitlines()[-1].partition(".")[0]) == (2, "The night failed: a mistake in the project")


def test_a_folder_of_somebody_else_is_no_target_and_stays_as_it_is(package: Path, english: Path) -> None:
    target = package.parent / "target"
    target.mkdir()
    (target / "letter.txt").write_text("", "utf-8")
    assert night(package, english)[0] == 2
    assert [path.name for path in target.iterdir()] == ["letter.txt"]


def test_a_robot_is_told_of_a_failed_night_and_nobody_is_told_its_address(
    package: Path, english: Path, robot: Robot, tmp_path: Path
) -> None:
    broken_tree(package)
    file = tmp_path / "webhook"
    file.write_text(f"http://127.0.0.1:{robot.server_port}/send?{SECRET}\n", "utf-8")
    code, text = night(package, english, "--webhook-file", file, "--night", tmp_path / "night.json")

    assert code == 1
    ((path, said),) = robot.heard
    assert path == f"/send?{SECRET}"
    assert said["msgtype"] == "text"
    assert said["text"]["content"].splitlines()[0] == FAILED
    assert SECRET not in text
    assert "13812345678" not in json.dumps(said)
    assert json.loads((tmp_path / "night.json").read_text("utf-8"))["code"] == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((500, {}, b""), "HTTP 500"), ((302, {"Location": "http://127.0.0.1:9/"}, b""), "HTTP 302"),
        ((200, {}, b'{"errcode": 93000}'), "errcode 93000"), ((200, {}, b"<html>"), "JSONDecodeError"),
    ],
)  # fmt: skip
def test_a_robot_that_did_not_hear_is_a_line_and_the_night_ends_as_it_did(
    answer: tuple[int, dict[str, str], bytes], reason: str, package: Path, english: Path, robot: Robot, tmp_path: Path
) -> None:
    (package / "datapackage.json").write_text("{", encoding="utf-8")
    robot.answer = answer
    (tmp_path / "webhook").write_text(f"http://127.0.0.1:{robot.server_port}/{SECRET}", "utf-8")
    code, text = night(package, english, "--webhook-file", tmp_path / "webhook")
    assert code == 2
    assert f"the robot was not told how the night ended: {reason}" in text
    assert SECRET not in text


@pytest.mark.parametrize("text", ["", "ftp://x", "https://a b", "two\nhttps://lines"])
def test_a_file_without_an_address_is_refused_without_quoting_it(
    text: str, package: Path, english: Path, tmp_path: Path
) -> None:
    (tmp_path / "webhook").write_text(text, "utf-8")
    code, said = night(package, english, "--webhook-file", tmp_path / "webhook")
    assert (code, "does not hold the address of a robot" in said) == (2, True)


def test_a_mail_goes_through_a_program_of_this_machine(package: Path, english: Path, tmp_path: Path) -> None:
    (package / "datapackage.json").write_text("{", encoding="utf-8")
    program = tmp_path / "sendmail"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/args\ncat > {tmp_path}/mail\n', "utf-8")
    program.chmod(0o755)
    assert night(package, english, "--mail", "a@example.org", "--sendmail", program)[0] == 2
    assert (tmp_path / "args").read_text("utf-8") == "-t -i\n"
    assert "To: a@example.org\nSubject: The night failed: a mistake" in (tmp_path / "mail").read_text("utf-8")

    code, text = night(package, english, "--mail", "a@example.org", "--sendmail", tmp_path / "none")
    assert (code, "no mail was sent about the night" in text) == (2, True)
    assert night(package, english, "--mail", "-oQ/tmp@x")[0] == 2


def test_a_good_night_tells_what_ends_soon_and_who_is_told_by_mail_hears_of_it(package: Path, tmp_path: Path) -> None:
    settings = yaml.safe_load(CONFIG.read_text("utf-8"))
    soon, later = (date.today() + timedelta(days) for days in (7, 89))
    settings["extra"]["mingge"]["reminders"] = {"域名 grid.example": soon, "备案": later, "更远的事": date(9000, 1, 1)}
    settings["docs_dir"], settings["theme"]["custom_dir"] = str(ROOT / "docs"), str(ROOT / "templates" / "theme")
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    program = tmp_path / "sendmail"
    program.write_text(f'#!/bin/sh\ncat > {tmp_path}/mail\n', "utf-8")
    program.chmod(0o755)
    code, text = night(
        package, tmp_path / "mkdocs.yml", "--certificate", tmp_path / "none.pem", "--mail", "a@example.org",
        "--sendmail", program, "--night", tmp_path / "night.json",
    )  # fmt: skip
    mail = message_from_bytes((tmp_path / "mail").read_bytes(), policy=default)

    assert code == 0, text
    assert f"The last day of 域名 grid.example is {soon}." in text
    assert f"The last day of 备案 is {later}." in text
    assert "none.pem cannot be read." in text
    assert "更远的事" not in text
    assert re.fullmatch("The night went well: .* To be seen to: [1-9].", str(mail["Subject"]))
    assert "域名 grid.example" in mail.get_content()
    assert "备案" not in mail.get_content(), "it is 89 days away, and told again at 60"
    told = json.loads((tmp_path / "night.json").read_text("utf-8"))
    assert ("reminder", soon.isoformat()) in {(item["code"], item["day"]) for item in told["upkeep"]}


def test_what_ends_is_said_after_a_night_that_failed_too(package: Path, english: Path, tmp_path: Path) -> None:
    broken_tree(package)
    code, text = night(package, english, "--certificate", tmp_path / "none.pem", "--on-error", "fail")
    assert (code, "none.pem cannot be read." in text, text.splitlines()[-1]) == (1, True, FAILED)


def seen_to(package: Path, keys: Sequence[Path], site: Path | None) -> list[str]:
    """Return what is said to be seen to."""
    order = Order(package, package.parent / "site", "", Asked("en"), None)
    return [*kept_up(order, load.site_config(CONFIG), Watched(keys), translator("en"), site).lines]


@pytest.mark.parametrize(("is_demonstration", "days"), [(False, 400), (True, 400), (False, 29)])
def test_nothing_new_for_long_is_said_of_what_is_no_demonstration(
    is_demonstration: bool, days: int, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    descriptor["mingge"]["demonstration"] = is_demonstration
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (tmp_path / "site" / "changes").mkdir(parents=True)
    (tmp_path / "site" / "changes" / "history.json").write_text('{"updated": "2026-10-31"}', "utf-8")
    monkeypatch.setattr("builder.cli.upkeep.today", lambda _: date(2026, 10, 31) + timedelta(days))
    found = [line for line in seen_to(package, (), tmp_path / "site") if line.startswith("Nothing newer")]
    assert found == [
        f"Nothing newer than of 2026-10-31 is shown, {days} days ago. Every page says so.\n"
        "  see whether files are handed in, and whether what is handed in is held back"
    ][: days == 400 and not is_demonstration]  # fmt: skip


def test_a_key_that_is_old_is_said_and_one_on_its_way_out_is_not(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old.key", tmp_path / "new.key"
    for path in (old, new):
        assert CliRunner().invoke(app, ["key", "signing", str(path), "--origin", "grid.example/log"]).exit_code == 0
    old.write_text(re.sub("(?m)^# made .*", "# made 2020-01-01", old.read_text("utf-8")), "utf-8")
    monkeypatch.setattr("builder.cli.upkeep.today", lambda _: date(2026, 10, 31))

    assert "The key old.key was made on 2020-01-01" in "".join(seen_to(package, (old,), None))
    assert "was made on" not in "".join(seen_to(package, (old, new), None))


# ── git ──────────────────────────────────────────────────────────────────────────────────────────


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_what_was_pushed_is_pulled_and_history_that_was_rewritten_is_not(tmp_path: Path) -> None:
    english = translator("en")
    work = tmp_path / "work"
    work.mkdir()
    assert list(pulled(work, english)) == ["Not pulled: the package lies in no git repository."]
    git(work, "init")
    for text in ("1", "2"):
        (work / "a.csv").write_text(text, "utf-8")
        git(work, "add", "--all")
        git(work, "commit", "-m", text)
        if text == "1":
            assert list(pulled(work, english)) == ["Not pulled: the branch follows no other."]
            git(tmp_path, "clone", str(work), "clone")
    assert list(pulled(tmp_path / "clone", english)) == []
    assert (tmp_path / "clone" / "a.csv").read_text("utf-8") == "2"

    git(work, "commit", "--amend", "-m", "another past")
    with pytest.raises(ToolError, match="git pull failed"):
        list(pulled(tmp_path / "clone", english))


# ── whole nights ─────────────────────────────────────────────────────────────────────────────────


def test_on_a_first_night_what_is_broken_is_not_published_and_pages_say_so(package: Path) -> None:
    replace(package / "duty.csv", "2026-", "2026x")
    code, text = night(package, CONFIG, "--night", package.parent / "night.json")
    assert (code, text.splitlines()[-1].partition(":")[0]) == (4, "Published, but 1 files were held back"), text
    current = package.parent / "target" / "current"
    for page in ("index.html", "grid/990001001001001/index.html", "quality/index.html"):
        assert re.search(r'<p class="mg-warning mg-held">[^<]*2026-10-31', (current / page).read_text("utf-8"))
    assert "2026x" not in (current / "quality" / "index.html").read_text("utf-8")
    assert not (current / "data" / "duty.csv").exists()
    told = json.loads((package.parent / "night.json").read_text("utf-8"))
    assert [(item["path"], item["since"]) for item in told["held"]] == [("duty.csv", "2026-10-31")]
    assert told["release"] == current.readlink().name
    assert not (current / "kept").exists()


@pytest.mark.nightly
def test_three_nights_good_broken_and_mended(package: Path) -> None:
    current = package.parent / "target" / "current"
    code, text = night(package, CONFIG)
    assert code == 0, text
    first = current.readlink()
    whole = (package / "duty.csv").read_text("utf-8")
    replace(package / "duty.csv", "2026-", "2026x")
    code, text = night(package, CONFIG, "--as-of", "2026-11-01")
    assert (code, "duty.csv: held back since 2026-11-01" in text) == (4, True)
    assert re.search(r'<p class="mg-warning mg-held">[^<]*2026-10-31', (current / "index.html").read_text("utf-8"))
    assert (current / "data" / "duty.csv").read_bytes() == (current.parent / first / "data" / "duty.csv").read_bytes()
    (package / "duty.csv").write_text(whole, "utf-8")
    assert night(package, CONFIG, "--as-of", "2026-11-02")[0] == 0
    assert "mg-held" not in (current / "index.html").read_text("utf-8")
    assert len(list((package.parent / "target" / "releases").iterdir())) == 3
