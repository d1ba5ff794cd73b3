"""Names that belong to nobody in particular: persons, roads, numbered places, telephones."""

from __future__ import annotations

import re

import numpy as np
from numpy.random import Generator

from builder.demo.columns import Ints, Texts, draw

__all__ = ["EVIDENCE", "ROADS", "community", "numeral", "persons", "phones"]

SURNAMES = tuple("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕")
GIVEN_FIRST = tuple("建国秀英志强淑芳海明玉兰春文晓丽德华永红卫东雪梅立军家俊思雨子涵")
GIVEN_SECOND = tuple("平民珍刚霞波清萍生武燕敏全荣斌云峰莉成伟宁瑶轩")
ROADS = (
    "春禾路", "秋穗路", "青荷路", "白榆路", "云帆路", "星桥路", "晨曦巷", "暮雨巷", "听竹街", "问渠街", "望麦路",
    "栖霞巷", "演示一路", "演示二路", "演示三路", "演示四路", "示例大道", "样本街", "小满河", "谷雨渠",
    "惊蛰沟", "白露河",
)  # fmt: skip
EVIDENCE = "https://example.org/mingge-demo/"
SUFFIX = re.compile(r"^(?P<base>.+?)(?:社区)?(?P<body>居委会|居民委员会|村委会|村民委员会|社区)$")
DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """Return a number from 1 to 999 in Chinese: 12 is 十二, 105 is 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


def community(name: str) -> tuple[str, str]:
    """Return the short name of a community and its everyday name: 柴米居委会 gives 柴米 and 柴米社区."""
    match = SUFFIX.match(name)
    if match is None:
        return name[:40], name[:40]
    base = match["base"][:40]
    if match["body"].startswith("村"):
        return base, base if base.endswith("村") else f"{base}村"
    return base, f"{base}社区"


def persons(rng: Generator, count: int) -> Texts:
    """Return `count` fictitious names of two or three characters."""
    surname = np.array(SURNAMES)[rng.integers(0, len(SURNAMES), count)]
    first = np.array(GIVEN_FIRST)[rng.integers(0, len(GIVEN_FIRST), count)]
    second = np.array(("", *GIVEN_SECOND))[draw(rng, (12, *(1,) * len(GIVEN_SECOND)), count)]
    return np.strings.add(np.strings.add(surname, first), second)


def phones(numbers: Ints) -> list[str]:
    """Return local numbers that begin with 0, which no exchange assigns, so nobody can own them."""
    return [f"0517-0000{number % 10_000:04d}" for number in numbers]
