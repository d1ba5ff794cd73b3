"""The search entries: what a page is found by, one Chinese character a word."""

from __future__ import annotations

import re
from pathlib import Path

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


def test_an_entry_shows_title_and_place_and_escapes_what_the_data_holds(tmp_path: Path) -> None:
    search.add(tmp_path, "grid/1/", Search("<b>柴米", "清江浦区 › 城南街道", "1 <b>柴米"), "zh")
    text = (tmp_path / "grid/1/index.html").read_text(encoding="utf-8")
    assert re.findall(r'data-pagefind-meta="(\w+)">(.*?)<', text) == [
        ("title", "&lt;b&gt;柴米"),
        ("subtitle", "清江浦区 › 城南街道"),
    ]
    assert re.findall(r"<p>(.*?)</p></main>", text) == ["1 &lt;b&gt; 柴  米 "]
