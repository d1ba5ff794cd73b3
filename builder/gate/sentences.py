"""What is said of each kind of personal data: what it is, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping

from builder.gate.hit import Kind
from builder.language import mark

__all__ = ["HINTS", "SENTENCES"]

OUT = mark("Take it out: the text says what happened without it.")
WORK = mark("Write the office's number instead, and name it in a column of work telephones.")
COARSE = mark("Name the street, the estate or the building, without a door.")

SENTENCES: Mapping[Kind, str] = {
    Kind.IDENTITY: mark("“{value}” is the number of an identity card"),
    Kind.MOBILE: mark("“{value}” is a mobile number"),
    Kind.LANDLINE: mark("“{value}” is a telephone number that no column of work telephones names"),
    Kind.CARD: mark("“{value}” is the number of a bank card"),
    Kind.PLATE: mark("“{value}” is the plate of a vehicle"),
    Kind.EMAIL: mark("“{value}” is an e-mail address"),
    Kind.CHAT: mark("“{value}” is an account of WeChat or QQ"),
    Kind.PASSPORT: mark("“{value}” is the number of a passport"),
    Kind.DOOR: mark("“{value}” is the address of a household"),
    Kind.COORDINATE: mark("“{value}” is a place to within a few metres"),
    Kind.BIRTH: mark("“{value}” is a day of birth"),
    Kind.CLASS: mark("“{value}” is the school class of a child"),
}

HINTS: Mapping[Kind, str] = {
    Kind.IDENTITY: OUT,
    Kind.MOBILE: WORK,
    Kind.LANDLINE: WORK,
    Kind.CARD: OUT,
    Kind.PLATE: OUT,
    Kind.EMAIL: OUT,
    Kind.CHAT: OUT,
    Kind.PASSPORT: OUT,
    Kind.DOOR: COARSE,
    Kind.COORDINATE: mark("Round it to three decimals, about a hundred metres."),
    Kind.BIRTH: mark("Take the day out; a year or an age is enough."),
    Kind.CLASS: mark("Name the school alone, or write “a pupil”."),
}
