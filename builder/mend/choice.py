"""Words of a list, and yes or no, in all the ways in which people write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from builder.mend.found import Diagnosis
from builder.mend.signs import BLANK, modern, plain
from builder.mend.valid import words_of
from builder.model import Field

__all__ = ["of_boolean", "of_word"]

YES = "是 √ ✓ ✔ 对 真 y yes true t 1 1.0 on ☑ ✅"
NO = "否 × ✗ ✘ x 错 假 n no false f 0 0.0 off 不是 不 ☒ ❌"
"""Words that say yes, and no, in narrow signs and small letters."""

ALIKE = str.maketrans("入己巳末士曰", "人已已未土日")
"""Signs that are taken for each other when they are typed or read."""

NOT = frozenset("不未无没非否")
"""A word with one of these says the opposite of the same word without."""


def of_boolean(text: str, field: Field) -> Diagnosis | None:
    """Return the word that a boolean field writes for what the text says."""
    narrow = plain(text)
    words = {True: words_of(field, is_true=True), False: words_of(field, is_true=False)}
    for known in words.values():
        if narrow.text in known:
            return Diagnosis(narrow.code, narrow.text, is_sure=True) if narrow.code else None
    said = narrow.text.casefold()
    for is_true, known in words.items():
        if known and (said in (YES if is_true else NO).split() or said in {word.casefold() for word in known}):
            return Diagnosis("boolean-word", known[0], is_sure=True)
    return None


def of_word(text: str, field: Field) -> Diagnosis | None:
    """Return the word of the field's list that a text was meant to be; None when none is near."""
    words = [str(word) for word in field.descriptor["constraints"]["enum"]]
    narrow = plain(text)
    if narrow.text in words:
        return Diagnosis(narrow.code, narrow.text, is_sure=True) if narrow.code else None
    for code, key in (("full-width", tight), ("letter-case", folded), ("traditional", simple)):
        if one := only(word for word in words if key(word) == key(narrow.text)):
            return Diagnosis(code, one, is_sure=True)
    if one := labelled(narrow.text, words, field.labels):
        return Diagnosis("enum-label", one, is_sure=True)
    one = near(simple(narrow.text), {word: simple(word) for word in words})
    return Diagnosis("enum-near", one) if one else None


def tight(word: str) -> str:
    return plain(word).text


def folded(word: str) -> str:
    return tight(word).casefold()


def simple(word: str) -> str:
    return modern(folded(word))


def only(words: Iterable[str]) -> str:
    """Return the one word of `words`, "" when there are none or several."""
    found = list(words)
    return found[0] if len(found) == 1 else ""


def labelled(text: str, words: Sequence[str], labels: Mapping[str, str]) -> str:
    """Return the value that a list calls so."""
    return only(word for word in words if word in labels and folded(labels[word]) == folded(text))


def near(text: str, words: Mapping[str, str]) -> str:
    """Return the word that is one sign away, else the only one that the text is part of or that is part of it.

    None that says the opposite, and none for a single sign. `words`: the word → how it is compared.
    """
    if len(BLANK.sub("", text)) < 2 or len(text) > 40:
        return ""
    same = {word: key for word, key in words.items() if bool(NOT & set(key)) == bool(NOT & set(text))}
    if alike := only(word for word, key in same.items() if key.translate(ALIKE) == text.translate(ALIKE)):
        return alike
    close = [word for word, key in same.items() if len(key) > 1 and is_one_away(text, key, max(len(key), len(text)))]
    if close:
        return only(close)
    return only(word for word, key in same.items() if len(key) > 1 and (text in key or key in text))


def is_one_away(one: str, other: str, length: int) -> bool:
    """Return whether two words differ in one sign, put in, left out, written otherwise or with its neighbour changed.

    Of two signs half may not differ; long words may differ in two.
    """
    return distance(one, other) <= (0 if length <= 2 else 1 if length < 8 else 2)


def distance(one: str, other: str) -> int:
    """Return how many signs have to be changed, put in, left out or changed over (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
