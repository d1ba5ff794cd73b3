"""What became of a value, and what must hold of every mend whatever the text is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.mend import clean, diagnose, garbled
from builder.model import Field
from builder.validate.cells import judge
from builder.validate.remarks import SENTENCES
from tests.mend.fields import FIELDS
from tests.sharing import by_day
from tests.validate.mutations import ADDRESSES, CODES, DAYS, FLAGS, MOMENTS, NUMBERS, TEXTS

KNOWN = sorted({*ADDRESSES, *CODES, *DAYS, *FLAGS, *MOMENTS, *NUMBERS, *TEXTS})
PIECES = st.sampled_from(
    [*"0123456789", *"０９年月日/-—.,，:：TZ +%E#'’()（）", " ", "\u3000", "\u00a0", "\ufeff", "\t", "\n",
     "2026", "03", "05", "户", "万元", "三十", "是", "√", "已办结", "己", "結", "不", "A", "O", "l", "Mar", "AM",
     "上午", "8:00", "#N/A", "无", "E+14", "320812001001001"]
)  # fmt: skip
ANY = st.one_of(
    st.sampled_from(KNOWN), st.lists(PIECES, max_size=8).map("".join), st.text(max_size=12),
    st.from_regex(r"[0-9]{1,5}([-/. 年][0-9]{1,3}){0,2}[T ]?([0-9]{1,2}:[0-9]{1,2})?", fullmatch=True),
)  # fmt: skip
FIELD = st.sampled_from(sorted(FIELDS))


def remarked(text: str, field: Field) -> bool:
    """Return whether the judge of cells says anything."""
    return bool(judge([text], field))


def refused(text: str, field: Field) -> bool:
    """Return whether the judge of cells finds an error."""
    return bool(judge([text], field).keys() - SENTENCES.keys())


@given(ANY, FIELD)
def test_whatever_the_text_is_it_is_diagnosed_and_no_mend_is_refused(text: str, name: str) -> None:
    field = FIELDS[name]
    found = diagnose(text, field)

    if found is not None and found.value:
        assert not refused(found.value, field), found
    if found is not None and found.is_sure and not found.value:
        assert not field.required


@given(ANY, FIELD)
def test_what_was_cleaned_is_clean(text: str, name: str) -> None:
    field = FIELDS[name]
    once = clean(text, field)

    assert clean(once, field) == once


@given(ANY, FIELD)
def test_a_valid_cell_is_never_changed(text: str, name: str) -> None:
    field = FIELDS[name]
    if not remarked(text, field):
        assert clean(text, field) == text


@pytest.mark.parametrize("name", by_day(FIELDS, 3))
def test_known_oddities_are_held_to_the_same(name: str) -> None:
    field = FIELDS[name]
    valid = [text for text in KNOWN if not remarked(text, field)]

    assert [text for text in valid if clean(text, field) != text] == []
    assert [text for text in KNOWN if clean(clean(text, field), field) != clean(text, field)] == []
    assert [text for text in KNOWN if clean(text, field) != text and refused(clean(text, field), field)] == []


@pytest.mark.parametrize("text", ["312人", "3月", "约200", "2小时", "2万人"])
def test_a_number_of_something_else_has_no_mend(text: str) -> None:
    found = diagnose(text, FIELDS["households"])

    assert found is not None
    assert (found.code, found.value) == ("unit", "")


@pytest.mark.parametrize(("text", "value"), [("312户", "312"), ("1.2万户", "")])
def test_a_number_with_the_unit_of_its_column_has(text: str, value: str) -> None:
    found = diagnose(text, FIELDS["households"])

    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["柴米巷第一网格", "傅红民"])
def test_of_a_garbled_text_that_has_lost_a_byte_nothing_is_proposed(text: str) -> None:
    lost = text.encode().decode("gb18030", "replace")

    assert "\ufffd" in lost
    assert garbled(lost) == ""


def test_a_day_without_its_zeros_is_refused_and_mended_surely() -> None:
    assert set(judge(["2026-10-2", "2026-10-02"], FIELDS["day"])) == {"date-form"}
    assert clean("2026-10-2", FIELDS["day"]) == "2026-10-02"
