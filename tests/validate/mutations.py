"""Tables that are fine, and what may be done to them: which cells may stand in a column of which kind, as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any, NamedTuple

__all__ = ["KINDS", "MUTATIONS", "Kind", "Mutated", "Mutation", "mutated", "written"]

ROWS = 60
MOST_ALIKE = 3
"""Cells that one change makes alike in the column whose values hardly repeat, so that they go on to hardly repeat."""


class Kind(NamedTuple):
    """A field, and its value in row n of a table that is fine."""

    field: Mapping[str, Any]
    fine: Callable[[int], str]


def of(kind: str, fine: Callable[[int], str], rest: Mapping[str, Any] | None = None, **constraints: object) -> Kind:
    return Kind({"type": kind, "constraints": constraints, **(rest or {})}, fine)


def day(n: int) -> str:
    return f"20{n // 28 % 100:02d}-{n // 300 % 12 + 1:02d}-{n % 28 + 1:02d}"


def moment(n: int) -> str:
    return f"{day(n)}{'T '[n % 2]}{n % 24:02d}:{n % 60:02d}:00"


GROUP = "^[0-9]{6}([0-9]{3}([0-9]{3})?)?$"
KINDS: Mapping[str, Kind] = {
    "text": of("string", lambda n: f"柴米第{n}网格"),
    "needed text": of("string", lambda n: f"柴米第{n}网格", required=True),
    "short text": of("string", lambda n: f"第{n}格", minLength=2, maxLength=6),
    "code": of("string", lambda n: f"C{n:06d}", pattern="^C[0-9]{6,12}$", required=True),
    "grouped code": of("string", lambda n: f"{n:06d}001", pattern=GROUP),
    "choice of patterns": of("string", lambda n: f"ab{n}", pattern="ab[0-9]+|x"),
    "digits of all scripts": of("string", lambda n: f"{n:04d}", pattern=r"\d{4}"),
    "no space": of("string", lambda n: f"https://a.cn/{n}", pattern="^https?://[^\\s]+$", maxLength=60),
    "no capitals": of("string", lambda n: f"a{n}", pattern="[^A-Z]+"),
    "word": of("string", lambda n: f"a{n}", pattern=r"\w+"),
    "anything but a line break": of("string", lambda n: f"a{n}", pattern="a.*"),
    "enum": of("string", lambda n: f"第{n}类", enum=[f"第{n}类" for n in range(ROWS)]),
    "enum of signs": of("string", lambda n: "+甲" if n % 2 else "甲", enum=["+甲", "甲"]),
    "e-mail": of("string", lambda n: f"a{n}@b.cn", {"format": "email"}),
    "uri": of("string", lambda n: f"https://a.cn/{n}", {"format": "uri"}),
    "uuid": of("string", lambda n: f"{n:08x}-0000-4000-8000-000000000000", {"format": "uuid"}),
    "integer": of("integer", lambda n: str(n * 37)),
    "needed integer": of("integer", lambda n: str(n * 37), required=True),
    "limited integer": of("integer", lambda n: str(n + 5), minimum=5, maximum=100_000),
    "integer with limits in words": of("integer", lambda n: str(n + 5), minimum="5", maximum="100000"),
    "integer with limits that are numbers": of("integer", lambda n: str(n + 5), minimum=5.0, maximum=1e5),
    "integer beyond a limit": of("integer", lambda n: str(n + 6), exclusiveMinimum=5, exclusiveMaximum=100_000),
    "integer of some": of("integer", lambda n: str(n), enum=list(range(ROWS))),
    "number": of("number", lambda n: f"{n}.25"),
    "limited number": of("number", lambda n: f"{n}.25", minimum=0, maximum=99.5),
    "number over an odd limit": of("number", lambda n: f"{n + 1}.25", minimum="1.1", maximum="1e3"),
    "date": of("date", day),
    "needed date": of("date", day, required=True),
    "limited date": of("date", day, minimum="2000-01-01", maximum="2030-12-31"),
    "time": of("datetime", moment),
    "limited time": of("datetime", moment, minimum="2000-01-01T08:00:00", maximum="2030-12-31T20:00:00"),
    "boolean": of("boolean", lambda n: "是" if n % 3 else "否", {"trueValues": ["是"], "falseValues": ["否"]}),
    "needed boolean": of("boolean", lambda n: "true" if n % 3 else "0", required=True),
}  # fmt: skip

TEXTS = (
    "一", "一二", "一二三四五六", "一二三四五六七",
    "", " ", "　", "甲", "NA", "null", "甲\n乙", "甲\r\n乙", '说"好"', "甲,乙", "甲\t乙", "\x07甲",
    "甲\x1b[31m", "\x7f", "\x85", "\x9b", "甲\u200e", "\u202e甲", "甲\u2069", "\u061c", "=1+1", "+甲", "-乙",
    "-5", "+86 517 8390 1234转8001", "+86分机x", "@张三", "\t=1", "\r甲", "＝1", "－5", "＋甲", "＠x", "——",
    "👩‍🌾", "e\u0301", "甲" * 70, "C000001\n", "\ufeff甲", "\u2028",
)  # fmt: skip
CODES = (
    "", "C00001", "C000001", "c000001", "C000001 ", " C000001", "C000001\n", "C000001\nx", "C0000０1",
    "C" + "9" * 12, "C" + "9" * 13, "٠١٢٣", "１２３４", "1234\n", "ab1", "ab1x", "xab1", "ab", "x", "x1", "ax",
    "320812", "3208120010", "320812\n", "https://a.cn/甲", "https://a.cn/ b", "https://a.cn/　", "ftp://a.cn",
    "AB", "a\n", "é1", "a\x1b", "=a",
)  # fmt: skip
NUMBERS = (
    "", " ", "0", "-0", "007", "-5", "+5", "5", "4", "100000", "100001", "99.5", "99.50", "99.51", "99.500000000000001",
    "1.2.3", "1.1",
    "1.10000000000000001", "1.09999999999999999", " 12", "12 ", "\t12", "12\n", "1_000", "1,000", "12.0", "12.",
    ".5", "1e3", "1E3", "1e400", "-1e400", "0x10", "三", "３１２", "９２.5", "٣", "½", "9" * 18, "-" + "9" * 18,
    "9" * 19, "9" * 30, "0." + "3" * 20, "NaN", "inf", "-Infinity", "--1", "+", "1 2", "92%", "true", "\x1b5",
    "=5", "1e-400", "1000.0000000000001", "\u200e5", "\u30005",
)  # fmt: skip
DAYS = (
    "", "2026-02-28", "2026-02-29", "2024-02-29", "2026-02-30", "2026-04-31", "2026-13-05", "2026-00-05",
    "2026-01-00", "2026-3-5", "2026-03-05 ", " 2026-03-05", "2026-03-05\n", "2026/03/05", "20260305",
    "05.03.2026", "２０２６-03-05", "2026-03-05T00", "0000-01-01", "0001-01-01", "0999-12-31", "1000-01-01",
    "1677-01-01", "2999-12-28", "3000-01-01", "9999-12-31", "10000-01-01", "1999-12-31", "2000-01-01",
    "2030-12-31", "2031-01-01", "2030-12-28", "-2026-03-05", "+026-03-05", "三月五日", "=2026-03-05",
    "٢٠٢٦-03-05",
)  # fmt: skip
MOMENTS = (
    "", "2026-03-05T08:00:00", "2026-03-05 08:00:00", "2026-03-05T08:00", "2026-03-05", "2026-03-05T08:00:00Z",
    "2026-03-05T08:00:00+08:00", "2026-03-05T08:00:00.5", "2026-03-05T24:00:00", "2026-03-05T23:59:59",
    "2026-03-05T08:60:00", "2026-02-29T08:00:00", "2024-02-29T08:00:00", "2026-03-05x08:00:00", "2026-03-05  08:00:00",
    "２026-03-05T08:00:00", "2026-03-05T08:00:00 ", " 2026-03-05T08:00:00", "2026-03-05T08:00:00\n",
    "2026/03/05 08:00:00", "20260305T080000", "2000-01-01T08:00:00", "2000-01-01T07:59:59", "2000-01-01 08:00:01",
    "2030-12-31 20:00:00", "2030-12-31T20:00:01", "9999-12-31T23:59:59", "0001-01-01T00:00:00",
    "0000-01-01T00:00:00", "=2026-03-05T08:00:00",
)  # fmt: skip
FLAGS = (
    "", "是", "否", "对", "true", "True", "TRUE", "tRue", "false", "1", "0", "2", "是 ", " 是", "是\n", "１",
    "\u200e是",
)  # fmt: skip
ADDRESSES = (
    "", "a@b", "a@b.cn", "a b@c.cn", "张@三.cn", "a@b.cn\n", "http://a.cn", "http//a.cn", "//a.cn", "urn:x",
    "a.cn", "http://a cn", "00000000-0000-4000-8000-000000000000", "00000000-0000-4000-8000-00000000000", "{0}",
    "甲", "@b.cn", "=a@b.cn", "a@b.cn\x07",
)  # fmt: skip
CELLS: Mapping[str, tuple[str, ...]] = {
    "integer": NUMBERS, "number": NUMBERS, "date": DAYS, "datetime": MOMENTS,
    "boolean": FLAGS,
}


class Mutation(NamedTuple):
    """One cell that is put into a column of one kind."""

    kind: str
    cell: str


def cells_for(kind: Kind) -> tuple[str, ...]:
    constraints = kind.field["constraints"]
    if "format" in kind.field:
        return ADDRESSES
    if "pattern" in constraints:
        return CODES
    return CELLS.get(kind.field["type"], TEXTS)


MUTATIONS = tuple(Mutation(name, cell) for name, kind in KINDS.items() for cell in cells_for(kind))

PLACES: tuple[tuple[int, ...], ...] = ((0,), (ROWS // 2,), (ROWS - 1,), (3, 4, 30), tuple(range(ROWS)), (7, 8, 9, 10))
LINES: tuple[Callable[[list[str]], list[str]], ...] = (
    lambda lines: lines,
    lambda lines: [*lines[:5], "甲\n", *lines[5:]],
    lambda lines: [*lines[:5], "1,2,3,4,5,6\n", *lines[5:]],
    lambda lines: [*lines[:1], "\n", *lines[1:]],
    lambda lines: [*lines[:9], ",,\n", *lines[9:], ",,\n"],
    lambda lines: [*lines, "\n", "\r\n"],
    lambda lines: [*lines[:-1], lines[-1].rstrip("\n")],
    lambda lines: ["\ufeff", *(line.replace("\n", "\r\n") if '"' not in line else line for line in lines)],
)


class Mutated(NamedTuple):
    """A table of three columns: a key, values that hardly repeat and values that do; `text` is the CSV file."""

    fields: list[dict[str, Any]]
    text: str


def mutated(changes: Sequence[Mutation], random: Random) -> Mutated:
    """Return a table of the kind of the first change, with all of them made in places drawn by `random`."""
    kind = KINDS[changes[0].kind]
    plain = [kind.fine(n) for n in range(ROWS)]
    repeated = [kind.fine(n % 4) for n in range(ROWS)]
    # what is put into many rows comes first, so that it leaves something of itself and of the others
    places = sorted((random.choice(PLACES) for _ in changes), key=len, reverse=True)
    for change, rows_changed in zip(changes, places, strict=True):
        for row in rows_changed:
            repeated[row] = change.cell
        for row in rows_changed[:MOST_ALIKE]:
            plain[row] = change.cell
    # a key that no other column's words are like: nobody can take it for one whose header was exchanged
    key = {"name": "key", "constraints": {"pattern": "k[0-9]+"}}
    fields = [key, {"name": "x", **kind.field}, {"name": "y", **kind.field}]
    rows = [[f"k{n}", *cells] for n, cells in enumerate(zip(plain, repeated, strict=True))]
    if random.random() < 0.2:  # a row that has no cell at all
        rows[random.randrange(ROWS)] = ["", "", ""]
    return Mutated(fields, "".join(random.choice(LINES)([written(row) for row in (["key", "x", "y"], *rows)])))


def written(row: Sequence[str]) -> str:
    """Return a line of a CSV file; Python's writer leaves a lone carriage return without quotes."""
    return ",".join('"' + cell.replace('"', '""') + '"' if set(cell) & set('",\r\n') else cell for cell in row) + "\n"
