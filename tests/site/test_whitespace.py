"""White space of a shell is collapsed, and a browser shows the same: the same elements, attributes and words."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from builder.site import shell
from builder.site.whitespace import BOXES, collapsed
from tests.site.test_shell import KINDS, build

VERBATIM = ("pre", "script", "style", "textarea")


class Outline(HTMLParser):
    """Reads a page as a person does: elements with their attributes, and words, which a box ends as a space does."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text, self.verbatim = "", [""]
        self.inside: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(attrs)))
        self.edge(tag)
        if tag in VERBATIM:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.elements.append((f"/{tag}", ()))
        self.edge(tag)
        if tag in VERBATIM:
            self.inside.pop()

    def edge(self, tag: str) -> None:
        self.text += " " if tag in BOXES else ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.verbatim.append(data)
        else:
            self.text += data

    def handle_comment(self, data: str) -> None:
        self.verbatim.append(data)

    def seen(self) -> tuple[object, ...]:
        return self.elements, self.text.split(), self.verbatim


CASES = {
    "indentation": ("<ul>\n  <li>\n    a\n  </li>\n</ul>\n", "<ul><li>a</li></ul>"),
    "between words": ("<p>one\n  two <b>three</b>\n <i>four</i></p>", "<p>one two <b>three</b> <i>four</i></p>"),
    "inside an inline element": ("<a>\n one </a>\n<a> two</a>", "<a> one </a> <a> two</a>"),
    "no space where there was none": ("<b>one</b><i>two</i>", "<b>one</b><i>two</i>"),
    "a script between words": ("one\n<script> </script>\ntwo", "one <script> </script> two"),
    "verbatim": ("<div>\n<pre>\n a\n\n  b </pre>\n</div>", "<div><pre>\n a\n\n  b </pre></div>"),
    "a field": ("<textarea>\n a  </textarea >", "<textarea>\n a  </textarea >"),
    "a program": ("<SCRIPT>if (a  <  b)\n{}</SCRIPT>", "<SCRIPT>if (a  <  b)\n{}</SCRIPT>"),
    "a style": ("<style>\na  {}\n</style>", "<style>\na  {}\n</style>"),
    "a comment": ("<p>\n<!--  <p>  \n --> a</p>", "<p><!--  <p>  \n --> a</p>"),
    "attributes": ("<a  b='c  d'\n e=\"f\n > g\"  h\n>", "<a b='c  d' e=\"f\n > g\" h>"),
    "a name that begins like a box": ("a <path> b </path> c", "a <path> b </path> c"),
    "no-break and wide spaces": ("<p>\u00a0 \u3000a\u3000</p>", "<p>\u00a0 \u3000a\u3000</p>"),
    "a sign that is no tag": ("<p>a  < b  > c</p>", "<p>a < b > c</p>"),
    "no markup": ("  a   b ", "a b"),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_white_space_is_collapsed_where_it_is_not_shown(before: str, after: str) -> None:
    assert collapsed(before) == after
    assert collapsed(after) == after


@pytest.mark.parametrize("joined", ["<b>one</b><i>two</i>", "<p>a b</p>", "<li>a</li>", "<pre>a  b</pre>"])
def test_the_comparison_below_would_notice_a_change(joined: str) -> None:
    changed = joined.replace("</b><i>", "</b> <i>").replace("a b", "ab").replace("<li>", "<li >").replace("a  b", "a b")
    assert (Outline(changed).seen() == Outline(joined).seen()) == ("<li>" in joined)


def test_a_shell_has_the_elements_attributes_and_words_of_the_built_page(tmp_path: Path) -> None:
    output = build(tmp_path, "mkdocs")
    pages = {name: (output / shell.of(kind).page).read_text(encoding="utf-8") for name, kind in KINDS.items()}
    for page in (*pages.values(), (output / "about/index.html").read_text(encoding="utf-8")):
        assert Outline(collapsed(page)).seen() == Outline(page).seen()
        assert len(Outline(page).elements) > 150
        assert len(collapsed(page).encode()) < 0.95 * len(page.encode())
        assert not re.search(r"\n\s*\n", re.sub(r"<script.*?</script>", "", collapsed(page), flags=re.DOTALL))
