"""The Chinese catalogue has every sentence of the code and the templates, and none besides."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from builder.language import LOCALES, fill, mark, translator

ROOT = Path(__file__).parents[1]
FILE = LOCALES / "zh" / "LC_MESSAGES" / "mingge.po"
PLACE = re.compile(r"%\(\w+\)s|(?<!\{)\{\w+\}(?!\})")
KEYWORDS = {"_": None, "gettext": None, "mark": None}


@cache
def extracted() -> frozenset[str]:
    """Return every message id that Babel finds, as babel.cfg says and as `pybabel extract -k mark` does."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as source:
        methods, options = parse_mapping_cfg(source)  # type: ignore[no-untyped-call]  # Babel has no type for it
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS)
    return frozenset(str(message) for _, _, message, _, _ in found)


@cache
def catalogue() -> Catalog:
    with FILE.open("rb") as source:
        return read_po(source)


def entries() -> dict[str, str]:
    return {str(entry.id): str(entry.string or "") for entry in catalogue() if entry.id}


def places(text: str) -> set[str]:
    return set(PLACE.findall(text))


def test_every_sentence_is_translated_and_nothing_else_is() -> None:
    assert set(entries()) == extracted()
    assert [message for message, text in entries().items() if not text.strip()] == []


def test_no_entry_is_fuzzy_or_obsolete() -> None:
    assert [entry.id for entry in catalogue() if entry.id and entry.fuzzy] == []
    assert list(catalogue().obsolete) == []


def test_a_translation_names_the_same_places() -> None:
    assert {message: text for message, text in entries().items() if places(message) != places(text)} == {}


def test_entries_are_in_order() -> None:
    assert list(entries()) == sorted(entries())


@pytest.mark.parametrize("path", sorted((ROOT / "builder").rglob("*.py")), ids=lambda path: path.stem)
def test_every_marked_sentence_is_extracted(path: Path) -> None:
    """Babel does not look inside an f-string, and cannot extract what is not a constant."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    marked = [node.args[0] for node in calls if isinstance(node.func, ast.Name) and node.func.id == "mark"]
    texts = [node.value if isinstance(node, ast.Constant) else ast.unparse(node) for node in marked]
    assert [text for text in texts if text not in extracted()] == []


@pytest.mark.parametrize("language", ["zh", "zh-TW", "zh_CN", "zh-Hant"])
def test_every_kind_of_chinese_finds_the_catalogue(language: str) -> None:
    assert translator(language)("Close") == "关闭"


@pytest.mark.parametrize("language", ["en", "xx", "", "../zh"])
def test_an_unknown_language_gives_english(language: str) -> None:
    assert translator(language)("Close") == "Close"


def test_values_are_filled_into_the_translation() -> None:
    assert fill(translator("zh"), mark("row {row}"), {"row": 17}) == "第 17 行"
    assert fill(translator("en"), mark("row {row}"), {"row": 17}) == "row 17"
