"""The finished site: whatever shows personal data stops the build, what the site itself makes does not."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from builder.errors import BuilderError
from builder.gate import Allowed, hits, look, search, shares
from builder.language import fill

PHONE = "138-0000-0000"
ALLOWED = Allowed(phones=frozenset({"051783901234"}), codes=frozenset({"320812001", "320812102201"}))


def packed(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def book(path: Path, text: str) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("xl/worksheets/sheet1.xml", f'<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>')


def plainly(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


SHOWN = {
    "a page": ("index.html", f"<p>请打{PHONE}</p>", plainly),
    "a title of a page": ("index.html", f'<a title="请打{PHONE}" href="/">x</a>', plainly),
    "an address of a telephone": ("index.html", '<a href="tel:%2B8613800000000">x</a>', plainly),
    "a description": ("index.html", '<meta name="description" content="邮箱 zhang&#64;qq.com">', plainly),
    "signs of a page in numbers": (
        "index.html", "".join(f"&#{ord(sign)};" for sign in "zhangsan@qq.com"), plainly,
    ),
    "a document": ("data.json", json.dumps({"text": f"请打{PHONE}"}, ensure_ascii=False), plainly),
    "a table": ("case.csv", f"a,b\n1,{PHONE}\n", plainly),
    "a packed table": ("case.csv.gz", f"a,b\n1,{PHONE}\n", packed),
    "a workbook": ("case.xlsx", PHONE, book),
    "a feed": ("feed.xml", f"<title>{PHONE}</title>", plainly),
    "an entry of the search": ("zh_1.pf_fragment", 'pagefind_dcd{"content":"请 \u200b打 \u200b138 0000 0000"}', packed),
    "a document with quotes in it": ("data.json", json.dumps(["\\", '"', f'"{PHONE}"'], ensure_ascii=False), plainly),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_what_a_file_shows_is_told_in_its_masked_form(name: str, tmp_path: Path) -> None:
    path, text, write = SHOWN[name]
    write(tmp_path / path, text)
    plainly(tmp_path / "about.html", "<p>没有</p>")

    with pytest.raises(BuilderError) as caught:
        search(tmp_path, ALLOWED)

    message = caught.value.message
    told = fill(str, message.text, message.values)
    assert told.startswith(f"“{path}: ")
    assert told.partition("“")[2].partition("”")[0].endswith("*****")
    assert "0000" not in told
    assert caught.value.exit_code == 2


def test_a_text_that_is_only_where_another_process_looked_stops_the_build_too(tmp_path: Path) -> None:
    for number in range(4):
        plainly(tmp_path / f"{number}.html", f"<p>{PHONE if number == 2 else ''}</p>")
    parts = tuple(shares(tmp_path, ALLOWED, 2))
    traces = [look(share) for _, share in parts]
    seen = [path for _, share in parts for path in share.files]

    assert len(seen) == 4
    with pytest.raises(BuilderError):
        search(tmp_path, ALLOWED, traces, seen)


OWN = (
    "<a href='/grid/320812001001001/'>320812001001001 320812001001002</a>",
    '<a href="/grid/320812102201001/data.json">x</a>',
    '<path d="M119.123456 33.612345 13800000000"/><circle cx="119.123456" cy="33.612345"/>',
    "<td>2026-03-05 2026-04-30 12:30</td><td>13800000000.00元</td>",
    '<link href="assets/main.a13812345678f.css"><code>9f86d081884c7d659a13800000000c15b0f00a08</code>',
    "<p>0517-83901234、(0517)8390 1234，12345</p>",
)


@pytest.mark.parametrize("text", OWN)
def test_numbers_that_the_site_makes_are_nobodys(text: str, tmp_path: Path) -> None:
    plainly(tmp_path / "index.html", text)
    plainly(tmp_path / "data.json", '{"type": "Point", "coordinates": [119.123456, 33.612345], "n": 13800000000}')

    search(tmp_path, ALLOWED)


def test_what_is_waived_passes_on_pages_as_well(tmp_path: Path) -> None:
    plainly(tmp_path / "index.html", f"<p>{PHONE}</p>")
    (hit,) = hits(PHONE)
    waived = Allowed(waived=frozenset({("grid", "name", hit.digest)}), digests=frozenset({hit.digest}))

    search(tmp_path, waived)
    assert waived.left([hit], ("grid", "name")) == ()
    assert waived.left([hit], ("grid", "extent")) == (hit,)
