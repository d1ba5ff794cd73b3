"""The rows of assessment as the public may have them, made from the rows as they are handed in.

Always holds: pure, row by row (but for which indicators are voted on in a period), and idempotent: public rows come out
as they went in. Everything behind works on these rows alone, so that no total, rank or grade holds more than they do.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Any, NamedTuple

import pandas as pd

from builder.frames import records
from builder.model import Field, Tables
from builder.subjects.assessment.formula import agree
from builder.subjects.assessment.secrecy import HUNDREDTHS, Band, Shape, Span, bands

__all__ = [
    "BANDED", "BOUNDS", "CLOSED", "FEW", "UNKNOWN", "WITHHELD", "Ballots", "ballots", "kept", "public", "steady",
    "worth",
]  # fmt: skip

FEW, BANDED, UNKNOWN, CLOSED = "few", "banded", "unknown", "closed"
WITHHELD = (FEW, BANDED, UNKNOWN, CLOSED)
"""Why something of a poll is not told: too few ballots; the votes would follow from more; what a vote is worth is not
declared, or the score is not what the votes give; columns of ballots are not public. Roles of the column `withheld`."""

SCORES = ("score_low", "score_high")
FAVOURABLE = ("favourable_low", "favourable_high")
BOUNDS = (*SCORES, *FAVOURABLE)
COUNTS = ("ballots_issued", "ballots_valid")
KEY = ("period", "branch_id", "indicator_id")

Row = Mapping[str, Any]
Cells = dict[str, object]


class Ballots(NamedTuple):
    """How polls are told. `votes`: the columns of votes; `shape`: None where the worth of a vote is not declared.

    `minimum`: fewer valid ballots are not told at all; `cell`: fewer votes for a side (for an option, where options
    have no sides) are not told as a number. `words`: role → what the column `withheld` says; `full`: indicator → full
    score. `are_public`: of all columns.
    """

    votes: tuple[Field, ...]
    shape: Shape | None
    minimum: int
    cell: int
    words: Mapping[str, str]
    full: Mapping[str, Decimal]
    are_public: bool

    @property
    def sides(self) -> Shape:
        """Return the options without the worth of a vote: what can be told of them where no score is."""
        return Shape((0,) * len(self.votes), tuple(field.vote == "favourable" for field in self.votes))


def ballots(tables: Tables) -> Ballots:
    """Return how the polls of a package are told."""
    schema, settings = tables.package.resources["assessment"].schema, tables.package.settings
    votes = tuple(field for field in schema.fields if field.vote)
    worths = tuple(field.vote_score for field in votes if field.vote_score is not None)
    known = {role: sorted(schema.values("withheld", role)) for role in WITHHELD}
    indicator = tables["indicator"][["indicator_id", "full_score"]].dropna()
    return Ballots(
        votes=votes,
        shape=Shape(worths, tuple(field.vote == "favourable" for field in votes))
        if votes and len(worths) == len(votes) else None,
        minimum=max(settings.minimum_ballots, settings.minimum_cell),
        cell=settings.minimum_cell,
        words={role: values[0] if values else role for role, values in known.items()},
        full={code: Decimal(str(full)) for code, full in indicator.itertuples(index=False, name=None)},
        are_public=all(schema[name].publish == "public" for name in COUNTS if name in schema)
        and all(field.publish == "public" for field in votes),
    )  # fmt: skip


def public(frame: pd.DataFrame, rules: Ballots) -> pd.DataFrame:
    """Return the rows of assessment with what may be told of their polls, and with the columns that say so.

    Added where they are missing: `score_low`, `score_high` (float64), `favourable_low`, `favourable_high` (Int64) and
    `withheld` (str). The rows of an indicator that is voted on in a period are all taken for polls.
    """
    added = {name: "float64" if name in SCORES else "Int64" for name in BOUNDS} | {"withheld": "str"}
    missing = {n: pd.Series(None, index=frame.index, dtype=kind) for n, kind in added.items() if n not in frame}
    frame = frame.assign(**missing)
    names = [field.name for field in rules.votes if field.name in frame]
    counted = frame[[*(name for name in COUNTS if name in frame), *names]]
    marked = frame[[*BOUNDS, "withheld"]].notna().any(axis=1) | (counted.fillna(0) > 0).any(axis=1)
    keys = pd.MultiIndex.from_frame(frame[["period", "indicator_id"]].astype("str"))
    polls = frame[keys.isin(keys[marked.to_numpy()])]
    if polls.empty:
        return frame
    columns = ["score", *counted.columns, *BOUNDS, "withheld"]
    plain = polls[["indicator_id", *columns]].astype(object)
    told = pd.DataFrame(
        [cells(row, rules) for row in records(plain.where(plain.notna(), None))], index=polls.index, columns=columns
    )
    return frame.assign(**{name: replaced(frame[name], told[name]) for name in columns})


def kept(before: pd.DataFrame, now: pd.DataFrame, rules: Ballots) -> pd.DataFrame:
    """Return the public rows `now`, with polls as they were told `before` while fewer than `cell` ballots have changed.

    Two results of almost the same votes say more than one: of a single late ballot even what it was.
    """
    told = before[before["ballots_valid"].notna()].drop_duplicates(list(KEY))
    keys, known = (pd.MultiIndex.from_frame(frame[list(KEY)].astype("str")) for frame in (now, told))
    at = pd.Series(known.get_indexer(keys), index=now.index)
    found = told.iloc[at[at >= 0]].set_axis(at.index[at >= 0])
    moved = (now.loc[found.index, "ballots_valid"] - found["ballots_valid"]).abs()
    found = found[(moved < rules.cell).fillna(False).astype(bool)]
    columns = [name for name in ("score", *COUNTS, *(field.name for field in rules.votes), *BOUNDS, "withheld")
               if name in now and name in found]  # fmt: skip
    return now.assign(**{name: replaced(now[name], found[name]) for name in columns})


def steady(before: pd.DataFrame, now: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return the public rows `now` as they may follow the public rows `before`."""
    return kept(before, now, ballots(tables)) if "ballots_valid" in before and "ballots_valid" in now else now


def replaced(column: pd.Series, told: pd.Series) -> pd.Series:
    """Return a column with the cells of `told` in their places."""
    kind: Any = "str" if isinstance(column.dtype, pd.CategoricalDtype) else column.dtype
    whole = column.astype(object)
    whole.loc[told.index] = told
    return whole.where(whole.notna(), None).astype(kind)


def cells(row: Row, rules: Ballots) -> Cells:
    """Return the cells of one poll as the public may have them, by column; a column that is not named is empty."""
    votes = [row.get(field.name) for field in rules.votes]
    has_votes = any(value is not None for value in votes)
    counts = tuple(int(value or 0) for value in votes)
    valid = row.get("ballots_valid")
    valid = sum(counts) if valid is None and has_votes else valid
    if not rules.are_public:
        return {"withheld": rules.words[CLOSED]}
    if valid is None or valid < rules.minimum:
        return {"withheld": rules.words[FEW]}
    known = {name: row.get(name) for name in COUNTS}
    if not has_votes:
        return known | banded(row, int(valid), rules)
    if sum(counts) != valid:
        return {"withheld": rules.words[UNKNOWN]}
    favourable = sum(c for field, c in zip(rules.votes, counts, strict=True) if field.vote == "favourable")
    parts = (favourable, int(valid) - favourable) if rules.sides.has_sides else counts
    if min(parts) >= rules.cell and len(counts) > 1:
        shown = dict(zip((field.name for field in rules.votes), counts, strict=True))
        exact = dict.fromkeys(FAVOURABLE, favourable if rules.sides.has_sides else None)
        return known | shown | exact | {"score": row["score"]}
    return known | hidden(row, counts, rules)


def hidden(row: Row, counts: tuple[int, ...], rules: Ballots) -> Cells:
    """Return what is told of votes of which some option has too few."""
    full, stated, valid = rules.full.get(row["indicator_id"]), row["score"], sum(counts)
    favourable = sum(c for field, c in zip(rules.votes, counts, strict=True) if field.vote == "favourable")
    if rules.shape and full and stated is not None:
        share = worth(counts, rules.shape)
        if agree(Decimal(str(stated)), Fraction(full) * share / HUNDREDTHS):
            return told((floor(share), floor(share) + 1), (favourable, favourable), valid, full, rules)
    return told(None, (favourable, favourable), valid, full, rules)


def banded(row: Row, valid: int, rules: Ballots) -> Cells:
    """Return what is told of a poll whose votes are not in the row: what the row tells, or less."""
    full = rules.full.get(row["indicator_id"])
    low, high = (value if value is not None else row["score"] for value in (row["score_low"], row["score_high"]))
    least, most = row["favourable_low"], row["favourable_high"]
    favourable = int(least) if least is not None else 0, int(most) if most is not None else valid
    if low is None or high is None or not full or not rules.shape:
        return told(None, favourable, valid, full, rules)
    hundredths = [Fraction(str(value)) * HUNDREDTHS / Fraction(full) for value in (low, high)]
    span = floor(hundredths[0]), max(ceil(hundredths[1]), floor(hundredths[0]) + 1)
    return told(span, favourable, valid, full, rules)


def told(score: Span | None, favourable: Span, valid: int, full: Decimal | None, rules: Ballots) -> Cells:
    """Return the cells of the bands that hold a score (from … up to, in hundredths; None: not told) and votes."""
    shape = rules.shape if score and rules.shape else rules.sides
    first, after = score or (0, 1)
    found = [band for band in bands(shape, valid, rules.cell) if reaches(band, first, after)]
    if not found:
        return {"withheld": rules.words[UNKNOWN]}
    spans = [(low, high) for band in found for low, high in band.favourable]
    spans = [(low, high) for low, high in spans if low <= favourable[1] and favourable[0] <= high]
    ends = (min(low for low, _ in spans), max(high for _, high in spans)) if spans else ()
    sides = dict(zip(FAVOURABLE, ends, strict=False))
    if not score or full is None:
        return sides | {"withheld": rules.words[UNKNOWN]}
    edges = min(band.low for band in found), max(band.high for band in found)
    named = {name: float(full * edge / HUNDREDTHS) for name, edge in zip(SCORES, edges, strict=True)}
    return sides | named | {"withheld": rules.words[BANDED]}


def reaches(band: Band, first: int, after: int) -> bool:
    """Return whether a band holds a hundredth from `first` up to `after`; the highest holds the full score."""
    return band.low < after and (first < band.high or first == band.high == HUNDREDTHS)


@lru_cache(1 << 14)
def worth(counts: tuple[int, ...], shape: Shape) -> Fraction:
    """Return what votes come to, in hundredths of the full score. There must be votes."""
    return Fraction(sum(count * each for count, each in zip(counts, shape.worths, strict=True)), sum(counts))
