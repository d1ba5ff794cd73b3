"""Tokens that occur nowhere else, in every cell of a private package that nobody may publish and that holds text."""

from __future__ import annotations

import csv as csv_file
import gzip
import io
import json
import re
import zipfile
from pathlib import Path

__all__ = ["TOKEN", "contents", "plant"]

TOKEN = re.compile(rb"kn[0-9]{6}zq")


def plant(folder: Path) -> int:
    """Put tokens into columns that are not public, and into the texts of rows that may not be listed; return how many.

    Values that a schema lists stay what they are there: a token would be refused before it could leak.
    """
    categories = rows(folder / "case_category.csv")
    hidden = {row["category_id"] for row in categories if row["disclosure"] != "逐件公开"}
    count = 0

    def token() -> str:
        nonlocal count
        count += 1
        return f"kn{count:06d}zq"

    for item in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        fields = json.loads((folder / item["schema"]).read_text(encoding="utf-8"))["fields"]
        free = [field for field in fields if field["type"] == "string" and "enum" not in field.get("constraints", {})]
        private = [field["name"] for field in free if field.get("publish", "never") != "public"]
        texts = [field["name"] for field in free if "pattern" not in field.get("constraints", {})]
        found = rows(folder / item["path"])
        for row in found:
            is_hidden = item["name"] == "case" and (row["category_id"] in hidden or row.get("is_void") == "是")
            names = dict.fromkeys((*private, *((*texts, "case_id") if is_hidden else ())))
            # an empty cell of feedback says that there was no call back; those of a case say nothing
            row |= {name: token() for name in names if name in row and (row[name] or item["name"] == "case")}
        if found and (private or item["name"] == "case"):
            write(folder / item["path"], found)
    return count


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv_file.DictReader(file))


def write(path: Path, found: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv_file.DictWriter(file, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, unpacked."""
    return {
        path.relative_to(folder).as_posix(): unpacked(path.read_bytes())
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


def unpacked(content: bytes) -> bytes:
    if content.startswith(b"\x1f\x8b"):
        return gzip.decompress(content)
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return b"\n".join(packed.read(name) for name in packed.namelist())
    return content
