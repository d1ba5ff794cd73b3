"""Tables that nothing reads: published as they are, but on no page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder import changes, gate, places
from builder.language import mark
from builder.model import Address, Finding, Message, Package, Severity
from builder.subjects.subject import AnySubject

__all__ = ["resources"]


def resources(package: Package, subjects: Sequence[AnySubject]) -> Iterator[Finding]:
    """Yield a warning for each resource that no subject knows."""
    known = {needs.resource for needs in (*places.NEEDS, *gate.NEEDS, *changes.NEEDS)}
    known |= {needs.resource for subject in subjects for needs in subject.needs}
    missing = tuple(sorted(known - set(package.resources)))
    for name, resource in package.resources.items():
        if name not in known:
            yield Finding(
                "resource-unknown", Severity.WARNING, name, Address("datapackage.json"),
                Message(
                    mark("no page shows the table “{title}” ({name}); it is only offered for download"),
                    mark("Rename it if it is one of: {known}. Otherwise nothing needs to be done.")
                    if missing
                    else mark("Nothing needs to be done if that is what you want."),
                    {"title": resource.title, "name": name, "known": missing},
                ),
            )  # fmt: skip
