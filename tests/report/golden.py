"""Write the golden files, one of each form: look at what has changed, and commit them.

    python -m tests.report.golden
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl

from builder import report
from builder.report import Document
from tests.report import made

__all__ = ["FOLDER", "FORMS", "document"]

FOLDER = Path(__file__).parent / "expected"


def document(language: str = "zh") -> Document:
    """Return the report of the package that is made by hand; of one kind five findings are named."""
    return report.document(made.checked(), language, made.CODES, 5)


def workbook(of: Document) -> str:
    """Return what a person sees in the coloured workbook of grid.csv: text, colour and comment of each cell."""
    rows = [line.split(",") for line in made.FILES["grid.csv"].splitlines()]
    book = openpyxl.load_workbook(io.BytesIO(report.coloured(of, "grid.csv", rows)))
    lines = []
    for sheet in book:
        lines.append(f"== {sheet.title} {sheet.freeze_panes or ''}")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None or cell.comment:
                    colour = cell.fill.fgColor.rgb if cell.fill.fill_type else ""
                    comment = f" # {cell.comment.text!r}" if cell.comment else ""
                    lines.append(f"{cell.coordinate} {colour} {cell.number_format} {cell.value!r}{comment}")
    return "\n".join(lines) + "\n"


FORMS: Mapping[str, Callable[[Document], str]] = {
    "report.json": lambda of: "".join(report.as_json(of)),
    "report.csv": lambda of: "".join(report.as_csv(of)),
    "report.html": report.as_html,
    "report.xml": report.as_junit,
    "report.md": report.as_markdown,
    "console.txt": lambda of: "\n".join(line.text for line in report.as_console(of)) + "\n",
    "github.txt": lambda of: "\n".join(report.as_github(of, "datasets")) + "\n",
    "workbook.txt": workbook,
}


def main() -> None:
    """Write all of them, in both languages."""
    FOLDER.mkdir(exist_ok=True)
    for language in ("zh", "en"):
        for name, form in FORMS.items():
            text = form(document(language))
            (FOLDER / f"{language}-{name}").write_bytes(text.encode())


if __name__ == "__main__":
    main()
