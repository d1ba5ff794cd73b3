"""What Excel is told of a form, LibreOffice understands as well: it shares no code with what wrote it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.forms.made import book, form, rules
from tests.forms.office import convert, needs_office
from tests.packages import DATASETS

pytestmark = [needs_office, pytest.mark.nightly]

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DATA = ["grid", "case", "ledger"]


@pytest.mark.parametrize("name", DATA)
def test_every_rule_of_a_form_is_one_to_libreoffice_with_its_words(name: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.xlsx").write_bytes(form(name, DATASETS))
    found = ElementTree.parse(convert(tmp_path / f"{name}.xlsx", "fods", tmp_path / "out")).getroot()  # noqa: S314
    conditions = [item.get(f"{TABLE}condition", "") for item in found.iter(f"{TABLE}content-validation")]
    said = ["".join(item.itertext()).strip() for item in found.iter(f"{TABLE}error-message")]
    wanted = list(rules(book(form(name, DATASETS)).worksheets[0]).values())

    kinds = {"list": "cell-content-is-in-list", "date": "cell-content-is-date", "custom": "is-true-formula",
             "whole": "cell-content-is-whole-number", "decimal": "cell-content-is-decimal-number",
             "textLength": "cell-content-text-length"}  # fmt: skip
    assert len(conditions) == len(wanted)
    for item in {item.type for item in wanted}:
        asked = sum(other.type == item for other in wanted)
        assert sum(kinds[item] in condition for condition in conditions) == asked, (item, conditions)
    assert all(re.search("[\u4e00-\u9fff]{3}", text) for text in said)
    assert len(said) == len(wanted)
