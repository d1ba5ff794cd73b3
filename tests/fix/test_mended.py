"""A file in, what is told of it, and the file that comes out: cases that a clerk could read (mended.yaml)."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
import yaml

from builder import fix
from builder.cli.mended import changes
from builder.language import said, translator
from builder.pipeline import Opened

CASES = {case["name"]: case for case in yaml.safe_load((Path(__file__).parent / "mended.yaml").read_text("utf-8"))}
CHINESE = translator("zh")


def outcome(opened: Opened, case: dict[str, Any], data: bytes, name: str = "area.csv") -> tuple[bytes, list[str], str]:
    resource = opened.package.resources[case["table"]]
    found = fix.fixed(resource, name, data, **case.get("options", {}))
    told = fix.told(resource, name, found.changes, is_sure=found.is_sure)
    refused = said(CHINESE, found.refused)[0] if found.refused else ""
    return found.data, list(changes(opened.told(told), CHINESE)), refused


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_mended_as_the_case_says_and_running_it_twice_changes_nothing(name: str, opened: Opened) -> None:
    case = CASES[name]
    data = case["text"].encode(case.get("encode", "utf-8"))
    expected = case["out"].encode() if "out" in case else data

    assert outcome(opened, case, data) == (expected, case.get("told", []), case.get("refused", ""))
    assert outcome(opened, case, expected) == (expected, [], case.get("refused", ""))


def test_a_packed_file_is_mended_and_packed_the_same_every_time(opened: Opened) -> None:
    case = {"table": "area"}
    text = "\ufeffarea_id,name,level,parent_id\n320812,清江浦区,district,\n"

    data, told, _ = outcome(opened, case, gzip.compress(text.encode()), "area.csv.gz")

    assert gzip.decompress(data).decode() == text[1:]
    assert told == ["  文件开头看不见的标记：1 处"]
    assert outcome(opened, case, gzip.compress(text.encode()), "area.csv.gz")[0] == data
    assert outcome(opened, case, data, "area.csv.gz")[0] == data


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"PK\x03\x04", b"\n\n", b'a,"b', b"\x00" * 50, b"%PDF-1.4"])
def test_what_cannot_be_read_is_left_alone_and_said(data: bytes, opened: Opened) -> None:
    found = fix.fixed(opened.package.resources["area"], "area.csv", data)

    assert (found.data, found.changes) == (data, ())
    assert found.refused
