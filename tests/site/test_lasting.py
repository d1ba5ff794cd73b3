"""What pages load lies below assets/<digits>/, whose bytes never change."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from builder.site import assets, lasting
from tests import packages
from tests.site.addresses import files

LASTING = re.compile(r"assets/[0-9a-f]{12}/")
ASKED = re.compile(r'<(?:script|img|link rel="(?:stylesheet|icon)")[^<>]*?\s(?:src|href)="([^"#]+)"')


def folder(text: str) -> str:
    return f"assets/{hashlib.sha256(text.encode()).hexdigest()[:12]}"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    texts = {
        assets.STYLES: "s", assets.EARLY: "e", assets.SCRIPT: "l", "assets/images/logo.svg": "logo", "city.css": "c",
        "fonts.css": "a{src:url(f.woff)}", "module.js": 'import "./other.js"', "images/a b.png": "p",
    }  # fmt: skip
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


PAGES = [
    ("about/index.html", '<img src="../assets/images/logo.svg">', f'<img src="../{folder("logo")}/logo.svg">'),
    ("404.html", '<script src="/open/assets/javascripts/site.js" defer>',
     f'<script src="/open/{folder("l")}/site.js" defer>'),
    ("index.html", '<img alt="" src="images/a%20b.png" width="1">',
     f'<img alt="" src="{folder("p")}/a b.png" width="1">'),
    ("a/b/index.html", '<link rel="stylesheet" href="../../city.css">',
     f'<link rel="stylesheet" href="../../{folder("c")}/city.css">'),
    ("index.html", '<link rel="stylesheet" href="fonts.css">', '<link rel="stylesheet" href="fonts.css">'),
    ("index.html", '<script src="module.js">', '<script src="module.js">'),
    ("index.html", '<link rel="canonical" href="assets/images/logo.svg">',
     '<link rel="canonical" href="assets/images/logo.svg">'),
    ("index.html", '<img src="https://example.org/city.css">', '<img src="https://example.org/city.css">'),
    ("index.html", '<img src="/elsewhere/city.css">', '<img src="/elsewhere/city.css">'),
    ("index.html", '<img src="../../../city.css">', '<img src="../../../city.css">'),
    ("index.html", '<img src="missing.png">', '<img src="missing.png">'),
    ("x/index.html", '<dialog data-edition="../assets/edition/">', '<dialog data-edition="../assets/0123456789ab/">'),
]  # fmt: skip


@pytest.mark.parametrize(("path", "page", "expected"), PAGES)
def test_a_page_names_what_it_loads_by_its_content(target: Path, path: str, page: str, expected: str) -> None:
    (target / path).parent.mkdir(parents=True, exist_ok=True)
    (target / path).write_text(page, encoding="utf-8")
    lasting.name(target, "https://example.org/open/", "assets/0123456789ab/")
    assert (target / path).read_text(encoding="utf-8") == expected
    for found in LASTING.findall(expected):
        assert "edition" in page or (target / found).is_dir()


def test_our_own_files_move_and_others_may_still_be_named(target: Path) -> None:
    scripts = (assets.EARLY, assets.SCRIPT, "assets/images/logo.svg")
    page = "".join(f'<script src="{name}"></script>' for name in scripts)
    (target / "index.html").write_text(f'{page}<link rel="stylesheet" href="{assets.STYLES}">', encoding="utf-8")
    lasting.name(target, "", "assets/0123456789ab/")
    assert sorted(path for path in files(target) if path.startswith("assets/")) == sorted(
        [f"{folder('s')}/site.css", f"{folder('e')}/early.js", f"{folder('l')}/site.js", f"{folder('logo')}/logo.svg",
         "assets/images/logo.svg"]
    )  # fmt: skip


def test_an_edition_is_named_after_what_it_is_made_from(target: Path) -> None:
    (target / "about.html").write_text("a", encoding="utf-8")
    first = lasting.edition(target)
    assert LASTING.fullmatch(first)
    assert lasting.edition(target) == first
    for path in ("about.html", "data.json"):
        (target / path).write_text("b", encoding="utf-8")
        first, before = lasting.edition(target), first
        assert first != before


def test_every_page_of_a_site_loads_lasting_names_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = packages.demo_site(tmp_path_factory.getbasetemp())
    pages = [path for path in site.rglob("*.html") if path.name != "404.html"]
    assert len(pages) > 100
    wrong, editions = {}, set()
    for path in pages:
        text = path.read_text(encoding="utf-8")
        found = ASKED.findall(text)
        resolved = {(path.parent / value).resolve().relative_to(site.resolve()).as_posix() for value in found}
        editions |= set(re.findall(r'data-edition="(?:\.\./)*([^"]+)"', text))
        if len(found) < 4 or not all(LASTING.match(item) and (site / item).is_file() for item in resolved):
            wrong[path] = found
    assert wrong == {}
    (edition,) = editions
    assert {path.name for path in (site / edition).iterdir()} == {"find", "pagefind"}
    assert (site / edition / "find/data.json").read_bytes() == (site / "find/data.json").read_bytes()
