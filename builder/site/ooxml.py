"""The XML of a workbook around its cells: Office Open XML (ECMA-376, part 1, §18), as much as a plain table needs.

The order of elements is that of the standard's schema; Excel refuses a file that has another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import IntEnum
from xml.sax.saxutils import escape, quoteattr

__all__ = ["STRINGS_END", "Style", "fixed", "letter", "sheet_end", "sheet_start", "strings_start", "workbook"]

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class Style(IntEnum):
    """How a cell is shown: its place among the `cellXfs` below."""

    NUMBER = 0
    TEXT = 1
    DATE = 2
    HEADER = 3


# 49 is “text”: a code that is edited stays text, and so does one that is typed below the last row
STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    "</fills>"
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def fixed(sheet_count: int) -> Mapping[str, str]:
    """Return path → text of the parts that do not depend on what the workbook says."""
    sheets = [f"worksheets/sheet{number}.xml" for number in range(1, sheet_count + 1)]
    targets = {**dict.fromkeys(sheets, "worksheet"), "styles.xml": "styles", "sharedStrings.xml": "sharedStrings"}
    overrides = "".join(
        f'<Override PartName="/xl/{path}" ContentType="{TYPES}.{kind}+xml"/>'
        for path, kind in {"workbook.xml": "sheet.main", **targets}.items()
    )
    return {
        "[Content_Types].xml": (
            f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": relationships({"xl/workbook.xml": "officeDocument"}),
        "xl/_rels/workbook.xml.rels": relationships(targets),
        "xl/styles.xml": STYLES,
    }


def relationships(targets: Mapping[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{path}"/>'
        for number, (path, kind) in enumerate(targets.items(), 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def workbook(sheets: Sequence[tuple[str, str]]) -> str:
    """Return xl/workbook.xml for sheets of (name, area that is filtered), the first one open."""
    listed, filters = "", ""
    for number, (name, area) in enumerate(sheets, 1):
        listed += f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        quoted, corners = name.replace("'", "''"), re.sub("([A-Z]+)([0-9]+)", r"$\1$\2", area)
        place = escape(f"'{quoted}'!{corners}")
        filters += (
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="{number - 1}" hidden="1">{place}</definedName>'
        )
    return (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView activeTab="0"/></bookViews>'
        f"<sheets>{listed}</sheets><definedNames>{filters}</definedNames></workbook>"
    )


def letter(position: int) -> str:
    """Return the letters of a column counted from 0: A … Z, AA …"""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sheet_start(area: str, columns: Sequence[tuple[float, Style]], *, is_open: bool) -> str:
    """Return a sheet's XML as far as its first row. `columns`: width in digits, and the style of cells to come."""
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{width:g}" style="{style:d}" customWidth="1"/>'
        for number, (width, style) in enumerate(columns, 1)
    )
    selected = 'tabSelected="1" ' if is_open else ""
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}"><dimension ref="{area}"/>'
        f'<sheetViews><sheetView {selected}workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    )


def sheet_end(area: str) -> str:
    """Return a sheet's XML after its last row: a filter, and no green corner at a code that looks like a number."""
    return (
        f'</sheetData><autoFilter ref="{area}"/>'
        f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors></worksheet>'
    )


def strings_start(count: int) -> str:
    """Return the XML before the workbook's `count` texts."""
    return f'{DECLARATION}<sst xmlns="{MAIN}" uniqueCount="{count}">'


STRINGS_END = "</sst>"
