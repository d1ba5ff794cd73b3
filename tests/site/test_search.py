"""The search index: what a page is found by, one Chinese character a word, and the same bytes on any machine."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from builder.model import Search
from builder.site import search


@pytest.mark.parametrize(
    ("words", "spaced"),
    [
        ("柴米第一网格", ["柴", "米", "第", "一", "网", "格"]),
        ("320812001001001 东路", ["320812001001001", "东", "路"]),
        ("Arleta LA-32", ["Arleta", "LA-32"]),
        ("", []),
    ],
)
def test_every_chinese_character_is_a_word_of_its_own(words: str, spaced: list[str]) -> None:
    assert search.spaced(words).split() == spaced


# ── the index ────────────────────────────────────────────────────────────────────────────────────

ENTRIES = {
    "grid/1/": Search("<b>柴米", "清江浦区 › 城南街道", "1 <b>柴米"),
    "area/320812/": Search("清江浦区", "", "清江浦区 320812"),
    **{f"branch/{n}/": Search(f"第{n}党支部", "城南街道", f"第{n}党支部 B{n}") for n in range(60)},
}
PAGE = '<!doctype html><html lang="zh"><body>{before}<main{marked}><h1>关于</h1><p>怎样反映</p></main></body></html>'


def site(folder: Path) -> Path:
    """Hand-written pages as the engine leaves them: one to be found, one not, one below another, one with an entry."""
    written = {
        "about": PAGE.format(before="<nav>菜单</nav>", marked=" data-pagefind-body"),
        "404": PAGE.format(before="", marked=""),
        "about/more": PAGE.format(before="", marked=" data-pagefind-body"),
        "overdue": PAGE.format(before="", marked=" data-pagefind-body"),
    }
    for path, html in written.items():
        (folder / path).mkdir(parents=True)
        (folder / path / "index.html").write_text(html, encoding="utf-8")
    return folder


def indexed(folder: Path, entries: Mapping[str, Search]) -> Path:
    """Make the index of `entries`, handed over in their order, and return its folder."""
    target = site(folder / "site")
    with search.opened(target, "zh", folder / "scratch") as index:
        index.fill(entries.items(), target)
    return target / "pagefind"


def fragments(index: Path) -> dict[str, Any]:
    """Return what the browser gets for each page that is found, by its address."""
    found = [gzip.decompress(path.read_bytes()) for path in index.glob("fragment/*")]
    pages = [json.loads(text.removeprefix(b"pagefind_dcd")) for text in found]
    return {page["url"]: page for page in pages}


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_result_shows_title_and_place_as_the_data_has_them(tmp_path: Path) -> None:
    found = fragments(indexed(tmp_path, ENTRIES))
    assert found["/grid/1/"]["meta"] == {"title": "<b>柴米", "subtitle": "清江浦区 › 城南街道"}
    assert found["/grid/1/"]["content"].replace("\u200b", "") == "1 <b> 柴 米"
    assert found["/area/320812/"]["meta"] == {"title": "清江浦区"}


def test_every_entry_and_every_marked_page_is_found_and_nothing_else(tmp_path: Path) -> None:
    entries = {**ENTRIES, "overdue/": Search("逾期", "", "逾期")}
    found = fragments(indexed(tmp_path, entries))
    assert set(found) == {f"/{path}" for path in entries} | {"/about/"}
    assert found["/about/"]["content"].replace("\u200b", "") == "关于. 怎样反映."
    assert found["/overdue/"]["meta"] == {"title": "逾期"}


def test_the_order_in_which_entries_come_does_not_change_the_index(tmp_path: Path) -> None:
    backwards = dict(reversed(ENTRIES.items()))
    assert tree(indexed(tmp_path / "one", ENTRIES)) == tree(indexed(tmp_path / "other", backwards))


def test_entries_that_wait_until_the_pages_are_there_make_the_same_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = tree(indexed(tmp_path / "at once", ENTRIES))
    monkeypatch.setattr(search, "FEW", len(ENTRIES) - 1)
    target = site(tmp_path / "later" / "site")
    with search.opened(target, "zh", tmp_path / "later" / "scratch") as index:
        index.fill(ENTRIES.items(), target)
        assert index.queue.empty()

    assert tree(target / "pagefind") == at_once


def test_an_index_that_is_not_finished_ends_with_the_build(tmp_path: Path) -> None:
    def failing() -> None:
        with search.opened(tmp_path, "zh", tmp_path / "scratch") as index:
            index.queue.put(search.record("grid/1/", ENTRIES["grid/1/"], "zh"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()


MEMORY = Path("/dev/shm")  # noqa: S108 - another file system than that of tmp_path


@pytest.mark.skipif(not MEMORY.is_dir(), reason="no second file system here")
def test_the_file_system_does_not_change_the_index(tmp_path: Path) -> None:
    with TemporaryDirectory(dir=MEMORY) as folder:
        assert MEMORY.stat().st_dev != tmp_path.stat().st_dev
        assert tree(indexed(tmp_path, ENTRIES)) == tree(indexed(Path(folder), ENTRIES))


def test_the_temporary_folder_of_the_machine_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    indexed(tmp_path, ENTRIES)
    assert list((tmp_path / "tmp").iterdir()) == []
