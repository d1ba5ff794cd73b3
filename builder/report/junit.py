"""The report as JUnit XML, which most CI servers show: a suite for each file, a case for each kind of problem in it.

An error is a failure. JUnit knows no warnings, so one is a case that passes and says something.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from builder.language import Translator, fill, mark, translator
from builder.model import Severity
from builder.report.document import Document, File, Kind, remedy, where

__all__ = ["as_junit"]

NO_XML = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})
"""What XML cannot hold; control characters do not reach a report (see `model.legible`)."""


def as_junit(document: Document) -> str:
    """Return the XML. Its second line tells it from any other (see `release.write_report`)."""
    translate = translator(document.language)
    suites = [line for file in document.files for line in suite(file, translate)]
    if not suites:
        case = f'    <testcase classname="mingge check" name={quoted(document.title)}/>'
        suites = ['  <testsuite name="mingge check" tests="1" failures="0">', case, "  </testsuite>"]
    kinds = [kind for file in document.files for kind in file.kinds]
    failures = sum(kind.severity is Severity.ERROR for kind in kinds)
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!-- mingge: report -->",
        f'<testsuites name="mingge check" tests="{len(kinds) or 1}" failures="{failures}">',
        *suites,
        "</testsuites>\n",
    ])  # fmt: skip


def suite(file: File, translate: Translator) -> Iterator[str]:
    failures = sum(kind.severity is Severity.ERROR for kind in file.kinds)
    yield f'  <testsuite name={quoted(file.path)} tests="{len(file.kinds)}" failures="{failures}">'
    for kind in file.kinds:
        name = f"{kind.field} {kind.wrong} [{kind.code}]".strip()
        yield f"    <testcase classname={quoted(file.path)} name={quoted(name)}>"
        told = written("\n".join(body(file, kind, translate)))
        if kind.severity is Severity.ERROR:
            yield f"      <failure type={quoted(kind.code)} message={quoted(summary(kind, translate))}>{told}</failure>"
        else:
            yield f"      <system-out>{told}</system-out>"
        yield "    </testcase>"
    yield "  </testsuite>"


def summary(kind: Kind, translate: Translator) -> str:
    count = fill(translate, mark("{count} places"), {"count": kind.count})
    return f"{kind.wrong} ({count})"


def body(file: File, kind: Kind, translate: Translator) -> Iterator[str]:
    for item in kind.items:
        begin = where(item, translate) if item.path == file.path else f"{item.path} {where(item, translate)}"
        yield f"{begin}: {remedy(item, translate)}"
    if kind.left:
        yield fill(translate, mark("and {count} more"), {"count": kind.left})
    yield kind.effect


def quoted(text: str) -> str:
    return quoteattr(text.translate(NO_XML))


def written(text: str) -> str:
    return escape(text.translate(NO_XML))
