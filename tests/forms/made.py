"""Forms for tests, made as the command makes them and read by openpyxl, which shares no code with what writes them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from builder import templates
from builder.language import translator
from builder.load.properties import Properties
from builder.load.schema import schema
from builder.model import Resource
from tests.packages import DATASETS

__all__ = ["CHINESE", "ENGLISH", "book", "form", "resource", "rules", "table", "titles"]

CHINESE, ENGLISH = translator("zh"), translator("en")


@cache
def form(name: str, folder: Path = DATASETS, *, with_rows: bool = False) -> bytes:
    """Return the Chinese form of a table of the package in `folder`."""
    (made,) = templates.templates(folder, (name,), CHINESE, with_rows=with_rows)
    return made.data


def book(data: bytes) -> Any:
    """Return a workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(data))


def titles(sheet: Any) -> list[str]:
    """Return the headers of a form."""
    return [cell.value for cell in sheet[1]]


def rules(sheet: Any) -> Mapping[str, Any]:
    """Return title → the validation of its column."""
    heads = {cell.column_letter: cell.value for cell in sheet[1]}
    return {
        heads["".join(sign for sign in str(item.sqref).split(":")[0] if sign.isalpha())]: item
        for item in sheet.data_validations.dataValidation
    }


def table(*fields: Mapping[str, Any], title: str = "便条") -> Resource:
    """Return a resource `note` with these fields, public unless they say otherwise."""
    described = [{"title": f"{item['name']}栏", "publish": "public", **item} for item in fields]
    found = schema(Properties({"fields": described, "primaryKey": [fields[0]["name"]]}, "note.json"))
    return Resource("note", title, "", "note.csv", (), 0, found)


def resource(*fields: Mapping[str, Any]) -> Sequence[Any]:
    """Return the fields of `table`."""
    return table(*fields).schema.fields
