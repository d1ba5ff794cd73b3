"""The program's sentences: the stages, and a remark in one line."""

from __future__ import annotations

from builder.language import Translator, fill, mark, said
from builder.model import Remark

__all__ = ["STAGES", "sentence"]

STAGES = {
    "load": mark("Reading the files"), "validate": mark("Looking at every cell"),
    "check": mark("Holding the rules against the tables"),
    "count": mark("Counting"), "protect": mark("Leaving out what may not be published"),
    "measure": mark("Working out the figures"), "shell": mark("Building the shell"),
    "downloads": mark("Writing the downloads"),
    "pages": mark("Writing the pages"), "search": mark("Making the search index"),
    "release": mark("Swapping the site in"), "intake": mark("Taking in what may be published"),
}  # fmt: skip


def sentence(item: Remark, translate: Translator, *, with_fix: bool = True) -> str:
    """Return a remark in one line: file, row, column, what is wrong, what to do (unless left out), code."""
    path, row, letter = item.address
    place = path
    if row:
        place += "  " + fill(translate, mark("row {row}"), {"row": row})
    if letter:
        place += " " + fill(translate, mark("column {letter}"), {"letter": letter})
    message, fix = said(translate, item.message)
    fix = fix if with_fix else ""
    text = fill(translate, mark("{message}. {fix}") if fix else mark("{message}."), {"message": message, "fix": fix})
    whole = mark("{place} “{column}”: {text} [{code}]") if item.column else mark("{place}: {text} [{code}]")
    return fill(translate, whole, {"place": place, "column": item.column, "text": text, "code": item.code})
