"""The `mingge` object of datapackage.json: what it leaves out has a default, what it misspells is an error.

The day and the length of the period are bounded so that every date that is computed from them exists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from builder.calendar.bounds import FIRST_DAY, LAST_DAY
from builder.language import mark
from builder.load.metaschema import SETTINGS, judge, refuse_unknown
from builder.load.near import nearest
from builder.load.properties import Properties
from builder.model import GeometryFile, Settings

__all__ = ["settings"]

MONTHS = (1, 600)
"""Fifty years."""

DEFAULT_ZONE = "Asia/Shanghai"

PERSONS = (2, 10**6)
SMALL = (4, 1000)

SHAPES_PATH = re.compile(r"(?:[a-z][a-z0-9_]{0,59}/)*[a-z][a-z0-9_]{0,59}\.geojson")
HOST = re.compile(r"(?:\*\.)?(?:[a-z0-9-]+\.)+[a-z0-9-]+")


def settings(source: Properties) -> Settings:
    """Return the parsed settings. Raises BuilderError, or notes what is wrong."""
    source = replace(source, hint=mark("compare with a fresh `mingge demo`"))
    judge(source, SETTINGS)
    refuse_unknown(source, SETTINGS)
    single = mark("below 2 the figures of single persons could be recognised")
    years = mark("the figures cover so many months up to as_of; 600 are fifty years")
    lowered = source.inner("severities")
    return Settings(
        as_of=day(source),
        demonstration=source.flag("demonstration"),
        timezone=timezone(source),
        calendar=calendar(source),
        period_months=source.whole("period_months", 12, MONTHS, years),
        minimum_denominator=source.whole("minimum_denominator", 10, PERSONS, single),
        minimum_ballots=source.whole("minimum_ballots", 10, PERSONS, single),
        minimum_ranked=source.whole("minimum_ranked", 10, PERSONS, single),
        nested_codes=source.flag("nested_codes", True),
        severities=severities(lowered),
        repository=repository(source),
        minimum_cell=source.whole("minimum_cell", 5, SMALL, mark("below 4 a small count is one of two numbers")),
        closing_days=source.whole("closing_days", 15, (0, 90), mark("a quarter is closed before the next one ends")),
        shown_releases=source.whole("shown_releases", 30, (1, 1000), mark("older ones are told as counts by month")),
        stale_days=source.whole("stale_days", 30, (7, 366), mark("pages say after so many days that no data came")),
        held_fewer_rows_pct=source.whole("held_fewer_rows_pct", 30, (1, 100), mark("100: only files without a row")),
        allowed_hosts=allowed_hosts(source),
        geometry=geometry(source),
        places={
            "as_of": source.at("as_of"),
            **{code: lowered.at(code) for code in lowered.source},
        } if source.document else {},
    )


def repository(source: Properties) -> Literal["public", "private"]:
    """Return who may read the package; one that does not say is held to what anybody may read."""
    found = source.line("repository", "public")
    if found == "private":
        return "private"
    if found != "public":
        source.refuse(
            "repository", mark("{where}: “{key}” is {found}"),
            mark("write “public” where anybody may read the folder, “private” where only staff may"),
        )  # fmt: skip
    return "public"


def geometry(source: Properties) -> GeometryFile | None:
    """Return which file holds the shapes of places; None for no file."""
    if "geometry" not in source:
        return None
    item = source.inner("geometry")
    if not isinstance(source.source["geometry"], dict):
        return None
    for extra in sorted(set(item.source) - set(GeometryFile._fields)):
        near = nearest(extra, GeometryFile._fields)
        item.refuse(
            extra, mark("{where}: “{key}” is not known"),
            mark("did you mean “{near}”?") if near else mark("write path, key and publish, and nothing else"),
            near=near,
        )  # fmt: skip
    path, key = (item.attempt(partial(item.needed, name)) for name in ("path", "key"))
    publish = item.line("publish", "never")
    if path is not None and not SHAPES_PATH.fullmatch(path):
        item.refuse(
            "path", mark("{where}: “{key}” is {found}, which is not the name of a file that works everywhere"),
            mark("use a–z, 0–9 and _, at most 60 of them, and .geojson"),
        )  # fmt: skip
    if key is not None and key not in ("grid_id", "area_id"):
        item.refuse(
            "key", mark("{where}: “{key}” is {found}"),
            mark("write grid_id or area_id: the property of the features that holds the codes"),
        )  # fmt: skip
    # what lies in a public package can be read there, whatever it says of itself
    if publish != "public" and (publish != "never" or source.source.get("repository", "public") == "public"):
        item.refuse(
            "publish", mark("{where}: “{key}” is {found}"),
            mark("write “public” where anybody may see the shapes; others belong into a private package only"),
        )  # fmt: skip
    return GeometryFile(path or "", key or "", "public" if publish == "public" else "never")


def allowed_hosts(source: Properties) -> tuple[str, ...]:
    """Return the hosts that addresses in cells may lead to."""
    found = source.lines("allowed_hosts")
    if not all(HOST.fullmatch(item) for item in found):
        source.refuse(
            "allowed_hosts", mark("{where}: “{key}” must be a list of hosts, but is {found}"),
            mark("write them like www.huaian.gov.cn, or *.gov.cn for every host below gov.cn"),
        )  # fmt: skip
    return found


def severities(source: Properties) -> Mapping[str, str]:
    """Return code → reason of every check that is lowered to a warning; which checks there are is not known here."""
    found = {}
    for code in source.source:
        item = source.inner(code)
        others = sorted(set(item.source) - {"severity", "reason"})
        for extra in others:
            item.refuse(
                extra, mark("{where}: “{key}” is not known"), mark("write severity and reason, and nothing else")
            )
        if not isinstance(source.source[code], dict):
            continue
        level = item.attempt(partial(item.needed, "severity"))
        if level not in (None, "warning"):
            item.refuse(
                "severity", mark("{where}: “{key}” is {found}"),
                mark("write “warning”: a rule can be lowered, not raised and not turned off"),
            )  # fmt: skip
        reason = item.line("reason").strip()
        if not reason and not others and isinstance(item.source.get("reason", ""), str):
            item.refuse(
                "reason", mark("{where}: “{key}” is missing or empty"),
                mark("say in a sentence why the rule is not kept here; the page of data quality shows it"),
            )  # fmt: skip
        found[code] = reason
    return found


def day(source: Properties) -> date | None:
    """Return the day that `as_of` writes, None when it is null or empty."""
    text = "" if source.source.get("as_of") is None else source.line("as_of")
    if not text:
        return None
    try:
        found = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        found = None
    if found is None or not FIRST_DAY <= found <= LAST_DAY:
        return source.instead(
            None, "as_of", mark("{where}: “{key}” must be a day from {first} to {last}, but is {found}"),
            mark("write it like 2026-10-31, or write null for the day on which the site is built"),
            first=FIRST_DAY, last=LAST_DAY,
        )  # fmt: skip
    return found


def timezone(source: Properties) -> str:
    name = source.line("timezone", DEFAULT_ZONE)
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):  # a path, an unknown name, a folder of zones
        near = nearest(name, available_timezones(), 0.85)
        return source.instead(
            DEFAULT_ZONE, "timezone", mark("{where}: “{key}” must be a time zone, but is {found}"),
            mark("did you mean “{near}”?") if near else mark("write it like Asia/Shanghai"), near=near,
        )  # fmt: skip
    return name


def calendar(source: Properties) -> str:
    name = source.line("calendar")
    if name not in ("", "CN"):
        source.refuse("calendar", mark("{where}: “{key}” is {found}"), mark("use CN, or leave it empty"))
    return name
