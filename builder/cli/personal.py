"""Commands for those who review what is published: names to read, and waivers to complete. Nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from builder.cli.boundary import failures, out, parsed, progress, spoken, today
from builder.cli.order import AsOf, Config, Datasets, Lang
from builder.language import Translator, fill, mark, translator

if TYPE_CHECKING:
    from builder.pipeline import Checked

__all__ = ["names", "waivers"]


def names(
    datasets: Datasets = Path("datasets"), config: Config = Path("mkdocs.yml"), as_of: AsOf = "", lang: Lang = None
) -> None:
    """List what looks like the name of a person in public text, for people to read. Nothing is written."""
    from builder import gate

    found, translate = checked(datasets, as_of, spoken(lang, config))
    suspects = list(gate.suspects(found.tables))
    for address, column, text in suspects:
        place = {"path": address.path, "row": address.row, "letter": address.letter, "column": column, "text": text}
        out.print(fill(translate, mark("{path} row {row} column {letter} “{column}”: {text}"), place), markup=False)
    words = mark("{count} places may name a person. Read them; what is not listed here may name one too.")
    out.print(fill(translate, words, {"count": len(suspects)}), markup=False)


def waivers(
    datasets: Datasets = Path("datasets"), config: Config = Path("mkdocs.yml"), as_of: AsOf = "", lang: Lang = None
) -> None:
    """Write a row for waivers.csv for each piece of personal data found; reason, post and last day are yours to add."""
    from builder import pipeline

    found, _ = checked(datasets, as_of, spoken(lang, config))
    out.print("resource,field,kind,digest,reason,approved_by,expires_date", markup=False)
    for resource, field, kind, digest in pipeline.unwaived(found):
        out.print(f"{resource},{field},{kind},{digest},,,", markup=False)


def checked(datasets: Path, as_of: str, language: str) -> tuple[Checked, Translator]:
    """Return the package as far as its findings, which another command prints, and the translator of its language."""
    from builder import pipeline

    translate = translator(language)
    with failures(translate), progress(translate) as show:
        return pipeline.check(datasets, today, show, parsed(as_of)), translate
