"""The site's folder is a folder of its own, and every other one is refused in one line before anything is built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from builder.errors import BuilderError
from builder.release import keep_apart, recover
from tests.release.sites import build, put, tree


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with sources, and links to them; the current folder is one beside it."""
    put(tmp_path / "project", {
        "datasets/case.csv": "", "docs/index.md": "", "templates/theme/main.html": "", "mkdocs.yml": "",
        "build/here.txt": "",
    })  # fmt: skip
    (tmp_path / "project" / "link").symlink_to("datasets")
    (tmp_path / "project" / "build" / "data").symlink_to("../datasets")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return tmp_path / "project"


APART = ["site", "build/site", "datasets2", "data", "docs.html", "mkdocs"]
TOGETHER = [
    ("datasets", "datasets"), ("datasets/site", "datasets"), ("datasets/a/b", "datasets"), ("link", "datasets"),
    ("link/site", "datasets"), ("docs/site", "docs"), ("templates/site", "templates"),
    ("templates/theme/site", "templates/theme"), ("build/../datasets", "datasets"), ("build/data/site", "datasets"),
    (".", "datasets"), (".", "mkdocs.yml"), ("docs/..", "datasets"), ("mkdocs.yml", "mkdocs.yml"),
    ("datasets", "link"), ("datasets/site", "link"), ("build", "build/here.txt"),
]  # fmt: skip


@pytest.mark.parametrize("output", APART)
def test_a_folder_beside_the_sources_is_fine(project: Path, output: str) -> None:
    keep_apart(project / output, [project / name for name in ("datasets", "docs", "templates", "mkdocs.yml")])


@pytest.mark.parametrize(("output", "source"), TOGETHER)
def test_the_site_and_a_source_may_not_contain_each_other(project: Path, output: str, source: str) -> None:
    with pytest.raises(BuilderError) as raised:
        keep_apart(project / output, [Path("/nowhere/at/all"), project / source])

    assert (type(raised.value), bool(raised.value.message.hint)) == (BuilderError, True)
    assert raised.value.message.values["path"] == project / source


def test_relative_paths_are_understood(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    keep_apart(Path("site"), [Path("datasets"), Path("mkdocs.yml")])
    with pytest.raises(BuilderError):
        keep_apart(Path("datasets/site"), [Path("datasets")])
    with pytest.raises(BuilderError):
        keep_apart(project / "datasets" / "site", [Path("datasets")])


def test_one_folder_under_two_spellings_is_one_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # as on a file system that does not tell case
    monkeypatch.setattr(Path, "samefile", lambda one, other: str(one).lower() == str(other).lower())
    with pytest.raises(BuilderError):
        keep_apart(project / "DATASETS" / "site", [project / "datasets"])


@pytest.mark.parametrize(
    "output", ["/", "//", "/..", ".", "..", "../elsewhere", "~", "~/site", "../houses/home", "../houses"]
)
@pytest.mark.parametrize("function", [lambda output: keep_apart(output, []), recover, lambda o: build(o, "new")])
def test_a_folder_that_no_site_may_replace_is_refused(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch, output: str, function: Callable[[Path], None]
) -> None:
    monkeypatch.setenv("HOME", str(project.parent / "houses" / "home"))
    (project.parent / "houses" / "home").mkdir(parents=True)
    before = tree(tmp_path)
    with pytest.raises(BuilderError) as raised:
        function(Path(output))

    assert (type(raised.value), bool(raised.value.message.hint)) == (BuilderError, True)
    assert str(raised.value).endswith(" cannot be the site’s folder")
    assert tree(tmp_path) == before


def test_a_current_folder_that_is_gone_is_said_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()

    with pytest.raises(BuilderError) as raised:
        keep_apart(Path("site"), [])
    assert str(raised.value) == "the folder that this runs in cannot be read: No such file or directory"
