"""What people write into JSON that is none: a comma too many, a comment, quotation marks of a Chinese keyboard.

Looks at a text that Python's reader has refused, sign by sign, and goes on behind each slip, so that all are told at
once: of each kind the first in a line. Commas and brackets that are missing are told of no line that has a wrong sign:
they are often its consequences.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from builder.language import mark
from builder.load.json_walk import Slip
from builder.load.names import shown
from builder.model import Message

__all__ = ["slips"]

TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<text>"(?:[^"\\\n]|\\[^\n])*")
    |(?P<open>"[^\n]*)
    |(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z)|\#[^\n]*)
    |(?P<curly>[“”„‟＂][^“”„‟＂"\n]*[“”„‟＂"])
    |(?P<single>'[^'\n]*'|‘[^‘’\n]*’)
    |(?P<sign>[{}\[\]:,])
    |(?P<word>[-+.\w]+)
    |(?P<wide>[，、；：｛｝［］【】])
    |(?P<blank>[\u00a0\u3000\u2000-\u200f\u2028-\u202f\u2060\ufeff\x85])
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
NARROW = {"，": ",", "、": ",", "；": ",", "：": ":", "｛": "{", "｝": "}", "［": "[", "］": "]", "【": "[", "】": "]"}
LIKE = {"=": ":", ";": ","}
CONSTANTS = {
    "True": "true", "TRUE": "true", "yes": "true", "Yes": "true", "是": "true", "False": "false", "FALSE": "false",
    "no": "false", "No": "false", "否": "false", "None": "null", "NULL": "null", "Null": "null", "undefined": "null",
}  # fmt: skip
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
LONE = re.compile(r'(?:\\\\)*(\\(?:[^"\\/bfnrtu]|u(?![0-9a-fA-F]{4})))')
VALUE = "value"
OPENING, CLOSING = {"{": "}", "[": "]"}, ("}", "]")
LONGEST = 60

QUOTES = mark("write \" on both sides: a text stands between straight quotation marks")
SIGNS: Mapping[str, tuple[str, str]] = {
    "open": (mark("{path}: the text that begins here has no closing quotation mark in its line"), QUOTES),
    "comment": (
        mark("{path}: there is a comment, which JSON does not know"), mark("delete it, or say it in a “description”"),
    ),
    "curly": (mark("{path}: {text} stands between Chinese quotation marks"), QUOTES),
    "single": (mark("{path}: {text} stands between single quotation marks"), QUOTES),
    "wide": (
        mark("{path}: “{text}” is a Chinese sign"), mark("write “{right}” with the keyboard set to English"),
    ),
    "like": (mark("{path}: “{text}” is no sign of JSON"), mark("write “{right}”")),
    "blank": (
        mark("{path}: there is a space of another kind ({right})"), mark("delete it, or type a plain space"),
    ),
    "other": (
        mark("{path}: “{text}” cannot stand here"), mark("delete it, or put the text between quotation marks"),
    ),
    "name": (mark("{path}: the name {text} stands without quotation marks"), QUOTES),
    "constant": (mark("{path}: {text} is no value of JSON"), mark("write {right}")),
    "number": (
        mark("{path}: {text} is no number of JSON"),
        mark("write it without + and leading zeros, like 0.5; a code stands between quotation marks"),
    ),
    "word": (mark("{path}: {text} is neither a number nor a text between quotation marks"), QUOTES),
    "backslash": (
        mark("{path}: the text {text} holds a single backslash"),
        mark("write two, like \\\\d: in JSON a backslash says that the next sign means something else"),
    ),
    "tab": (mark("{path}: there is a tab inside the text {text}"), mark("type a space instead")),
}  # fmt: skip
"""What is wrong with a sign, and what to do, by its kind."""

BEHIND = (mark("{path}: there is a comma behind the last item"), mark("delete it"))
NO_VALUE = (mark("{path}: a value is missing here"), mark("write one, or delete the name before it"))
TWO = (mark("{path}: there are two commas one after the other"), mark("delete one of them"))
COLON = (mark("{path}: a colon is missing here"), mark("write : between a name and its value"))
COMMA = (mark("{path}: a comma is missing here"), mark("write , between two items"))
END = (mark("{path}: there is something behind the last bracket"), mark("delete it"))
OTHER = (
    mark("{path}: “{sign}” closes “{other}” of line {line}"),
    mark("close each bracket with its own kind, the last one first"),
)
NOBODY = (mark("{path}: “{sign}” closes a bracket that nobody opened"), mark("delete it"))
OPEN = (
    mark("{path}: “{sign}” is never closed"),
    mark("write the closing bracket; if the file ends too early, take it from the repository again"),
)


class Token(NamedTuple):
    """`kind`: a sign of JSON itself, or `value`; "" for what nothing can be said of."""

    kind: str
    start: int
    end: int


def slips(text: str) -> Iterator[Slip]:
    """Yield the slips of a text in their order; nothing for one whose slips are not known here."""
    wrong = {(text.count("\n", 0, item.offset), item.message.text): item for item in reversed([*signs(text)])}
    lines = {line for line, _ in wrong}
    missing = {text.count("\n", 0, item.offset): item for item in reversed([*order(text)])}
    found = [*wrong.values(), *(item for line, item in missing.items() if line not in lines)]
    if len(lines) + len(missing) > 1 and OPEN[0] in {item.message.text for item in missing.values()}:
        # the file was cut off inside a text: that its quotation mark is missing is told of files that go on
        end = len(text.rstrip())
        found = [item for item in found if item.message.text != SIGNS["open"][0] or "\n" in text[item.offset : end]]
    yield from sorted(found, key=lambda item: item.offset)


def signs(text: str) -> Iterator[Slip]:
    """Yield signs that cannot stand where they do, whatever stands beside them."""
    for match in TOKEN.finditer(text):
        found = match.group()
        kind, right = judged(match.lastgroup or "", found, text[match.end() : match.end() + 20])
        if kind:
            yield slip(match.start(), SIGNS[kind], text=cut(found), right=right)


def judged(kind: str, found: str, behind: str) -> tuple[str, str]:
    """Return what is wrong with a sign ("" for nothing), and what should stand there ("" where that is not known)."""
    if kind in ("space", "sign"):
        return "", ""
    if kind == "text":
        return "backslash" if LONE.search(found) else "tab" if "\t" in found else "", ""
    if kind == "blank":
        return kind, unicodedata.name(found, f"U+{ord(found):04X}")
    if kind == "word":
        return word(found, behind)
    if kind == "other" and found in LIKE:
        return "like", LIKE[found]
    return kind, NARROW.get(found, "")


def word(found: str, behind: str) -> tuple[str, str]:
    """Return the same of letters or digits outside quotation marks."""
    if found in ("true", "false", "null", "NaN", "Infinity", "-Infinity") or NUMBER.fullmatch(found):
        return "", ""
    if re.match(r"\s*[:：]", behind):
        return "name", ""
    if found in CONSTANTS:
        return "constant", CONSTANTS[found]
    return ("number" if re.fullmatch(r"[-+.]?0?[0-9]+\.?[0-9]*", found) else "word"), ""


def tokens(text: str) -> Iterator[Token]:
    """Yield what stands there as JSON would have it, slips mended."""
    for match in TOKEN.finditer(text):
        kind, found = match.lastgroup, match.group()
        if kind in ("space", "comment", "blank"):
            continue
        if kind in ("sign", "wide"):
            yield Token(NARROW.get(found, found), match.start(), match.end())
        elif kind in ("open", "other"):
            yield Token("", match.start(), match.end())
        else:
            yield Token(VALUE, match.start(), match.end())


def order(text: str) -> Iterator[Slip]:
    """Yield commas, colons and brackets that are missing or too many."""
    brackets: list[Token] = []
    before, last = Token("", 0, 0), Token("", 0, 0)
    for token in tokens(text):
        if between := beside(before, last, token, brackets):
            yield between
        if token.kind in OPENING:
            brackets.append(token)
        elif token.kind in CLOSING:
            if not brackets:
                yield slip(token.start, NOBODY, sign=token.kind)
                return
            opened = brackets.pop()
            if OPENING[opened.kind] != token.kind:
                line = text.count("\n", 0, opened.start) + 1
                yield slip(token.start, OTHER, sign=token.kind, other=opened.kind, line=line)
                return
        before, last = last, token
    for opened in brackets[-1:]:
        yield slip(opened.start, OPEN, sign=opened.kind)


def beside(before: Token, last: Token, token: Token, brackets: Sequence[Token]) -> Slip | None:
    """Return what is wrong with two things that stand beside each other; `before`: what stands before them."""
    if last.kind == ",":
        if token.kind in CLOSING:
            return slip(last.start, BEHIND)
        return slip(token.start, TWO) if token.kind == "," else None
    if last.kind == ":" and (token.kind == "," or token.kind in CLOSING):
        return slip(token.start, NO_VALUE)
    begins = token.kind == VALUE or token.kind in OPENING
    if not begins or not (last.kind == VALUE or last.kind in CLOSING):
        return None
    is_name = bool(brackets) and brackets[-1].kind == "{" and before.kind in (",", "{")
    if last.kind == VALUE and is_name:
        return slip(last.end, COLON)
    return slip(last.end, COMMA) if brackets else slip(token.start, END)


def slip(offset: int, said: tuple[str, str], /, **values: object) -> Slip:
    return Slip(offset, Message(*said, values))


def cut(found: str) -> str:
    """Return the beginning of what stands there, as a message may quote it."""
    text = shown(found)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
