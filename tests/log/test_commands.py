"""mingge key signing, key witness, verify and witness, as they are typed."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from builder.cli import app
from builder.log import LOG, WITNESS, made_on, read_key, verify
from tests.browser.plain_server import served
from tests.log import made
from tests.log.test_verify import said

ROOT = Path(__file__).parents[2]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return made.published(tmp_path / "target")


def test_a_signing_key_is_named_after_the_site_and_its_public_part_is_printed_alone(tmp_path: Path) -> None:
    found = run("key", "signing", tmp_path / "key", "--config", ROOT / "mkdocs.yml", "--lang", "en")

    key = read_key(tmp_path / "key", LOG)
    assert (found.exit_code, found.stdout, key.name) == (0, f"{key.verifier}\n", "mingge.example/log")
    assert abs((date.today() - (made_on(tmp_path / "key") or date.min)).days) <= 1
    assert "copy in a safe" in found.stderr
    assert str(tmp_path / "key") in found.stderr


def test_a_signing_key_without_a_name_is_a_mistake(tmp_path: Path) -> None:
    found = run("key", "signing", tmp_path / "key", "--config", tmp_path / "mkdocs.yml", "--lang", "en")
    assert found.exit_code == 2
    assert "--origin example.com/log" in found.stderr


def test_a_witness_s_key_is_of_another_kind(tmp_path: Path) -> None:
    found = run("key", "witness", tmp_path / "key", "--name", "w.example/1", "--lang", "en")
    assert (found.exit_code, found.stdout) == (0, f"{read_key(tmp_path / 'key', WITNESS).verifier}\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_verify_says_what_verify_py_says(target: Path, lang: str) -> None:
    found = run("verify", target, "--vkey", made.KEY.verifier, "--lang", lang)
    lines = said(target, vkey=str(made.KEY.verifier), is_chinese=lang == "zh")
    assert (found.exit_code, found.stdout.splitlines()) == lines


def test_verify_tells_what_is_wrong_from_what_cannot_be_reached(target: Path, tmp_path: Path) -> None:
    (target / "current" / "index.html").write_bytes(b"")
    assert run("verify", target).exit_code == 1
    assert run("verify", tmp_path / "nowhere").exit_code == 2


def test_a_witness_prints_a_cosigned_checkpoint_that_readers_can_use(target: Path, tmp_path: Path) -> None:
    run("key", "witness", tmp_path / "key", "--name", "w.example/1")
    vkey = str(read_key(tmp_path / "key", WITNESS).verifier)
    with served(made.web(target, tmp_path / "web")) as address:
        arguments = ("witness", address, "--state", tmp_path / "state", "--key", tmp_path / "key", "--lang", "en")
        found = run(*arguments)
        assert found.exit_code == 0
        assert "has only grown since the 0 checkpoints seen before" in found.stderr
        assert "the key was taken from the site itself" in found.stderr
        assert found.stdout.startswith(made.checkpoint(target).decode())
        assert (tmp_path / "state" / "checkpoint").read_text("utf-8") == found.stdout

        made.published(target, {"a": b"b"}, "2026-11-01")
        later = run(*arguments)
        assert "has only grown since the 1 checkpoints seen before" in later.stderr
        assert "the key was taken" not in later.stderr
        (tmp_path / "note").write_text(later.stdout, "utf-8")
    checked = run("verify", target, "--against", tmp_path / "note", "--witness", vkey, "--lang", "en")
    assert checked.exit_code == 0
    assert "(2 entries): cosigned by w.example/1 at 20" in checked.stdout


def test_a_witness_without_a_key_prints_the_checkpoint_as_it_is(target: Path, tmp_path: Path) -> None:
    found = run("witness", target, "--state", tmp_path / "state")
    assert (found.exit_code, found.stdout) == (0, made.checkpoint(target).decode())


def test_a_witness_signs_and_remembers_nothing_of_a_history_that_was_rewritten(target: Path, tmp_path: Path) -> None:
    arguments = ("witness", target, "--state", tmp_path / "state", "--lang", "en")
    assert run(*arguments).exit_code == 0
    before = made.contents(tmp_path / "state")
    shutil.rmtree(target / "log")
    made.grown(target / "log", 0, 2)

    found = run(*arguments)
    assert (found.exit_code, found.stdout) == (1, "")
    assert "WRONG  history was rewritten" in found.stderr
    assert made.contents(tmp_path / "state") == before


def test_a_witness_who_cannot_reach_the_site_says_so(tmp_path: Path) -> None:
    found = run("witness", "http://127.0.0.1:9/", "--state", tmp_path / "state")
    assert (found.exit_code, found.stdout) == (2, "")


def test_a_witness_who_cannot_remember_signs_nothing(target: Path, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file", "utf-8")
    found = run("witness", target, "--state", tmp_path / "state", "--lang", "en")
    assert (found.exit_code, found.stdout) == (3, "")
    assert "cannot be written" in found.stderr


def test_a_log_key_does_not_cosign(target: Path, tmp_path: Path) -> None:
    run("key", "signing", tmp_path / "key", "--origin", "a.example/log")
    found = run("witness", target, "--state", tmp_path / "state", "--key", tmp_path / "key", "--lang", "en")
    assert found.exit_code == 2
    assert "mingge key witness FILE" in found.stderr


def test_the_log_is_that_of_verify_py(target: Path) -> None:
    assert verify.log_of(verify.Folder(target / "log"), made.KEYS).checkpoint.size == 1
