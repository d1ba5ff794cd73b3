"""Every link leads somewhere, and no page makes a browser ask another host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.site.addresses import URL, files
from tests.site.links import Page, broken, foreign, read

LINKS = [
    ('<a href="b/">', []),
    ('<a href="b/#there">', []),
    ('<a href="#here">', []),
    ('<a href="../b/index.html">', [("index.html", "../b/index.html")][:0]),
    ('<a href="/b/">', []),
    ('<a href="https://mingge.example/b/">', []),
    ('<a href="https://elsewhere.example/nothing/">', []),
    ('<a href="mailto:a@b.example">', []),
    ('<a href="b">', [("index.html", "b")]),
    ('<a href="c/">', [("index.html", "c/")]),
    ('<a href="b/#nowhere">', [("index.html", "b/#nowhere")]),
    ('<a href="#nowhere">', [("index.html", "#nowhere")]),
    ('<img src="no.png">', [("index.html", "no.png")]),
    ('<img srcset="no.png 1x, b/index.html 2x">', [("index.html", "no.png")]),
    ('<a href="https://mingge.example/c/">', [("index.html", "https://mingge.example/c/")]),
]


@pytest.mark.parametrize(("text", "expected"), LINKS)
def test_the_link_checker_finds_what_leads_nowhere(text: str, expected: list[tuple[str, str]]) -> None:
    found = {
        "index.html": read(f'<p id="here">{text}', "index.html"),
        "b/index.html": read('<p id="there">', "b/index.html"),
    }

    assert broken(found, set(found), URL) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a href="https://x.example/">', []),
        ('<link rel="canonical" href="https://x.example/">', []),
        ('<link rel="stylesheet" href="a.css">', []),
        ('<link rel="stylesheet" href="https://x.example/a.css">', ["https://x.example/a.css"]),
        ('<link rel="preconnect" href="https://x.example" crossorigin>', ["https://x.example"]),
        ('<script src="//x.example/a.js"></script>', ["//x.example/a.js"]),
        ('<img src="http://x.example/a.png">', ["http://x.example/a.png"]),
    ],
)
def test_the_link_checker_finds_what_is_fetched_from_elsewhere(text: str, expected: list[str]) -> None:
    assert foreign(read(text, "index.html")) == expected


def test_every_internal_address_leads_to_a_file_and_every_fragment_to_an_anchor(
    site: Path, html: dict[str, Page]
) -> None:
    found = broken(html, set(files(site)), URL)

    assert len(html) > 100
    assert sum(len(page.links) for page in html.values()) > 5000
    assert found == []


def test_no_page_loads_anything_from_another_host(html: dict[str, Page]) -> None:
    assert {path: found for path, page in html.items() if (found := foreign(page))} == {}


def test_no_stylesheet_loads_anything_from_another_host(site: Path) -> None:
    sheets = {path: file.read_text(encoding="utf-8") for path, file in files(site).items() if path.endswith(".css")}
    outside = re.compile(r"(?:url\(\s*[\"']?|@import\s+[\"'])(?:https?:)?//[^)\"']*")

    assert len(sheets) >= 3
    assert {path: found for path, text in sheets.items() if (found := outside.findall(text))} == {}
