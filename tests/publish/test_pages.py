"""A folder for a Pages artifact: one flat tree, whole or as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builder.errors import BuilderError, ToolError
from builder.publish import Order, publish_pages
from builder.publish.disk import locked
from tests.publish.sites import site
from tests.release.sites import names, tree


def test_a_pages_folder_is_the_release_and_the_log_and_nothing_hidden_but_well_known(tmp_path: Path) -> None:
    def record(folder: Path, key: str, *_: str) -> None:
        (folder / "checkpoint").write_text(key, encoding="utf-8")

    folder = tmp_path / "public"
    done = publish_pages(site(tmp_path / "one", 1), folder, Order(record=record))
    expected = {path for path in tree(tmp_path / "one") if path != ".mingge-site"}
    assert set(tree(folder)) == {*expected, "release.json", "log/", "log/checkpoint"}
    assert not any(path.is_symlink() for path in folder.rglob("*"))
    assert (folder / "log" / "checkpoint").read_text() == done.release.id
    assert names(tmp_path) == [".public.mingge-lock", "one", "one-headers", "public"]


def test_pages_keep_the_log_and_what_the_pages_before_load(tmp_path: Path) -> None:
    told, folder = [], tmp_path / "public"

    def record(folder: Path, key: str, _: str, previous: str) -> None:
        told.append((key, previous, sorted(path.name for path in folder.iterdir())))
        (folder / key).write_text("leaf", encoding="utf-8")

    keys = [publish_pages(site(tmp_path / f"{n}", n), folder, Order(record=record)).release.id for n in (1, 2, 3)]
    assert [previous for _, previous, _ in told] == ["", *keys[:2]]
    assert told[2][2] == sorted(keys[:2])
    styles = {path.read_text("utf-8")[3:9] for path in folder.glob("assets/*/site.css")}
    assert styles == {"000002", "000003"}
    assert (folder / "index.html").read_text("utf-8")[3:9] == "000003"


def test_the_same_pages_again_are_no_new_release(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    publish_pages(site(tmp_path / "one", 1), folder, Order())
    inode = folder.stat().st_ino
    assert not publish_pages(site(tmp_path / "again", 1), folder, Order()).is_new
    assert folder.stat().st_ino == inode


def test_a_dry_run_writes_no_pages(tmp_path: Path) -> None:
    assert publish_pages(site(tmp_path / "one", 1), tmp_path / "public", Order(is_dry=True)).is_new
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize("name", ["thesis.txt", "release.json"])
def test_a_folder_of_somebody_is_no_pages_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / name).write_text("{}", encoding="utf-8")
    with pytest.raises(BuilderError, match="holds files that `mingge publish` did not put there"):
        publish_pages(site(tmp_path / "one", 1), tmp_path / "public", Order())
    assert names(tmp_path / "public") == [name]


@pytest.mark.parametrize("has_exchange", [True, False])
@pytest.mark.parametrize("call", ["write", "rename", "mkdir"])
def test_pages_that_cannot_be_written_stay_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, has_exchange: bool
) -> None:
    folder, made = tmp_path / "public", site(tmp_path / "two", 2)
    publish_pages(site(tmp_path / "one", 1), folder, Order())
    if not has_exchange:
        monkeypatch.setattr("builder.publish.pages.exchange", lambda *_: False)
    before, real, count = tree(folder), getattr(os, call), iter(range(100))

    def failing(*values: object, **named: object) -> object:
        if next(count) == 1 or call != "rename":
            raise OSError(28, "No space left on device")
        return real(*values, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing)
        if call == "rename" and has_exchange:
            publish_pages(made, folder, Order())
        else:
            with pytest.raises(ToolError, match="No space left"):
                publish_pages(made, folder, Order())
            assert tree(folder) == before
    publish_pages(made, folder, Order())
    assert (folder / "index.html").read_text("utf-8")[3:9] == "000002"
    assert names(tmp_path) == [".public.mingge-lock", "one", "one-headers", "public", "two", "two-headers"]


def test_two_pages_at_once(tmp_path: Path) -> None:
    folder, made = tmp_path / "public", site(tmp_path / "one", 1)
    with locked(tmp_path / ".public.mingge-lock", folder), pytest.raises(ToolError, match="by another process"):
        publish_pages(made, folder, Order())
