"""One policy for every page: what the theme's frame holds is allowed by its hash, what a page would add is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from builder.errors import BuilderError
from builder.site import handwritten, headers
from builder.site.inline import found, hashed
from tests.site.addresses import files
from tests.site.links import Page

HEAD = "<!doctype html>\n<html lang=zh><head><meta charset=utf-8><title>t</title>"
META = '<meta http-equiv="Content-Security-Policy" content="'


def page(folder: Path, body: str) -> Path:
    (folder / "index.html").write_text(f"{HEAD}</head><body>{body}</body></html>", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<script type=module>alert(1)</script>",
        "<SCRIPT TYPE='text/javascript'>alert(1)</SCRIPT>",
        "<script src=//evil.example/a.js></script>",
        "<script src='\\\\evil.example/a.js'></script>",
        "<img src=https://evil.example/a.png>",
        "<img srcset='//evil.example/a.png 2x'>",
        "<link rel='x stylesheet' href=https://evil.example/a.css>",
        "<link rel=preconnect href=https://evil.example/>",
        "<style>p { color: red }</style>",
        "<p style='color: red'>",
        "<p onclick=alert(1)>",
        "<svg onload=alert(1)>",
        "<a href='java\nscript:alert(1)'>",
        "<a href=JaVaScRiPt:alert(1)>",
        "<iframe src=x></iframe>",
        "<object data=x></object>",
        "<embed src=x>",
        "<base href=x>",
        "<video src=https://evil.example/a.mp4>",
        "<svg><use href='https://evil.example/a.svg#b'/></svg>",
    ],
)
def test_a_page_that_would_run_or_load_something_stops_the_build(body: str, tmp_path: Path) -> None:
    with pytest.raises(BuilderError, match="content security policy forbids"):
        headers.guard(page(tmp_path, body), headers.of([HEAD]))


@pytest.mark.parametrize(
    "body",
    [
        "<script src=a.js></script><script type=application/json>{}</script>",
        "<a href=https://example.org/>away</a><link rel=canonical href=https://example.org/>",
        "<img src=a.png><img src='data:image/svg+xml,x'><p class=a align=right>&lt;script&gt;alert(1)&lt;/script&gt;",
        "<pre>&lt;p style=''&gt; onclick=</pre>",
    ],
)
def test_a_page_that_shows_and_links_is_left_as_it_is(body: str, tmp_path: Path) -> None:
    before = (page(tmp_path, body) / "index.html").read_text(encoding="utf-8")
    policy = headers.of([HEAD])
    headers.guard(tmp_path, policy)
    after = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert after.replace(policy.meta(), "") == before
    assert after.startswith(f"<!doctype html>\n<html lang=zh><head>{META}")


def test_a_column_that_markdown_aligns_stays_aligned(tmp_path: Path) -> None:
    page(tmp_path, '<table><tr><td style="text-align: right;">1</table>')
    handwritten.finish(tmp_path)
    headers.guard(tmp_path, headers.Policy())
    assert '<td align="right">1' in (tmp_path / "index.html").read_text(encoding="utf-8")
    with pytest.raises(BuilderError):
        headers.guard(page(tmp_path, '<table><tr><td style="text-align: right; top: 0">1</table>'), headers.Policy())


def test_what_the_frame_of_the_theme_holds_is_allowed_by_its_hash(tmp_path: Path) -> None:
    inside = "<script>own()</script><style>p{}</style>"
    policy = headers.of([HEAD + inside])
    # the value that the specification of CSP gives for this way of hashing
    assert hashed("doSomething();") == "'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='"
    assert policy == headers.Policy((hashed("own()"),), (hashed("p{}"),))
    assert (policy.scripts[0] in policy.header(), policy.styles[0] in policy.inside()) == (True, True)
    headers.guard(page(tmp_path, inside), policy)
    with pytest.raises(BuilderError):
        headers.guard(page(tmp_path, "<script>own() </script>"), policy)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "<p>"),
        ("<!-- > --> <!DOCTYPE html>\n<html data-a='>'><HEAD a=\">\">", "<title>"),
        ("\ufeff<!doctype html><html>", "<body>"),
        ("<!doctype html>", "<script src=a.js></script>"),
    ],
)
def test_the_policy_stands_before_everything_that_it_governs(before: str, after: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(before + after, encoding="utf-8")
    headers.guard(tmp_path, headers.Policy())
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == before + headers.Policy().meta() + after


def test_every_page_of_a_site_begins_with_the_policy_and_none_holds_what_it_forbids(
    site: Path, html: dict[str, Page]
) -> None:
    policies = set()
    for path in html:
        text = (site / path).read_text(encoding="utf-8")
        policies |= set(re.findall(f"<head>{META}([^\"]*)\"><meta name=\"referrer\" content=\"no-referrer\">", text))
        assert (text.count(META), text.find("<meta charset") < 1024, found(text)) == (1, True, ()), path
    assert policies == {headers.Policy().inside()}


def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_inside_a_page() -> None:
    said = dict(part.split(" ", 1) for part in headers.Policy().header().split("; "))
    assert said["default-src"] == "'none'"
    assert {value for text in said.values() for value in text.split()} == {
        "'none'", "'self'", "'wasm-unsafe-eval'", "data:"
    }  # fmt: skip
    assert [name for name, text in said.items() if "data:" in text] == ["img-src"]
    assert {name: said[name] for name in ("base-uri", "object-src", "frame-ancestors", "form-action")} == {
        "base-uri": "'none'", "object-src": "'none'", "frame-ancestors": "'none'", "form-action": "'self'",
    }  # fmt: skip


def test_the_site_says_what_its_server_is_to_send(site: Path) -> None:
    stated = json.loads((site / headers.NAME).read_text(encoding="utf-8"))
    covered = {suffix for rule in stated["rules"] for suffix in rule["suffixes"]} | {"html", "css", "js"}
    parts = {path.rpartition(".")[2] for path in files(site) if not path.startswith(".") and "/pagefind/" not in path}
    assert parts - covered == set()
    assert {rule["headers"]["X-Content-Type-Options"] for rule in stated["rules"]} == {"nosniff"}
    assert stated["rules"][-1]["headers"]["Content-Security-Policy"] == headers.Policy().header()


def test_no_stylesheet_of_a_site_loads_anything_from_elsewhere(site: Path) -> None:
    sheets = [path for path in site.rglob("*.css") if "pagefind" not in path.parts]
    assert [path.name for path in sheets] == ["site.css"]
    for path in sheets:
        text = path.read_text(encoding="utf-8")
        assert [url for url in re.findall(r"url\(\s*['\"]?([^'\")]{0,20})", text) if not url.startswith("data:image")
                and re.match(r"[a-z]+:|//", url)] == [], path.name  # fmt: skip
        assert "@import" not in text
