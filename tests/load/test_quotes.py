"""A file is well quoted when Python's csv module, in its strict form, reads it without a complaint."""

from __future__ import annotations

import csv
import io
from random import Random

import pytest

from builder.load.quotes import well_quoted

FINE = {
    "no quotation mark": "a,b\n1,2\n",
    "a comma in a cell": 'a,b\n"1,5",2\n',
    "an empty cell in quotes": 'a,b\n"",""\n',
    "quotation marks in a cell": 'a,b\n"say ""yes""",""""\n',
    "line breaks in a cell": 'a,b\n"x\ny","x\r\ny"\r\n',
    "quotes around the last cell, no line break after it": 'a,b\n1,"2"',
    "lines that end as on an old Mac among others": 'a,b\r"1",2\n',
    "a mark inside a bare cell": 'a,b\n1,5" pipe\n',
    "a space before the mark": 'a,b\n1, "2"\n',
}
DOUBTED = {
    "a mark that is never closed": 'a,b\n1,"2\n',
    "text after a closed mark": 'a,b\n"1"x,2\n',
    "a mark too many": 'a,b\n"1"",2\n',
    "a record of many bytes": 'a,b\n1,"' + "x\n" * 60 + '"\n',
}


def is_strict(text: str) -> bool:
    try:
        list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return False
    return True


@pytest.mark.parametrize("text", FINE.values(), ids=FINE)
def test_a_file_that_quotes_as_it_should_is_fine(text: str) -> None:
    assert well_quoted(text.encode(), 100)
    assert is_strict(text)


@pytest.mark.parametrize("text", DOUBTED.values(), ids=DOUBTED)
def test_anything_else_is_doubted(text: str) -> None:
    assert not well_quoted(text.encode(), 100)


@pytest.mark.parametrize("size", [4, 9, 2**20])
def test_pythons_csv_module_agrees_whatever_is_looked_at_together(size: int) -> None:
    random = Random(size)  # noqa: S311 - the same texts every time
    texts = ["".join(random.choices('a",\n\r', k=random.randint(1, 14))) for _ in range(5_000)]
    found = {text: well_quoted(text.encode(), 100, size) for text in texts}
    assert 500 < sum(found.values()) < len(found) - 500
    assert found == {text: is_strict(text) for text in texts}
