"""Every code that a package can be answered with, and what it means: for the page of codes and for reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from builder.check import geometry, personal
from builder.check.codes import CODES, EXAMPLES
from builder.check.run import checks
from builder.language import mark
from builder.model import Explained, Package, Severity
from builder.rules import Check
from builder.subjects.subject import AnySubject

__all__ = ["explained"]

EFFECTS = {
    Severity.ERROR: mark("The site stays as it was until this is mended."),
    Severity.WARNING: mark("The site is updated; the remark stands on its page of data quality until this is mended."),
}


def explained(
    package: Package, subjects: Sequence[AnySubject], others: Iterable[Explained]
) -> tuple[Explained, ...]:
    """Return what each code means that `package` can be answered with; `others`: those of other stages.

    `effect` is filled in. A code that applies to several tables stands there for each.
    """
    own = (*checks(package, subjects, {}), *personal.rules(package), *geometry.rules(package))
    found = (*others, *CODES, *map(of_check, own))
    return tuple(replace(item, effect=item.effect or EFFECTS[item.severity]) for item in found)


def of_check(check: Check) -> Explained:
    wrong, right = EXAMPLES.get(check.code, (check.wrong, check.right))
    return Explained(check.code, check.severity, check.rule, "row", wrong, right, check.effect, check.resource)
