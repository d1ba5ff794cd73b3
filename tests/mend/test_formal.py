"""What may be quoted where private columns stand beside it: nothing that somebody could be called, met or told by."""

from __future__ import annotations

import pytest

from builder.mend import is_formal
from tests.mend.fields import FIELDS

KNOWN = frozenset(["320812001001001"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        # codes that nobody knows: identity cards, accounts, passports, telephones
        *(("case", text) for text in ("320812196503052319", "WangJianGuo", "E12345678", "83888888", "C00000031")),
        ("grid", "051783888888000"), ("grid", "13912345678"), ("grid", "3.20812196503052E+17"),
        # under a day: a door, a birthday, a telephone, a name
        *(("day", text) for text in ("3-2-402", "19650305", "1965-03-05", "1965/3/5", "0517-83888888", "83888888")),
        ("day", "2026年3月5日13912345678"), ("day", "2026-03-05 王建国:来电"), ("day", "Marwangjianguo 5, 2026"),
        # in whatever width
        *(("households", text) for text in ("１３９１２３４５６７８", "139 1234 5678", "83888888", "1.3912345678E+10")),
        ("households", "3-2-402"),
        ("stage", "王建国已办结"), ("text", "王建国"), ("names", "王建国"),
    ],
)  # fmt: skip
def test_what_may_be_somebodys_is_never_quoted(name: str, text: str) -> None:
    assert not is_formal(text, FIELDS[name], None, KNOWN)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("grid", "320812001001001"), ("grid", "'３２0812001001001"), ("grid", "3.20812001001001E+14"),
        ("grid", "3.20812E+14"),
        *(("day", text) for text in ("2026-10-2", "20260305", "2026-03-05 00:00:00", "45612", "3/6/2025")),
        ("day", "6-Mar-25"),
        *(("day", text) for text in ("2024-13-15", "2026年3月5日", "March 5, 2026", "2026-03", "２０２６－03－05")),
        ("day", "无"),
        *(("households", text) for text in ("312户", "-5", "100000", "1,024")),
        ("stage", "已办洁"), ("stage", "已办結"), ("void", "√"), ("grid", "#N/A"),
    ],
)  # fmt: skip
def test_days_of_late_years_small_numbers_words_of_lists_and_known_codes_are(name: str, text: str) -> None:
    assert is_formal(text, FIELDS[name], None, KNOWN)
