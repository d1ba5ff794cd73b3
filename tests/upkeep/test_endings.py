"""What ends one day is said months before, and somebody is told now and then, not every night."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from builder import upkeep
from builder.calendar.workdays import announced_until
from builder.model import Message
from builder.upkeep import Ending, programs
from builder.upkeep.programs import ENGINES, PYTHON

DAY = date(2026, 11, 30)


def ending(days: int | None, ahead: int = 90) -> Ending:
    return Ending("reminder", Message("x"), None if days is None else DAY + timedelta(days), ahead)


@pytest.mark.parametrize(
    ("days", "is_near"), [(91, False), (90, True), (0, True), (-1, True), (-400, True), (None, True)]
)
def test_it_is_said_from_some_days_before_until_somebody_sees_to_it(days: int | None, is_near: bool) -> None:
    assert ending(days).is_near(DAY) is is_near


def test_somebody_is_told_each_month_then_each_day_and_weekly_when_it_is_over() -> None:
    told = [days for days in range(90, -22, -1) if ending(days).is_reminded(DAY)]
    assert told == [90, 60, 30, 14, 7, 6, 5, 4, 3, 2, 1, 0, -7, -14, -21]


def test_what_cannot_be_looked_at_is_told_on_mondays() -> None:
    week = [DAY + timedelta(days) for days in range(7)]
    assert [day.strftime("%a") for day in week if ending(None).is_reminded(day)] == ["Mon"]


def test_the_soonest_is_said_first_and_what_cannot_be_looked_at_before_it() -> None:
    found = upkeep.near([ending(9), ending(400), ending(3), ending(None)], DAY)
    assert [item.day and (item.day - DAY).days for item in found] == [None, 3, 9]


@pytest.mark.parametrize(("calendar", "days"), [("CN", [announced_until("CN")]), ("", [])])
def test_holidays_end_where_limits_follow_them(calendar: str, days: list[date]) -> None:
    assert [item.day for item in upkeep.holidays(calendar)] == days


@pytest.mark.parametrize("has_engine", [True, False])
def test_an_engine_ends_where_the_site_is_built_with_one_and_python_everywhere(has_engine: bool) -> None:
    names = [item.message.values["name"] for item in programs(has_engine=has_engine)]
    assert names == ["Python", "mkdocs-material"][: 1 + has_engine]


def test_the_python_and_the_engine_that_are_used_here_have_their_ends() -> None:
    assert ".".join(map(str, sys.version_info[:2])) in [end.version for end in PYTHON]
    assert [end.name for end in ENGINES if version(end.name).startswith(end.version)] == ["mkdocs-material"]


def certificates(path: Path, *lives: tuple[int, int]) -> Path:
    """Write certificates that are valid from and until so many days after DAY, the server's own first."""
    key, name = Ed25519PrivateKey.generate(), x509.Name([])
    texts = []
    for first, last in lives:
        begin = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)
        built = (
            x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key(), serial_number=1)
            .not_valid_before(begin + timedelta(first)).not_valid_after(begin + timedelta(last)).sign(key, None)
        )  # fmt: skip
        texts.append(built.public_bytes(serialization.Encoding.PEM))
    path.write_bytes(b"".join(texts))
    return path


@pytest.mark.parametrize(
    ("lives", "is_near"),
    [
        ([(-10, 80)], False),
        ([(-60, 30)], False),  # what renews those of 90 days does it now
        ([(-68, 22)], True),
        ([(-274, 91)], True),  # of a year: three months before
        ([(-200, 165)], False),
        ([(-60, 30), (-3000, 1)], False),
    ],
    ids=["fresh", "about to be renewed", "not renewed", "a year's last quarter", "of a year", "the authority's own"],
)
def test_a_certificate_is_told_of_in_the_last_quarter_of_its_life(
    lives: Sequence[tuple[int, int]], is_near: bool, tmp_path: Path
) -> None:
    assert upkeep.certificate(certificates(tmp_path / "chain.pem", *lives)).is_near(DAY) is is_near


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_certificate_that_cannot_be_read_is_said(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "chain.pem"
    if content is not None:
        path.write_bytes(content)
    found = upkeep.certificate(path)
    assert (found.day, found.is_near(DAY), str(found.message)) == (
        None, True, f"The certificate {path} cannot be read."
    )  # fmt: skip


@pytest.mark.parametrize(("made", "is_near"), [(date(2022, 7, 1), False), (date(2022, 5, 1), True)])
def test_a_key_ends_after_five_years(made: date, is_near: bool) -> None:
    assert upkeep.key("log.key", made).is_near(DAY) is is_near


@pytest.mark.parametrize(("days", "is_near"), [(29, False), (30, True), (300, True)])
def test_data_that_does_not_come_is_said_when_the_pages_say_it(days: int, is_near: bool) -> None:
    found = upkeep.data(DAY - timedelta(days), 30, DAY)
    assert (found.is_near(DAY), found.message.values["days"]) == (is_near, days)
