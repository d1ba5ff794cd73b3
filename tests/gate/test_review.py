"""What people review: names to read, waivers to complete, mobiles that a row makes official, the text of PDFs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from builder.cli import app
from builder.gate import UnreadableError, hits, pdf_text
from tests.console import said
from tests.gate.test_planted import plant
from tests.sharing import by_day


def printed(*arguments: object) -> list[str]:
    result = CliRunner().invoke(app, [str(item) for item in arguments])
    assert (result.exit_code, result.exception) == (0, None)
    return result.stdout.splitlines()


def test_what_looks_like_a_name_is_listed_with_its_place_and_what_stands_around_it(
    own_package: Path, english: Path
) -> None:
    plant(own_package, {("feedback", "question"): "王大妈说楼道灯坏了", ("disclosure", "text"): "居民张三反映，已办。"})

    lines = printed("names", own_package, "--config", english)

    assert any(line.startswith("feedback.csv row 2 ") and line.endswith("王大妈说楼道灯坏了") for line in lines)
    assert any(line.startswith("disclosure.csv row 2 ") and "居民张三反映" in line for line in lines)
    assert lines[-1].startswith("2 places may name a person.")


def test_a_row_that_the_command_writes_lets_this_number_pass_and_no_other(own_package: Path, english: Path) -> None:
    plant(own_package, {("feedback", "question"): "请打138-0000-0000"})
    header, row = printed("waivers", own_package, "--config", english)
    assert row == f"feedback,question,mobile,{hits('13800000000')[0].digest},,,"

    written = f"{header}\n{row.removesuffix(',,,')},经批准公开的值班手机,网格长,2027-10-31\n"
    (own_package / "waivers.csv").write_text(written, encoding="utf-8")
    assert said("check", own_package, "--config", english)[0] == 0

    plant(own_package, {("feedback", "question"): "请打138-0000-0001"})
    code, lines = said("check", own_package, "--config", english)
    told = ["personal-data" in line for line in lines], ["waiver-unused" in line for line in lines]
    assert (code, *map(sum, told)) == (1, 1, 1)


def edit(path: Path, change: Any) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    change(value)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


@pytest.mark.parametrize(("word", "code"), by_day([("是", 0), ("否", 1), ("", 1)], 2))
def test_a_mobile_is_a_work_telephone_only_where_its_row_says_so(
    word: str, code: int, own_package: Path, english: Path
) -> None:
    def change(schema: Any) -> None:
        phone = next(field for field in schema["fields"] if field["name"] == "work_phone")
        phone["official"] = "is_official"
        own = {"name": "is_official", "type": "boolean", "title": "是否公用手机", "publish": "public"}
        schema["fields"].append({**own, "trueValues": ["是"], "falseValues": ["否"]})

    edit(own_package / "schemas" / "grid.json", change)
    path = own_package / "grid.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    lines = [f"{header},is_official", *(f"{row},{word if number == 0 else ''}" for number, row in enumerate(rows))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    plant(own_package, {("grid", "work_phone"): "138-0000-0000", ("feedback", "reply"): "值班手机138 0000 0000"})

    assert said("check", own_package, "--config", english)[0] == code


def test_a_rule_that_guards_persons_cannot_be_lowered(own_package: Path, english: Path) -> None:
    lowered = {"personal-data": {"severity": "warning", "reason": "没有理由"}}
    edit(own_package / "datapackage.json", lambda value: value["mingge"].update(severities=lowered))

    code, lines = said("check", own_package, "--config", english)

    assert (code, lines[0].endswith("“personal-data” cannot be lowered: pages or figures rest on it")) == (2, True)


# ── PDFs ─────────────────────────────────────────────────────────────────────────────────────────


def pdf(text: str, pages: int = 1) -> bytes:
    """Return a PDF that shows `text` on each of its pages."""
    content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    kids = " ".join(f"{5 + number} 0 R" for number in range(pages))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
          b" /Resources << /Font << /F1 3 0 R >> >> >>"] * pages,
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table + end


def test_the_text_of_a_pdf_that_a_row_names_is_searched(own_package: Path, english: Path) -> None:
    (own_package / "attachments" / "a.pdf").write_bytes(pdf("tel 138-0000-0000"))
    plant(own_package, {("disclosure", "attachment"): "a.pdf"})

    code, lines = said("check", own_package, "--config", english)

    (line,) = [line for line in lines if "personal-data" in line]
    assert (code, line.startswith("  attachments/a.pdf “")) == (1, True)
    assert "1380" not in line
    assert "0000" not in line


def test_a_pdf_that_is_too_long_or_broken_is_not_taken_for_clean(tmp_path: Path) -> None:
    for name, data in {"long": pdf("x", 201), "broken": pdf("x")[:200]}.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UnreadableError):
            pdf_text(tmp_path / name)
    (tmp_path / "good").write_bytes(pdf("tel 138", 200))
    assert pdf_text(tmp_path / "good").count("tel 138") == 200
