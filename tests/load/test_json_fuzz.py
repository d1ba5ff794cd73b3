"""Whatever stands in a JSON file: values with their places, or what is wrong with line and column; nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from builder.errors import BuilderError
from builder.load.document import Pointer
from builder.load.json_file import json_document
from tests.load.lines import places, sentences

PIECES = (
    "{", "}", "[", "]", ",", ":", '"', '"a"', '"b": 1', '"a": "x"', "1", "-0.5e3", "01", "true", "True", "null", "NaN",
    " ", "\n", "\t", "\r\n", "\u3000", "\ufeff", "，", "：", "“a”", "'a'", "// x", "/* x", "# x", "\\", '"\\d"',
    '"\\ud800"', '"a\tb"', "=", ";", "网", "\x00", "9" * 30, "1e999", '{"a": ', "[[", "{}" ,
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)


def told(file: Path, text: str) -> Any:
    """Return what the file holds; None where it is refused, in sentences that name places in it."""
    file.write_text(text, encoding="utf-8")
    try:
        return json_document(file, "x.json")
    except BuilderError as error:
        lines = text.split("\n")
        for sentence, hint in sentences(error):
            assert hint
            assert not set("\n\r\x00") & set(sentence + hint)
            if not text.removeprefix("\ufeff").strip():
                assert sentence == f"{file}: the file is empty"  # and so has no place
                continue
            ((line, column),) = places(sentence.replace(str(file), "x.json"))
            assert 1 <= line <= len(lines)
            assert 1 <= column <= len(lines[line - 1]) + 1
        return None


def fuzz(folder: Path, count: int) -> None:
    calm = settings(
        max_examples=count, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip

    @calm
    @given(st.lists(st.sampled_from(PIECES), max_size=14), st.booleans())
    def any_text(pieces: list[str], is_object: bool) -> None:
        told(folder / "x.json", "{" * is_object + "".join(pieces) + "}" * is_object)

    @calm
    @given(st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3), st.sampled_from([None, 1, "\t"]), st.data())
    def a_slip(value: Any, indent: Any, data: Any) -> None:
        text = json.dumps(value, indent=indent, ensure_ascii=False)
        found = told(folder / "x.json", text)
        assert found.value == value
        assert set(found.positions) == {(), *ways(value)}
        at = data.draw(st.integers(0, len(text)))
        piece, cut = data.draw(st.sampled_from(PIECES)), data.draw(st.integers(0, 2))
        told(folder / "x.json", text[:at] + piece + text[at + cut :])

    any_text()
    a_slip()


def ways(value: Any, here: Pointer = ()) -> list[Pointer]:
    """Return the way to every value inside another."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way for key, item in items for way in ((*here, key), *ways(item, (*here, key)))]


def test_any_json_is_read_with_its_places_or_refused_with_a_place(tmp_path: Path) -> None:
    fuzz(tmp_path, 300)


@pytest.mark.nightly
def test_much_more_json_is_read_or_refused(tmp_path: Path) -> None:
    fuzz(tmp_path, 20_000)
