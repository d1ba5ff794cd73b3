"""What is private lies apart from what is public, and the public folder is written file by file, whole."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from builder.errors import BuilderError, ToolError
from builder.intake import keep_apart, put
from tests.console import said
from tests.intake.making import files


def write(folder: Path, contents: dict[str, str]) -> Path:
    for name, text in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


NEW = {
    "case.csv": "new", "grid.csv": "same", "schemas/case.json": "{}", "datapackage.json": "new",
    "attachments/b.pdf": "b",
}  # fmt: skip
OLD = {
    "case.csv": "old", "grid.csv": "same", "datapackage.json": "old", "README.md": "mine", "notes/of-mine.csv": "1",
    "attachments/a.pdf": "a", "attachments/.keep": "", ".git/config": "x",
}  # fmt: skip


def test_files_that_differ_are_written_and_nothing_else_is_touched(tmp_path: Path) -> None:
    made, target = write(tmp_path / "made", NEW), write(tmp_path / "target", OLD)
    same = (target / "grid.csv").stat()
    changed = put(made, target)

    assert changed == ("attachments/b.pdf", "case.csv", "schemas/case.json", "datapackage.json", "attachments/a.pdf")
    assert {name: text.decode() for name, text in files(target).items()} == {
        **{name: text for name, text in OLD.items() if name != "attachments/a.pdf"}, **NEW,
    }  # fmt: skip
    assert (target / "grid.csv").stat() == same
    assert put(made, target) == ()


def test_a_link_in_the_public_folder_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    made, target = write(tmp_path / "made", {"case.csv": "new"}), write(tmp_path / "target", {})
    target.mkdir()
    (tmp_path / "elsewhere.csv").write_text("mine")
    (target / "case.csv").symlink_to(tmp_path / "elsewhere.csv")
    put(made, target)

    assert ((tmp_path / "elsewhere.csv").read_text(), (target / "case.csv").read_text()) == ("mine", "new")
    assert not (target / "case.csv").is_symlink()


@pytest.mark.parametrize("step", range(4))
def test_what_was_interrupted_is_whole_file_by_file_and_ends_whole_when_it_is_run_again(
    step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, target = write(tmp_path / "made", NEW), write(tmp_path / "target", OLD)
    real = os.replace
    done: list[Path] = []

    def fails(self: Path, other: Path) -> Path:
        if len(done) == step:
            raise OSError(28, "No space left on device", str(other))
        done.append(other)
        real(self, other)
        return other

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(ToolError):
        put(made, target)
    now = {name: text.decode() for name, text in files(target).items() if not name.endswith(".mingge-part")}
    assert {name for name, text in now.items() if text not in {OLD.get(name), NEW.get(name)}} == set()
    # the descriptor comes last: until then the folder says that it is what it was
    assert now["datapackage.json"] == "old"
    monkeypatch.undo()
    put(made, target)

    assert {name: text.decode() for name, text in files(target).items()} == {
        **{name: text for name, text in OLD.items() if name != "attachments/a.pdf"}, **NEW,
    }  # fmt: skip


APART = {
    "the same folder": ("data", "data"),
    "private inside of public": ("data/private", "data"),
    "public inside of private": ("data", "data/public"),
    "private in the repository of the public one": ("repository/private", "repository/datasets"),
    "private by way of a link": ("link", "data"),
}


@pytest.mark.parametrize(("private", "public"), APART.values(), ids=APART)
def test_private_data_where_public_data_is_is_refused(private: str, public: str, tmp_path: Path) -> None:
    for name in ("repository/.git", "data/private"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "data" / "private")
    with pytest.raises(BuilderError):
        keep_apart(tmp_path / private, tmp_path / public)


def test_private_data_beside_the_repository_is_not(tmp_path: Path) -> None:
    for name in ("repository/.git", "private", "repository-of-another"):
        (tmp_path / name).mkdir(parents=True)
    keep_apart(tmp_path / "private", tmp_path / "repository" / "datasets")
    keep_apart(tmp_path / "repository-of-another", tmp_path / "repository" / "datasets")


def test_a_private_package_with_errors_writes_nothing(small_raw: Path, own_package: Path, tmp_path: Path) -> None:
    grid = (own_package / "grid.csv").read_text(encoding="utf-8")
    (own_package / "grid.csv").write_text(grid.replace("990001001001002,", "990001001001001,"), encoding="utf-8")
    target = write(tmp_path / "public", OLD)
    before = files(target)
    code, _ = said("intake", own_package, "--output", target)

    assert (code, files(target) == before) == (1, True)
    assert said("intake", own_package, "--output", tmp_path / "new")[0] == 1
    assert not (tmp_path / "new").exists()


def test_the_command_writes_what_may_be_published_and_says_how_much(small_raw: Path, tmp_path: Path) -> None:
    command = ["intake", str(small_raw), "--output", str(tmp_path / "public"), "--workers", "1"]
    first, again = (CliRunner().invoke(app, command) for _ in range(2))
    described = json.loads((tmp_path / "public" / "datapackage.json").read_text(encoding="utf-8"))

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert described["mingge"]["repository"] == "public"
    assert "case_statistic" in first.stdout
    assert "case_statistic" not in again.stdout  # what was counted once is not counted again
