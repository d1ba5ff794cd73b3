"""Personal data that is told by words and letters: plates, addresses of mail and chat, passports, doors, places,
births, school classes.

What names a place and no household is none: a street with a number (an office), a building without a door in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.gate.hit import Hit, Kind
from builder.gate.plain import Plain

__all__ = ["words"]

GAP = r"[\s\-._/]{0,3}"
N = r"(?:[0-9]{1,4}|[A-Za-z]|[一二三四五六七八九十百]{1,4})"
ROOM = r"[0-9]{3,4}"
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
BUILDING, UNIT = rf"{N}\s?(?:号楼|楼栋|栋|幢|座|号院)", rf"{N}\s?单元"
PART = r"[\s\-,，、]{0,2}"
DAY = r"(?:19|20)[0-9]{2}\s?[年\-./]\s?[0-9]{1,2}\s?[月\-./]\s?[0-9]{1,2}\s?日?"
DEGREES = r"(?:-?[0-9]{1,3}\.[0-9]{4,})"
CHAT = r"微信|薇信|威信|[Vv]信|[Ww]e[Cc]hat|WECHAT|[Ww]ei[Xx]in|QQ|[Qq]q|扣扣|(?<![A-Za-z])(?:wx|WX|Wx|vx|VX|Vx)"

RULES: tuple[tuple[Kind, str], ...] = (
    (
        Kind.PLATE,
        rf"[{PROVINCES}]{GAP}[A-HJ-NP-Za-hj-np-z](?:{GAP}[A-HJ-NP-Za-hj-np-z0-9]){{4,5}}"
        rf"(?:{GAP}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳])(?![A-Za-z0-9])"
        rf"|[{PROVINCES}]{GAP}[A-HJ-NP-Za-hj-np-z](?:{GAP}[A-HJ-NP-Za-hj-np-z0-9]){{4}}[挂学警港澳]",
    ),
    (
        Kind.EMAIL,
        r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}\s{0,2}@\s{0,2}[A-Za-z0-9-]{1,63}(?:\s{0,2}\.\s{0,2}[A-Za-z0-9-]{2,63}){1,4}",
    ),
    (
        Kind.CHAT,
        rf"(?:{CHAT})(?:号码|账号|帐号|号|群|[Ii][Dd]|同号)?[\s:：是为「“\"(（-]{{0,4}}"
        rf"(?:[1-9](?:{GAP}[0-9]){{4,11}}(?![0-9])|(?=[A-Za-z_-]*[0-9_-])[A-Za-z][A-Za-z0-9_-]{{4,19}}(?![A-Za-z0-9]))",
    ),
    (Kind.CHAT, rf"(?:{CHAT})(?:号码|账号|帐号|号|[Ii][Dd])[\s:：是为「“\"(（-]{{0,4}}[A-Za-z][A-Za-z0-9_-]{{5,19}}"),
    (
        Kind.PASSPORT,
        rf"(?:护照|通行证|[Pp]assport|PASSPORT)[^A-Za-z0-9]{{0,10}}[A-Za-z](?:{GAP}[A-Za-z])?(?:{GAP}[0-9]){{7,9}}(?![0-9])",
    ),
    (Kind.PASSPORT, rf"(?<![A-Za-z0-9])(?:E{GAP}[A-HJ-NP-Z](?:{GAP}[0-9]){{7}})(?![A-Za-z0-9])"),
    (Kind.DOOR, rf"{BUILDING}{PART}{UNIT}(?:{PART}{ROOM}(?:室|号|户)?|{PART}{N}(?:室|号|户))?"),
    (
        Kind.DOOR,
        rf"(?:{BUILDING}|{UNIT}){PART}(?:[0-9]{{1,2}}层{PART})?"
        rf"(?:{ROOM}(?![0-9年元米]){PART}(?:室|号|户)?|{N}(?:室|户))",
    ),
    (Kind.DOOR, r"[0-9]{1,3}[\-#]{1,2}[0-9]{1,2}-[0-9]{3,4}(?:室|户)"),
    (
        Kind.DOOR,
        r"(?:住|户|家在|家里|邻居)[^。;；\n0-9]{0,12}?[0-9]{1,3}[\-#]{1,2}[0-9]{1,2}[\-#][0-9]{3,4}(?![0-9\-])",
    ),
    (Kind.DOOR, rf"{N}弄{PART}{N}号(?:{PART}{ROOM}室)?"),
    (Kind.DOOR, rf"(?:村|组|队|庄)(?:第?{N}组)?{N}号(?!楼|院|线|桥|井|泵|地块|杆|池)"),
    (Kind.DOOR, rf"(?:家住|住在|住址|现住|户籍地|家庭地址|居住于|居住在|家在)[^。;；\n]{{0,20}}?{N}号"),
    (Kind.COORDINATE, rf"{DEGREES}\s?[,，、;；\s]\s?{DEGREES}"),
    (
        Kind.COORDINATE,
        rf"(?:经度|纬度|东经|北纬|坐标|经纬度|[Ll]at(?:itude)?|[Ll]on(?:gitude)?|[Ll]ng)[^0-9\n]{{0,6}}{DEGREES}",
    ),
    (Kind.COORDINATE, r"[0-9]{1,3}\s?°\s?[0-9]{1,2}\s?[′'’分]\s?[0-9]{1,2}(?:\.[0-9]+)?\s?(?:[″\"”秒]|′′|'')"),
    (Kind.BIRTH, rf"(?:出生于?|(?<![发产诞])生于|生日|出生日期|出生年月日?|诞辰)[^0-9\n。]{{0,6}}{DAY}"),
    (Kind.BIRTH, rf"{DAY}[)）]?\s?(?:出生|生(?![产活态效成命]))"),
    (Kind.BIRTH, rf"(?:男(?!女)|(?<![妇儿子男少])女)\s?[,，、(（\s]?\s?(?:[一-鿿]{{1,2}}族\s?[,，、])?{DAY}"),
    (
        Kind.CLASS,
        r"[一二三四五六七八九1-9]年级[\s(（第]{0,2}(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]?班"
        r"|[初高][一二三1-3][\s(（第]{0,2}(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]?班"
        r"|幼儿园.{0,4}?[大中小托](?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[(（][0-9一二三四五六][)）])?班"
        r"|[大中小][(（]?[0-9一二三四五六][)）]?班(?=的?(?:小朋友|孩子|幼儿|宝宝|学生))",
    ),
)  # fmt: skip

COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in RULES)
NOBODY = re.compile(r"公众号|小程序|视频号|订阅号|服务号|服务平台")
OFFICE = re.compile(r"\s?(?:办公室|会议室|值班室|服务|窗口|大厅|活动室|阅览室|接待室|调解室|警务室|书记|党员)")
OFFICIAL_MAIL = re.compile(r"\.\s{0,2}gov\.?\s{0,2}\.?cn\Z", re.IGNORECASE)
FEWEST_DIGITS = 2
"""Of a plate: what has fewer is a word."""


def words(text: Plain) -> Iterator[Hit]:
    """Yield everything in the text that words and letters tell: spans are those of the text handed in."""
    for kind, pattern in COMPILED:
        for found in pattern.finditer(text.text):
            if not is_harmless(kind, found):
                yield Hit(kind, found.start(), found.end(), re.sub(r"[\s\-._/]", "", found[0]).upper())


def is_harmless(kind: Kind, found: re.Match[str]) -> bool:
    """Return whether a match is of something that is public by its nature."""
    match kind:
        case Kind.PLATE:
            return sum(sign.isdigit() for sign in found[0]) < FEWEST_DIGITS
        case Kind.EMAIL:
            return OFFICIAL_MAIL.search(found[0]) is not None
        case Kind.CHAT:
            return NOBODY.search(found.string, found.start(), found.end()) is not None
        case Kind.DOOR:
            return OFFICE.match(found.string, found.end()) is not None
        case _:
            return False
