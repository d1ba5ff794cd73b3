"""How a figure, a date or a status is written: counts first, percentage second, never a bare number.

A percentage has one decimal, rounded half up, and is left out where the denominator is small; no denominator
is a dash, never 0 %. A status is a word and a shape before it is a colour.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from builder.language import Translator, mark
from builder.model import Ratio, Status
from builder.site.markup import Html, escaped

__all__ = ["formats", "number", "percent", "size", "tel", "web"]

Formats = Mapping[str, Callable[..., object]]

CACHED = 1 << 16

RATE = mark("{counts} ({percent} %)")
ONE_DAY = mark("1 day")
DAYS = mark("{count} days")
PERIOD = mark("{year} Q{quarter}")
QUARTERS = mark("1 2 3 4")

STATUSES = {
    Status.ON_TIME: (mark("done on time"), mark("done on time")),
    Status.LATE: (mark("done late"), mark("done {days} late")),
    Status.OVERDUE: (mark("overdue"), mark("{days} overdue")),
    Status.OPEN: (mark("in progress"), mark("in progress")),
    Status.UPCOMING: (mark("not started"), mark("not started")),
    Status.DONE: (mark("done"), mark("done")),
}
"""Words, and words when a number of days is known. The shape before them is in content.css."""

DIALLED = re.compile(r"\+?[0-9\s().\-]+")
QUARTER = re.compile(r"([0-9]{4})-?Q([1-4])")


def formats(translate: Translator, minimum_denominator: int) -> Formats:
    """Return the functions that templates write figures with, by name.

    rate(ratio, unit), share(ratio), number(count), days(count), status(status, days), order_value(ratio), size(bytes),
    tel(number), web(address), period_words(period).
    """
    days = _days(translate)
    return {
        "rate": _rate(translate(RATE), minimum_denominator),
        "share": _share(minimum_denominator),
        "number": number,
        "days": days,
        "status": _status(translate, days),
        "order_value": _order_value(minimum_denominator),
        "size": size,
        "tel": lru_cache(CACHED)(tel),
        "web": web,
        "period_words": _period_words(translate(PERIOD), translate(QUARTERS).split()),
    }


def _rate(pattern: str, minimum: int) -> Callable[[Ratio, str], Html]:
    before, _, after = pattern.partition("{counts}")

    @lru_cache(CACHED)
    def rate(ratio: Ratio, unit: str = "") -> Html:
        """Return `31/35 unit (88.6 %)`; counts only under the minimum; a dash when there is nothing to count."""
        if ratio.denominator == 0:
            return Html("—")
        slash = "/<wbr>" if ratio.denominator >= 1_000 else "/"
        named = escaped(f" {unit}") if unit else ""
        counts = f"{number(ratio.numerator)}{slash}{number(ratio.denominator)}{named}"
        if ratio.denominator < minimum:
            return Html(counts)
        share = escaped(after.format(percent=percent(ratio)))
        return Html(f'{escaped(before)}{counts}<span class="mg-percent">{share}</span>')

    return rate


def _share(minimum: int) -> Callable[[Ratio], str]:
    @lru_cache(CACHED)
    def share(ratio: Ratio) -> str:
        """Return `88.6 %`; "" under the minimum, where the counts say all."""
        return f"{percent(ratio)}\N{NO-BREAK SPACE}%" if ratio.denominator >= max(minimum, 1) else ""

    return share


def _order_value(minimum: int) -> Callable[[Ratio], str]:
    def order_value(ratio: Ratio) -> str:
        """Return what a column of rates is put in order by: nothing where no percentage is shown."""
        return "" if ratio.denominator < max(minimum, 1) else f"{ratio.numerator / ratio.denominator:.6f}"

    return order_value


def number(value: int | None) -> str:
    """Return digits, with thousands separated from 10,000 up; a dash for None."""
    if value is None:
        return "—"
    return f"{value:,}" if abs(value) >= 10_000 else str(value)


def percent(ratio: Ratio) -> str:
    """Return the percentage with one decimal, rounded half up; the denominator is not 0."""
    tenths = (2_000 * ratio.numerator + ratio.denominator) // (2 * ratio.denominator)
    return f"{tenths // 10}.{tenths % 10}"


def size(byte_count: int) -> str:
    """Return a file's size in bytes, kB, MB or GB (powers of 1,000), with two or three digits."""
    value, unit = float(byte_count), "B"
    for larger in ("kB", "MB", "GB"):
        if value < 999.5:
            break
        value, unit = value / 1000, larger
    return f"{value:.0f} {unit}" if unit == "B" or value >= 9.95 else f"{value:.1f} {unit}"


def tel(text: str) -> str:
    """Return the `tel:` address of the first telephone number in `text`; "" when there is none."""
    dialled = DIALLED.match(text.strip())
    digits = re.sub(r"[^0-9+]", "", dialled[0]) if dialled else ""
    return f"tel:{digits}" if digits else ""


def web(address: str) -> str:
    """Return `address` when it is a web address; "" for anything else, such as a script."""
    return address if address.startswith(("https://", "http://")) else ""


def _days(translate: Translator) -> Callable[[int], str]:
    one, more = translate(ONE_DAY), translate(DAYS)

    @lru_cache(CACHED)
    def days(count: int) -> str:
        return one if count == 1 else more.format(count=number(count))

    return days


def _status(translate: Translator, days: Callable[[int], str]) -> Callable[[Status, int], Html]:
    words = {value: (translate(plain), translate(more)) for value, (plain, more) in STATUSES.items()}

    @lru_cache(CACHED)
    def status(value: Status, day_count: int = 0) -> Html:
        plain, counted = words[value]
        text = counted.format(days=days(day_count)) if day_count else plain
        name = escaped(str(value).replace("_", "-"))
        return Html(f'<span class="mg-{name}">{escaped(text)}</span>')

    return status


def _period_words(pattern: str, quarters: Sequence[str]) -> Callable[[str], str]:
    @lru_cache(CACHED)
    def period_words(period: str) -> str:
        """Return the words for a quarter such as 2026-Q3; any other period as it stands."""
        found = QUARTER.fullmatch(period)
        return pattern.format(year=found[1], quarter=quarters[int(found[2]) - 1]) if found else period

    return period_words
