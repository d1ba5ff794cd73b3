"""Personal data that belongs to nobody, written in every way that is meant to hide it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from builder.gate import Kind

__all__ = ["PLANTS", "hidden", "sentences"]

WIDE = str.maketrans("0123456789XEGabcdefgh@-", "０１２３４５６７８９ＸＥＧａｂｃｄｅｆｇｈ＠－")
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202d"
APART = ("", "", "", " ", "-", ".", "\u3000", "—", "–", "·", "\u00a0", " - ", "_", "/")
CHINESE = "路灯已经修好请放心社区工作人员上门看过大家都很满意感谢支持"


def digits(number: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=number, max_size=number)


@st.composite
def identities(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from(("320812", "320803", "110101", "440305", "510107", "650102")))
    born = draw(st.dates(date(1930, 1, 1), date(2020, 12, 31)))
    body = f"{region}{born:%Y%m%d}{draw(digits(3))}"
    return body + ric.calc_check_digit(f"{body}0")


@st.composite
def cards(draw: st.DrawFn) -> str:
    body = draw(st.sampled_from(("622848", "621700", "622202"))) + draw(st.one_of(digits(12), digits(9)))
    return body + luhn.calc_check_digit(body)


MOBILES = st.tuples(st.sampled_from(("130", "138", "159", "177", "186", "199")), digits(8)).map("".join)
LANDLINES = (  # 10800… is called from abroad and is nobody's
    st.tuples(st.sampled_from(("0517", "025", "010")), st.sampled_from("2345678"), digits(7)).map("".join)
    .filter(lambda number: not number.startswith("010800"))
)  # fmt: skip
PLATES = st.tuples(st.sampled_from("苏京沪皖"), st.sampled_from("ABCHabch"), digits(5)).map("".join)
GREEN = st.tuples(st.sampled_from("苏京沪皖"), st.sampled_from("ABCH"), st.sampled_from("DF"), digits(5)).map("".join)
MAIL = st.tuples(st.text("abcdefgh", min_size=3, max_size=9), st.sampled_from(("@qq.com", "@163.com"))).map("".join)
DOORS = st.tuples(st.integers(1, 40), st.integers(1, 6), st.integers(101, 2602)).map(
    lambda found: "{}号楼{}单元{}室".format(*found)
)

PLANTS: Mapping[Kind, tuple[st.SearchStrategy[str], bool]] = {
    Kind.IDENTITY: (identities(), True),
    Kind.MOBILE: (MOBILES, True),
    Kind.LANDLINE: (LANDLINES, True),
    Kind.CARD: (cards(), True),
    Kind.PLATE: (st.one_of(PLATES, GREEN), False),
    Kind.EMAIL: (MAIL, False),
    Kind.CHAT: (digits(9).map(lambda number: f"微信号a{number}"), False),
    Kind.PASSPORT: (digits(8).map(lambda number: f"护照E{number}"), False),
    Kind.DOOR: (DOORS, False),
    Kind.COORDINATE: (st.tuples(digits(5), digits(6)).map(lambda d: f"119.{d[0]},33.{d[1]}"), False),
    Kind.BIRTH: (st.dates().map(lambda day: f"男,{1950 + day.year % 60}年{day.month}月{day.day}日"), False),
    Kind.CLASS: (st.tuples(st.sampled_from("一三五七"), st.integers(1, 20)).map("{0[0]}年级{0[1]}班".format), False),
}
"""Kind → what is planted, and whether it may stand apart, digit by digit."""


@st.composite
def hidden(draw: st.DrawFn, kind: Kind) -> str:
    """Return one of `kind` with characters between its own that nobody sees, in any width, apart where it may be."""
    plants, is_number = PLANTS[kind]
    text = draw(plants)
    if draw(st.booleans()):
        text = text.translate(WIDE)
    gap: Callable[[], str] = lambda: draw(st.sampled_from(UNSEEN)) if draw(st.integers(0, 4)) == 0 else ""  # noqa: E731
    apart = st.sampled_from(APART if is_number else ("",))
    return "".join(f"{sign}{gap()}{draw(apart)}" for sign in text[:-1]) + text[-1]


def sentences() -> st.SearchStrategy[str]:
    return st.text(CHINESE, min_size=1, max_size=12)
