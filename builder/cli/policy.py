"""`mingge policy`: what is published, in words, and how that differs from what was agreed to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from builder.cli import report as sentences
from builder.cli.boundary import err, failures, out
from builder.language import Translator, fill, mark

if TYPE_CHECKING:
    from builder.pipeline import Checked

__all__ = ["finish", "lines"]

WAYS = (
    ("public", mark("published as it is: {names}")),
    ("ballots", mark("as it is from {number} valid ballots on: {names}")),
    ("counts", mark("only in counts: {names}")),
    ("never", mark("never: {names}")),
)
OWN = ("policy-widened", "policy-lock")
"""What is wrong with the lock itself, and what a renewal is for."""


def lines(found: Checked, translate: Translator) -> Iterator[str]:
    """Yield what is published of each table, each category, and from how many on."""
    openness = found.openness
    for resource in found.tables.package.resources.values():
        yield f"{resource.title} ({resource.name})"
        for way, words in WAYS:
            if names := openness.columns(resource, way):
                values = {"names": names, "number": openness.settings["minimum_ballots"]}
                yield "  " + fill(translate, words, values)
        for item in openness.of(resource.name):
            words = mark("{key} {name}: {word}, from {minimum} on") if item.minimum else mark("{key} {name}: {word}")
            values = {"key": item.key, "name": item.name, "word": item.word, "minimum": item.minimum}
            yield "  · " + fill(translate, words, values)
    yield translate(mark("Smallest numbers"))
    yield from (f"  {name}: {number}" for name, number in openness.settings.items())


def finish(found: Checked, folder: Path, translate: Translator, *, renew: bool) -> None:
    """Print the policy, or renew the lock; exits with 1 when more is published than was agreed to."""
    from builder import release

    renewal = found.renewal()
    if not renew:
        for line in lines(found, translate):
            out.print(line, markup=False)
        state(found, translate, folder)
        return
    others = [item for item in found.remarks(1) if item.severity.value == "error" and item.code not in OWN]
    if others:
        for item in others:
            err.print(sentences.sentence(item, translate), markup=False, style="red")
        words = mark("The lock was not renewed: mend the data first, so that all that it exposes is counted.")
        err.print(translate(words), markup=False)
        raise typer.Exit(1)
    for item in found.told(renewal.findings):
        out.print(sentences.sentence(item, translate, with_fix=False), markup=False)
    with failures(translate):
        release.write_lock(folder / renewal.file, renewal.text)
    words = mark("{path} written: {count} things are more open than before. Have the lines that changed reviewed.")
    out.print(fill(translate, words, {"path": folder / renewal.file, "count": len(renewal.findings)}), markup=False)


def state(found: Checked, translate: Translator, folder: Path) -> None:
    """Say how the package differs from its lock."""
    renewal = found.renewal()
    values = {"folder": folder}
    if renewal.is_new:
        words = mark("There is no policy.lock that can be read. `mingge policy --renew {folder}` writes it.")
        err.print(fill(translate, words, values), markup=False)
    elif renewal.findings:
        for item in found.told(renewal.findings):
            err.print(sentences.sentence(item, translate), markup=False, style="red")
        raise typer.Exit(1)
    elif renewal.is_stale:
        words = mark(
            "Less is published than policy.lock allows: `mingge policy --renew {folder}` brings it up to date."
        )
        err.print(fill(translate, words, values), markup=False)
