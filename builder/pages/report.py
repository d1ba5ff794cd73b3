"""How to raise something: whom to call, what happens next, and what is published of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from builder.language import mark
from builder.model import OnDuty, Pledge
from builder.pages.sources import Sources

__all__ = ["Contact", "Report", "contact", "heading", "report"]


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone and whose it is: `post` is what the package calls them, `name` "" where it is an office's.

    `on_duty`: when it is answered on the day that the data describes, as far as the package says.
    """

    post: str
    name: str
    phone: str
    on_duty: tuple[OnDuty, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Whom to call first (None: no number is known), whom to call when that was no use, and what is promised."""

    first: Contact | None
    supervision: Contact | None
    pledges: tuple[Pledge, ...]


def report(source: Sources, first: Contact | None, supervision_phone: str) -> Report:
    """Return what a page says of raising something."""
    edition = source.edition
    label = edition.label("grid", "supervision_phone")
    return Report(
        first=first,
        supervision=Contact(label, "", supervision_phone) if supervision_phone else None,
        pledges=tuple(
            item for subject in source.subjects for item in subject.pledges(source.facts(subject), edition)
        ),
    )


def contact(post: str, name: str, phone: str, on_duty: tuple[OnDuty, ...] = ()) -> Contact | None:
    """Return a telephone with the shifts in which it is answered; None where there is neither a name nor a number."""
    if not phone and not name:
        return None
    return Contact(post, name, phone, tuple(item for item in on_duty if item.phone == phone))


def heading(source: Sources) -> tuple[tuple[str, str], ...]:
    """Return anchor and heading of the section."""
    return (("report", source.edition.translate(mark("Report something"))),)
