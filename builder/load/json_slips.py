"""What people write into JSON that is none: a comma too many, a comment, quotation marks of a Chinese keyboard.

Looks at a text that Python's reader has refused, sign by sign, and goes on behind each slip, so that all are told at
once: of each kind the first in a line. Commas and brackets that are missing are told of no line that has a wrong sign:
they are often its consequences.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
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
VALUE, START = "value", "{["
LONGEST = 60

QUOTES = mark("write \" on both sides: a text stands between straight quotation marks")


class Token(NamedTuple):
    """`kind`: a sign of JSON itself, or `value`; "" for what nothing can be said of."""

    kind: str
    start: int
    end: int


def slips(text: str) -> Iterator[Slip]:
    """Yield the slips of a text in their order; nothing for one whose slips are not known here."""
    wrong = {(text.count("\n", 0, item.offset), item.message.text): item for item in reversed([*signs(text)])}
    lines = {line for line, _ in wrong}
    missing = [item for item in order(text) if text.count("\n", 0, item.offset) not in lines]
    yield from sorted([*wrong.values(), *missing], key=lambda item: item.offset)


def signs(text: str) -> Iterator[Slip]:
    """Yield signs that cannot stand where they do, whatever stands beside them."""
    for match in TOKEN.finditer(text):
        kind, found, offset = match.lastgroup, match.group(), match.start()
        if kind == "text":
            if lone := LONE.fullmatch(found[1:-1]) or LONE.search(found):
                yield slip(
                    offset, mark("{path}: the text {text} holds a single backslash"),
                    mark("write two, like \\\\d: in JSON a backslash says that the next sign means something else"),
                    text=cut(found), sign=lone[1],
                )  # fmt: skip
            elif "\t" in found:
                yield slip(offset, mark("{path}: there is a tab inside the text {text}"), mark("type a space instead"),
                           text=cut(found))  # fmt: skip
        elif kind == "open":
            yield slip(offset, mark("{path}: the text that begins here has no closing quotation mark in its line"),
                       QUOTES)  # fmt: skip
        elif kind == "comment":
            yield slip(offset, mark("{path}: there is a comment, which JSON does not know"),
                       mark("delete it, or say it in a “description”"))  # fmt: skip
        elif kind == "curly":
            yield slip(offset, mark("{path}: {text} stands between Chinese quotation marks"), QUOTES, text=cut(found))
        elif kind == "single":
            yield slip(offset, mark("{path}: {text} stands between single quotation marks"), QUOTES, text=cut(found))
        elif kind == "wide":
            yield slip(offset, mark("{path}: “{sign}” is a Chinese sign"), mark("write “{right}” with the keyboard set to English"),
                       sign=found, right=NARROW[found])  # fmt: skip
        elif found in LIKE:
            yield slip(offset, mark("{path}: “{sign}” is no sign of JSON"), mark("write “{right}”"), sign=found, right=LIKE[found])
        elif kind == "blank":
            yield slip(offset, mark("{path}: there is a space of another kind ({code})"), mark("delete it, or type a plain space"),
                       code=unicodedata.name(found, f"U+{ord(found):04X}"))  # fmt: skip
        elif kind == "word":
            yield from word(found, offset, text[match.end() : match.end() + 20])
        elif kind == "other":
            yield slip(offset, mark("{path}: “{sign}” cannot stand here"), mark("delete it, or put the text between quotation marks"),
                       sign=found)  # fmt: skip


def word(found: str, offset: int, behind: str) -> Iterator[Slip]:
    """Yield what is wrong with letters or digits outside quotation marks."""
    if found in ("true", "false", "null", "NaN", "Infinity", "-Infinity") or NUMBER.fullmatch(found):
        return
    if re.match(r"\s*[:：]", behind):
        yield slip(offset, mark("{path}: the name {text} stands without quotation marks"), QUOTES, text=cut(found))
    elif found in CONSTANTS:
        yield slip(offset, mark("{path}: {text} is no value of JSON"), mark("write {right}"),
                   text=cut(found), right=CONSTANTS[found])  # fmt: skip
    elif re.fullmatch(r"[-+.]?0?[0-9]+\.?[0-9]*", found):
        yield slip(offset, mark("{path}: {text} is no number of JSON"),
                   mark("write it without + and without a leading zero, like 0.5; a code stands between quotation marks"),
                   text=cut(found))  # fmt: skip
    else:
        yield slip(offset, mark("{path}: {text} is neither a number nor a text between quotation marks"), QUOTES,
                   text=cut(found))  # fmt: skip


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
        kind = token.kind
        if kind and kind in "}]" and last.kind == ",":
            yield slip(last.start, mark("{path}: there is a comma behind the last item"), mark("delete it"))
        elif kind and kind in ",}]" and last.kind == ":":
            yield slip(token.start, mark("{path}: a value is missing here"), mark("write one, or delete the name before it"))
        elif kind == "," and last.kind == ",":
            yield slip(token.start, mark("{path}: there are two commas one after the other"), mark("delete one of them"))
        elif (kind == VALUE or (kind and kind in START)) and (last.kind == VALUE or (last.kind and last.kind in "}]")):
            is_name = bool(brackets) and brackets[-1].kind == "{" and before.kind in (",", "{")
            if last.kind == VALUE and is_name:
                yield slip(last.end, mark("{path}: a colon is missing here"), mark("write : between a name and its value"))
            elif brackets:
                yield slip(last.end, mark("{path}: a comma is missing here"), mark("write , between two items"))
            else:
                yield slip(token.start, mark("{path}: there is something behind the last bracket"), mark("delete it"))
        if kind and kind in START:
            brackets.append(token)
        elif kind and kind in "}]":
            if brackets and brackets[-1].kind + kind not in ("{}", "[]"):
                yield slip(token.start, mark("{path}: “{sign}” closes “{other}” of line {line}"),
                           mark("close each bracket with its own kind, the last one first"), sign=kind,
                           other=brackets[-1].kind, line=text.count("\n", 0, brackets[-1].start) + 1)  # fmt: skip
                return
            if not brackets:
                yield slip(token.start, mark("{path}: “{sign}” closes a bracket that nobody opened"), mark("delete it"),
                           sign=kind)  # fmt: skip
                return
            brackets.pop()
        before, last = last, token
    for token in brackets[-1:]:
        yield slip(token.start, mark("{path}: “{sign}” is never closed"),
                   mark("write the closing bracket; if the file ends too early, take it from the repository again"),
                   sign=token.kind)  # fmt: skip


def slip(offset: int, text: str, hint: str, /, **values: object) -> Slip:
    return Slip(offset, Message(text, hint, values))


def cut(found: str) -> str:
    """Return the beginning of what stands there, as a message may quote it."""
    text = shown(found)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
