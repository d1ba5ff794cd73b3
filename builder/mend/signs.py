"""Signs that are written in more than one way: wide and narrow, seen and unseen, dashes of every length."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["APOSTROPHES", "BLANK", "DASHES", "EDGES", "INVISIBLE", "PERSONAL", "SPACES", "Plain", "modern", "plain"]

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width forms of ASCII, as input methods write them."""

SPACES = "\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\t\n\r\x0b\x0c\x85"
INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f"
DASHES = "‐‑‒–—―−﹣－⁃"
APOSTROPHES = "'‘’`＇′"

SPACE = re.compile(f"[{SPACES}]+")
UNSEEN = re.compile(f"[{INVISIBLE}]+")
DASH = re.compile(f"[{DASHES}]")
EDGES = re.compile(f"^[{SPACES}{INVISIBLE}]+|[{SPACES}{INVISIBLE}]+$")
BLANK = re.compile(f"[{SPACES}{INVISIBLE}]+")

PERSONAL = re.compile(r"(?<![0-9])(?:(?:86)?1[3-9][0-9]{9}|[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx])(?![0-9])")
"""Digits that may be somebody's: a mobile telephone, an identity card. Damaged cells that hold such are not told."""

OLD = (
    "辦結決問題處員網區黨會務應對業滿進動專綜屬責級機關學醫體設備環場類數報開閉實協調轉議訪線來電話樓單證給達過後長組織總書記個團隊領導評價優無為"
    "與義貧農產財稅費條規範圍據檢監視衛護養婦兒殘險補貼錄號碼編頁點時間歲節廣東寶門壞損鬧爭執糾紛違築鐵橋燈車輛寵樹綠潔淨廢棄災難緊現聲響傳審驗籌項標準減權"
)
NEW = (
    "办结决问题处员网区党会务应对业满进动专综属责级机关学医体设备环场类数报开闭实协调转议访线来电话楼单证给达过后长组织总书记个团队领导评价优无为"
    "与义贫农产财税费条规范围据检监视卫护养妇儿残险补贴录号码编页点时间岁节广东宝门坏损闹争执纠纷违筑铁桥灯车辆宠树绿洁净废弃灾难紧现声响传审验筹项标准减权"
)
SIMPLE = str.maketrans(OLD, NEW)
"""Traditional characters in the words of lists like ours; what is not here is found by likeness."""


class Plain(NamedTuple):
    """A text in narrow signs, without what nobody sees: `text`, and the code of what was done first, "" for nothing."""

    text: str
    code: str


def plain(text: str, *, spaces: str = "") -> Plain:
    """Return `text` narrow, without invisible signs, with `spaces` for each run of spaces inside it."""
    done = ""
    for code, change in (
        ("invisible-character", lambda value: UNSEEN.sub("", value)),
        ("stray-space", lambda value: SPACE.sub(spaces, SPACE.sub(" ", value).strip(" "))),
        ("leading-apostrophe", lambda value: value.lstrip(APOSTROPHES)),
        ("dash-sign", lambda value: DASH.sub("-", value)),
        ("full-width", lambda value: value.translate(WIDE)),
    ):
        changed = change(text)
        if changed != text:
            done, text = done or code, changed
    return Plain(text, done)


def modern(text: str) -> str:
    """Return `text` in simplified characters, as far as they are known here."""
    return text.translate(SIMPLE)
