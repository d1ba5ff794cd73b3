"""Only the saved files are committed; whatever else was staged stays staged, and nothing is pushed."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.desk.git import Author, Repository
from builder.desk.git import repository as found
from builder.errors import ToolError
from tests.desk.opened import git, repository

NOBODY = Author("", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "datasets").mkdir(parents=True)
    for name in ("case.csv", "grid.csv", "other.txt"):
        (root / "datasets" / name).write_text("old\n", encoding="utf-8")
    (root / ".gitignore").write_text("private.csv\n", encoding="utf-8")
    repository(root)
    return root / "datasets"


def known(folder: Path) -> Repository:
    here = found(folder)
    assert here is not None
    return here


def test_what_was_staged_before_stays_staged_and_is_not_committed(folder: Path) -> None:
    (folder / "other.txt").write_text("staged\n", encoding="utf-8")
    git(folder, "add", "other.txt")
    (folder / "other.txt").write_text("not staged\n", encoding="utf-8")
    (folder / "case.csv").write_text("new\n", encoding="utf-8")
    (folder / "new.csv").write_text("new\n", encoding="utf-8")
    before = git(folder, "diff", "--cached", "other.txt"), git(folder, "diff", "other.txt")

    commit = known(folder).commit(["case.csv", "new.csv"], "更新事项\n\n# 不是注释", NOBODY)

    assert commit == git(folder, "rev-parse", "HEAD").strip()
    assert git(folder, "show", "--name-only", "--format=", "HEAD").split() == ["datasets/case.csv", "datasets/new.csv"]
    assert git(folder, "show", "--no-patch", "--format=%an <%ae>%n%B", "HEAD").strip() == (
        "王芳 <wang@example.org>\n更新事项\n\n# 不是注释"
    )
    assert (git(folder, "diff", "--cached", "other.txt"), git(folder, "diff", "other.txt")) == before
    assert git(folder, "status", "--porcelain").split("\n") == ["MM datasets/other.txt", ""]


def test_nothing_to_commit_is_no_commit(folder: Path) -> None:
    assert known(folder).commit(["case.csv"], "nothing", NOBODY) == ""


def test_a_hook_that_refuses_is_told_and_leaves_what_was_staged(folder: Path) -> None:
    hook = folder.parent / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\necho 'not today' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    head, state = known(folder).head(), git(folder, "status", "--porcelain")
    (folder / "new.csv").write_text("new\n", encoding="utf-8")
    with pytest.raises(ToolError) as raised:
        known(folder).commit(["new.csv"], "message", NOBODY)
    assert "not today" in str(raised.value.message.values["output"])
    assert (known(folder).head(), git(folder, "status", "--porcelain")) == (head, state + "?? datasets/new.csv\n")


def test_a_file_that_went_is_committed_as_gone(folder: Path) -> None:
    (folder / "grid.csv").unlink()
    known(folder).commit(["grid.csv"], "gone", NOBODY)
    assert git(folder, "show", "--name-status", "--format=", "HEAD").split() == ["D", "datasets/grid.csv"]


def test_who_commits_may_be_given_where_git_does_not_know(folder: Path) -> None:
    git(folder, "config", "--unset", "user.name")
    (folder / "case.csv").write_text("new\n", encoding="utf-8")
    known(folder).commit(["case.csv"], "message", Author("李 “四” <x>", "li@example.org"))
    assert git(folder, "show", "--no-patch", "--format=%ae", "HEAD").strip() == "li@example.org"


@pytest.mark.parametrize(("path", "is_taken"), [("case.csv", True), ("private.csv", False), ("new.csv", True)])
def test_an_ignored_file_is_not_committed(path: str, is_taken: bool, folder: Path) -> None:
    (folder / path).write_text("saved\n", encoding="utf-8")
    assert known(folder).takes(path) is is_taken


def test_a_folder_that_is_in_no_repository_has_none(tmp_path: Path) -> None:
    assert found(tmp_path) is None


def test_a_name_is_no_pattern(folder: Path) -> None:
    (folder / "case.csv").write_text("new\n", encoding="utf-8")
    assert known(folder).commit(["*.csv"], "message", NOBODY) == ""
