"""Each form of the report is what it was, byte by byte; `python -m tests.report.golden` writes it anew."""

from __future__ import annotations

import json

import jsonschema
import pytest

from builder import report
from tests.report import golden


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", golden.FORMS)
def test_a_form_is_as_it_was(name: str, language: str) -> None:
    expected = (golden.FOLDER / f"{language}-{name}").read_bytes().decode()

    assert golden.FORMS[name](golden.document(language)) == expected


def test_no_golden_file_is_left_over() -> None:
    expected = {f"{language}-{name}" for language in ("zh", "en") for name in golden.FORMS}

    assert {path.name for path in golden.FOLDER.iterdir()} == expected


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_json_is_as_its_schema_says(language: str) -> None:
    schema = json.loads(report.SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)

    jsonschema.validate(json.loads("".join(report.as_json(golden.document(language)))), schema)
