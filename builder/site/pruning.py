"""What a style sheet says of elements that no page has is left out. tinycss2 is used here and nowhere else.

Always holds: a rule that could match an element of the site stays. Names are looked for in the text of all that pages
are made of, so that a word too many keeps a rule too many, and none is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import tinycss2
from tinycss2 import ast

__all__ = ["Vocabulary", "pruned", "vocabulary"]

CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
IDENTITY = re.compile(r"#((?:[\w-]|\\.)+)")
CLASSES = re.compile(r"\bclass=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
ELEMENT = re.compile(r"(?:^|[\s>+~])([a-z][a-z0-9]*)")
ATTRIBUTE = re.compile(r"\[([a-z-]+)(?:([~|^$*]?=)[\"']?([^\"'\]]*)[\"']?)?[^\]]*\]")
CHOICE = re.compile(r":(is|where|not|has|host|slotted|dir|lang|nth-[a-z-]+)\(([^()]*)\)")
PSEUDO = re.compile(r"::?[a-z-]+")
WORD = re.compile(r"[\w-]+")
OPENING = re.compile(r"<[a-z][^<>]*>")
TAG = re.compile(r"<([a-z][a-z0-9]*)|createElement\(\"([a-z0-9]+)|element\(\"([a-z0-9]+)")
USED = re.compile(r"var\(\s*(--[\w-]+)")

SCHEME = re.compile(r"(?:body)?\[data-md-color-scheme=[\"']?slate[\"']?\]")
ANY_SCHEME = re.compile(r"(?:body)?\[data-md-color-scheme(?:=[\"']?default[\"']?)?\]")
CHOSEN, DEVICE = ":root[data-mingge-colours=dark]", ":root:not([data-mingge-colours=light])"
LIGHT = ":root"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`classes`: all that could be a class; `words`: an id or a value; `elements`: names of elements."""

    classes: frozenset[str]
    words: frozenset[str]
    elements: frozenset[str]

    def knows(self, selector: str) -> bool:
        """Return whether `selector`, without commas, could match an element of the site."""
        while choice := CHOICE.search(selector):
            kind, inner = choice.groups()
            if kind in ("is", "where") and not any(self.knows(part.strip()) for part in inner.split(",")):
                return False
            selector = selector[: choice.start()] + selector[choice.end() :]
        for name, operator, value in ATTRIBUTE.findall(selector):
            if not set(WORD.findall(name)) <= self.words or (operator == "=" and not self.has(value)):
                return False
        bare = PSEUDO.sub("", ATTRIBUTE.sub("", selector))
        return (
            all(set(WORD.findall(name)) <= self.classes for name in CLASS.findall(bare))
            and all(self.has(name) for name in IDENTITY.findall(bare))
            and all(name in self.elements for name in ELEMENT.findall(bare))
        )

    def has(self, text: str) -> bool:
        """Return whether every word of `text` is known."""
        return set(WORD.findall(text)) <= self.words


def vocabulary(pages: Iterable[str], scripts: Iterable[str] = ()) -> Vocabulary:
    """Return the vocabulary of what stands in the tags of pages and templates, and of whole scripts."""
    words: set[str] = set()
    classes: set[str] = set()
    elements = {"html", "body", "head"}
    opening, written = ["".join(OPENING.findall(page)) for page in pages], list(scripts)
    for text in (*opening, *written):
        words.update(WORD.findall(text))
        elements.update(name for found in TAG.findall(text) for name in found if name)
    for text in chain(("".join(found) for tags in opening for found in CLASSES.findall(tags)), written):
        classes.update(WORD.findall(text))
    return Vocabulary(frozenset(classes), frozenset(words), frozenset(elements))


def pruned(sheets: Iterable[str], own: Iterable[str], known: Vocabulary) -> str:
    """Return `joined`, which is made anew only where something is another than in the builds before."""
    return joined(tuple(sheets), tuple(own), known)


@lru_cache(maxsize=8)
def joined(sheets: tuple[str, ...], own: tuple[str, ...], known: Vocabulary) -> str:
    """Return one style sheet: of the theme's `sheets` what the site uses, then the `own` whole, all without comments.

    A theme has two sets of colours, `[data-md-color-scheme]` default and slate: the first becomes the page's, the
    second that of dark devices and of readers who chose it (`data-mingge-colours`).
    Raises ValueError for a sheet that cannot be read.
    """
    theirs, ours = ([rule for sheet in group for rule in parsed(sheet)] for group in (sheets, own))
    rest = "\n".join(lines(ours, ALL))
    used = USED.findall("\n".join(lines(theirs, Wanted(known))) + rest)
    kept = "\n".join(lines(theirs, Wanted(known, frozenset(used))))
    return f"{kept}\n{rest}\n"


class Wanted(NamedTuple):
    """What stays: rules for elements that are `known`, and the custom properties `used`; all where it is None."""

    known: Vocabulary | None = None
    used: frozenset[str] | None = None


ALL = Wanted()


def parsed(sheet: str) -> list[ast.Node]:
    return list(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))


def lines(rules: Iterable[ast.Node], wanted: Wanted) -> Iterator[str]:
    """Yield each rule that is wanted, a line each."""
    for rule in rules:
        if isinstance(rule, ast.QualifiedRule):
            yield from styled(short(rule.prelude), declared(rule.content, wanted.used), wanted.known)
        elif isinstance(rule, ast.AtRule) and rule.content is not None:
            head = f"@{rule.at_keyword} {short(rule.prelude)}".strip()
            if rule.lower_at_keyword in ("media", "supports", "layer", "container"):
                inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                if found := list(lines(inside, wanted)):
                    yield f"{head}{{{''.join(found)}}}"
            else:
                yield f"{head}{{{short(rule.content)}}}"
        elif isinstance(rule, ast.ParseError):
            raise ValueError(f"a style sheet that cannot be read: {rule.message}")


def declared(content: Iterable[ast.Node], used: frozenset[str] | None) -> str:
    """Return the declarations of a rule; of custom properties only those `used`, all for None."""
    if used is None:
        return short(content)
    every = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    kept = [item for item in every if not (isinstance(item, ast.Declaration) and unused(item.name, used))]
    return ";".join(
        f"{item.name}:{short(item.value)}{'!important' if item.important else ''}" for item in kept
    )  # fmt: skip


def unused(name: str, used: frozenset[str]) -> bool:
    return name.startswith("--") and name not in used


def styled(prelude: str, content: str, known: Vocabulary | None) -> Iterator[str]:
    """Yield a rule with the selectors that are kept, once more for dark devices where it is about dark colours."""
    if not content:
        return
    every = [part.strip() for part in split(prelude)]
    # the theme's scheme is no attribute of a page: it is what the page's own colours are
    asked = [(part, ANY_SCHEME.sub("", SCHEME.sub("", part))) for part in every]
    kept = [part for part, bare in asked if known is None or known.knows(bare)]
    light = dict.fromkeys(ANY_SCHEME.sub(LIGHT, part) for part in kept if not SCHEME.search(part))
    dark = [part for part in kept if SCHEME.search(part)]
    if light:
        yield f"{','.join(light)}{{{content}}}"
    if dark:
        yield f"{','.join(SCHEME.sub(CHOSEN, part) for part in dark)}{{{content}}}"
        device = ",".join(SCHEME.sub(DEVICE, part) for part in dark)
        yield f"@media (prefers-color-scheme:dark){{{device}{{{content}}}}}"


def split(prelude: str) -> Iterator[str]:
    """Yield the selectors of a list; commas in brackets part none."""
    depth, begun = 0, 0
    for place, sign in enumerate(prelude):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            yield prelude[begun:place]
            begun = place + 1
    yield prelude[begun:]


def short(tokens: Iterable[ast.Node] | None) -> str:
    """Return tokens as text, without comments and white space that says nothing."""
    kept = [token for token in tokens or () if not isinstance(token, ast.Comment)]
    pieces: list[str] = []
    for place, token in enumerate(kept):
        if not isinstance(token, ast.WhitespaceToken):
            pieces.append(tinycss2.serialize([token]))
        elif not (literal(kept, place - 1, ",;:{") or literal(kept, place + 1, ",;{")):
            pieces.append(" ")
    return "".join(pieces).strip().removesuffix(";")


def literal(tokens: Sequence[ast.Node], place: int, signs: str) -> bool:
    """Return whether a sign beside which white space says nothing stands there; also where there is nothing."""
    if not 0 <= place < len(tokens):
        return True
    token = tokens[place]
    return isinstance(token, ast.WhitespaceToken) or (isinstance(token, ast.LiteralToken) and token.value in signs)
