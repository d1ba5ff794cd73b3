"""What may be published although it looks personal: telephones of offices, codes of places, what was waived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd
import pyarrow as pa

from builder.gate.hit import Hit, Kind
from builder.gate.screen import found
from builder.model import Field, Needs, Tables, Use

__all__ = ["NEEDS", "WAIVERS", "Allowed", "allowed", "texts"]

WAIVERS = "waivers"
"""The table of what was waived; it is not published."""

NEEDS = (
    Needs(
        WAIVERS,
        ("resource", "field", "digest"),
        (
            Use("resource"), Use("field"), Use("kind"), Use("digest"),
            Use("reason", figure=False), Use("approved_by", figure=False), Use("expires_date", "date"),
        ),
    ),
)  # fmt: skip

PLACES = (("area", "area_id"), ("grid", "grid_id"))
"""Codes of fifteen digits that could be read as identity numbers, and those that they begin with."""

COMMUNITY = 12
"""Digits of a code of a place that a grid's code begins with."""

LOCAL = (7, 8)


Waiver = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Allowed:
    """`phones`: normal forms of the numbers of offices; `codes`: of places; `waived`: (table, column, digest) of every
    waiver in force, `digests`: those of all of them.
    """

    phones: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    waived: frozenset[Waiver] = frozenset()
    digests: frozenset[str] = frozenset()

    def passes(self, hit: Hit, place: tuple[str, str] | None = None) -> bool:
        """Return whether a hit may stand in the column `place`; None: on a page, where any column may be shown."""
        match hit.kind:
            case Kind.LANDLINE | Kind.MOBILE if hit.normal in self.phones:
                return True
            case Kind.IDENTITY if hit.normal in self.codes or hit.normal[:COMMUNITY] in self.codes:
                if len(hit.normal) == COMMUNITY + 3:
                    return True
            case _:
                pass
        if not self.waived:
            return False
        return (*place, hit.digest) in self.waived if place else hit.digest in self.digests

    def left(self, found: Iterable[Hit], place: tuple[str, str] | None = None) -> tuple[Hit, ...]:
        """Return the hits that may not be published."""
        return tuple(hit for hit in found if not self.passes(hit, place))

    def unquotable(self, quoted: Iterable[str]) -> frozenset[str]:
        """Return those of some texts that must not stand on a page."""
        every = found(pa.array(list(quoted), pa.large_string()))
        return frozenset(text for text, hits in every.items() if self.left(hits))


def allowed(tables: Tables, as_of: date) -> Allowed:
    """Return what the tables themselves allow on the day `as_of`."""
    phones = {number for name in tables.tables for number in telephones(tables, name)}
    codes = {
        str(code)
        for name, column in PLACES
        if name in tables and column in tables.tables[name].frame
        for code in tables.tables[name].frame[column].dropna().unique()
    }
    waived = frozenset(in_force(tables, as_of))
    return Allowed(frozenset(phones), frozenset(codes), waived, frozenset(digest for *_, digest in waived))


def in_force(tables: Tables, as_of: date) -> Iterator[Waiver]:
    """Yield table, column and digest of each waiver that has not expired."""
    if WAIVERS in tables:
        frame = tables[WAIVERS]
        frame = frame[frame["expires_date"] >= pd.Timestamp(as_of)]
        for resource, field, digest in frame[["resource", "field", "digest"]].itertuples(index=False, name=None):
            yield str(resource), str(field), str(digest)


def telephones(tables: Tables, name: str) -> Iterator[str]:
    """Yield the numbers of offices in one table, and landline numbers once more without their area code.

    A mobile number is one only where its row says so.
    """
    table = tables.tables[name]
    for field in (field for field in table.resource.schema.fields if field.phone):
        if field.name not in table.frame:
            continue
        official = official_rows(table.frame, field)
        for text, held in found(texts(table.frame[field.name])).items():
            is_official = any(hit.kind is Kind.MOBILE for hit in held) and bool(
                (official & (table.frame[field.name] == text).fillna(False)).any()
            )
            for hit in held:
                if hit.kind is Kind.LANDLINE:
                    yield hit.normal
                    yield from (hit.normal[-length:] for length in LOCAL if len(hit.normal) - length in (3, 4))
                elif hit.kind is Kind.MOBILE and is_official:
                    yield hit.normal


def official_rows(frame: pd.DataFrame, field: Field) -> pd.Series:
    """Return which rows say that their number is an official one, even if it is a mobile."""
    if field.official not in frame:
        return pd.Series(False, index=frame.index)
    return frame[field.official].fillna(False).astype(bool)


def texts(column: pd.Series) -> pa.Array | pa.ChunkedArray:
    """Return the texts of a column for the screen, those of a dictionary once each."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return pa.array(column.cat.categories.astype(object), type=pa.large_string(), from_pandas=True)
    return pa.array(column, type=pa.large_string(), from_pandas=True)
