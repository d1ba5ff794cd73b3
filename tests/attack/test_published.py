"""Public packages, attacked with nothing but their files: the demonstration, random ones, nights, corrections, leaks.

What a reader believes is held against the private package, so that an attack that fails does not fail for a mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from builder import intake
from builder.control import Status
from builder.errors import BuilderError
from builder.intake import closing
from builder.intake.closing import COLUMNS
from builder.subjects.case import making, statistics
from builder.subjects.case.units import units
from tests.attack.random_packages import Private, a_day_later, a_package, taken_in
from tests.attack.reader import KEY, Breach, Reader, printed, rows, told
from tests.attack.truth import Truth
from tests.sharing import by_day

DATASETS = Path(__file__).parents[2] / "datasets"


def test_the_demonstration_tells_no_more_than_its_labels() -> None:
    reader = Reader().read(DATASETS)

    assert len(reader.hidden) > 200
    assert reader.breaches() == []


def attacked(folder: Path, seed: int, size: int | None = None) -> int:
    """Attack the package of one night; return how many cells were asked about."""
    private = a_package(folder / "private", seed, size)
    taken_in(private, folder / "public")
    reader, truth = Reader().read(folder / "public"), Truth(private.folder)
    asked = [*reader.hidden, *reader.pairs, *reader.unsaid]
    assert list(truth.mistakes(reader, [*asked, *reader.shown])) == [], "the attacker is mistaken"
    assert reader.breaches(truth.of) == []
    return len(asked)


FEW = by_day(range(24), range(5))


@pytest.mark.parametrize("seed", FEW)
def test_a_random_package_tells_no_more_than_its_labels(tmp_path: Path, seed: int) -> None:
    assert attacked(tmp_path, seed) >= 0


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(24, 240, 18))
def test_hundreds_of_random_packages_tell_no_more_than_their_labels(tmp_path: Path, first: int) -> None:
    assert sum(attacked(tmp_path / str(seed), seed) for seed in range(first, first + 18)) > 300


# ── nights ───────────────────────────────────────────────────────────────────────────────────────


def listed_only(old: Path, new: Path) -> None:
    """Assert that from one night to the next nothing moved but listed rows and whole periods that closed."""
    for file in sorted(old.rglob("*.csv")):
        if file.name not in ("case.csv", "case_statistic.csv"):
            assert file.read_bytes() == (new / file.relative_to(old)).read_bytes(), file.name
    before, after = rows(old / "case_statistic.csv"), rows(new / "case_statistic.csv")
    known = after.merge(before[["period", "revision"]].drop_duplicates())
    pd.testing.assert_frame_equal(known, before)


def two_nights(folder: Path, seed: int) -> bool:
    """Attack two nights; return whether a period closed between them."""
    private = a_package(folder / "private", seed)
    public, later = folder / "public", folder / "later"
    taken_in(private, public)
    wait = 1 if seed % 3 else 92  # every third: the next quarter closes
    then = a_day_later(private, days=wait)
    taken_in(then, later, before=public)
    listed_only(public, later)
    levels = dict(rows(later / "case_category.csv")[["category_id", "disclosure"]].itertuples(index=False, name=None))
    assert set(rows(later / "case.csv")["category_id"].map(levels)) <= {"逐件公开"}
    reader = Reader().read(public).read(later)
    assert reader.breaches() == []
    return len(rows(later / "case_statistic.csv")) > len(rows(public / "case_statistic.csv"))


@pytest.mark.parametrize("seed", by_day([1, 2, 3, 6, 8, 9], [1, 3]))
def test_from_night_to_night_only_listed_rows_move_until_a_period_closes(tmp_path: Path, seed: int) -> None:
    assert two_nights(tmp_path, seed) == (seed % 3 == 0)


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(300, 400, 20))
def test_from_night_to_night_nothing_else_moves_in_a_hundred_packages(tmp_path: Path, first: int) -> None:
    for seed in range(first, first + 20):
        two_nights(tmp_path / str(seed), seed)


def test_what_closes_is_the_same_in_whichever_order_the_days_before_it_came(tmp_path: Path) -> None:
    """Cases of the open quarter are shifted by days: the night on which it closes says the same."""
    private = a_package(tmp_path / "private", 5, 400)
    then = a_day_later(private, days=120)
    taken_in(then, tmp_path / "one")
    case = then.case.copy()
    inside = case["received_date"].between("2026-01-10", "2026-02-20")
    hidden = inside & ~case["category_id"].isin(listed_of(tmp_path / "one"))
    assert hidden.sum() > 5
    shifted = pd.to_datetime(case.loc[hidden, "received_date"]) + pd.to_timedelta(3, unit="D")
    case.loc[hidden, "received_date"] = case.loc[hidden, "responded_date"] = shifted.dt.strftime("%Y-%m-%d")
    case.loc[hidden, ["resolved_date", "stage", "outcome", "satisfaction"]] = ["", "办理中", "", ""]
    then.save(case)
    taken_in(then, tmp_path / "two")

    one, two = (counts[~counts["measure"].isin(["kept", "late"])].reset_index(drop=True)
                for counts in (printed(tmp_path / "one"), printed(tmp_path / "two")))  # fmt: skip
    pd.testing.assert_frame_equal(one, two)
    assert (tmp_path / "one/case.csv").read_bytes() == (tmp_path / "two/case.csv").read_bytes()


def listed_of(public: Path) -> set[str]:
    category = rows(public / "case_category.csv")
    return set(category.loc[category["disclosure"] == "逐件公开", "category_id"])


# ── corrections ──────────────────────────────────────────────────────────────────────────────────


def corrected(folder: Path, seed: int, periods: tuple[str, ...] = ("2025-Q2", "2025")) -> bool:
    """Correct a period, by a few cases or by many; attack both releases. Return whether it was published."""
    private = a_package(folder / "private", seed, 700)
    taken_in(private, folder / "public")
    old = Truth(private.folder)
    then = a_day_later(private)
    chance, case = then.chance, private.case.copy()
    inside = case.index[case["received_date"].between("2025-04-01", "2025-06-30")]
    some = chance.choice(inside, min(len(inside), int(chance.choice([1, 2, 40]))), replace=False)
    case.loc[some, "grid_id"] = str(chance.choice(then.grids))
    if seed % 2:  # others come late: enough of them, all in one category and grid
        late = case.loc[np.repeat(some[:1], 12)].assign(case_id=[f"Z{n}" for n in range(12)])
        case = pd.concat([case, late], ignore_index=True)
    then = then.save(case)
    try:
        taken_in(then, folder / "later", before=folder / "public", revised=periods)
    except BuilderError:
        return False
    listed_only(folder / "public", folder / "later")
    reader = Reader().read(folder / "public").read(folder / "later")
    new, counts = Truth(private.folder), printed(folder / "public")
    first = set(counts[["period", "revision"]].itertuples(index=False, name=None))

    def truth(cell: Any) -> int | None:
        return (old if cell[2:4] in first else new).of(cell)

    for which in (old, new):
        cells = [cell for cell in (*reader.hidden, *reader.shown) if (cell[2:4] in first) == (which is old)]
        assert list(which.mistakes(reader, cells)) == []
    assert [one for one in reader.breaches(truth) if one.kind != "pair"] == []
    assert reader.changes() == []
    return any(cell[3] > 1 for cell in reader.shown)


@pytest.mark.parametrize("seed", by_day([401, 403, 405, 406, 407, 411], [401, 406]))
def test_a_correction_tells_no_change_of_a_few(tmp_path: Path, seed: int) -> None:
    corrected(tmp_path, seed)


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(420, 500, 20))
def test_corrections_of_many_packages_tell_no_change_of_a_few(tmp_path: Path, first: int) -> None:
    published = [corrected(tmp_path / str(seed), seed) for seed in range(first, first + 20)]

    assert 0 < sum(published) < 20


# ── planted: what must be found ──────────────────────────────────────────────────────────────────


class Whatever:
    """Equal to everything."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


def kinds(found: list[Breach]) -> set[str]:
    return {one.kind for one in found}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Private:
    """Return a package of a few hundred cases of which nothing is told as it is."""
    return a_package(tmp_path_factory.mktemp("plain") / "private", 28, 900)


def told_of(private: Private, folder: Path, **options: bool) -> list[Breach]:
    taken_in(private, folder)
    return Reader().read(folder, **options).breaches(Truth(private.folder).of)


def only_small(values: Any, parent: Any, k: int, *, zero_is_sensitive: bool = False, order: Any = None) -> Any:
    lowest = 0 if zero_is_sensitive else 1
    return np.where((values >= lowest) & (values < k), Status.FEWER, Status.SHOWN).astype(np.int8)


def test_without_a_leak_the_same_package_tells_nothing(plain: Private, tmp_path: Path) -> None:
    assert told_of(plain, tmp_path / "public", deep=True) == []


def test_leak_small_cells_alone_are_hidden(plain: Private, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "protected", only_small)

    assert "label" in kinds(told_of(plain, tmp_path / "public"))


def test_leak_a_year_is_told_although_a_quarter_is_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Everything(dict[Any, Any]):
        def get(self, _key: Any, _other: Any = None) -> Whatever:
            return Whatever()

    monkeypatch.setattr(statistics, "sums", lambda *_: Everything())

    assert "label" in kinds(told_of(a_package(tmp_path / "private", 29, 600), tmp_path / "public"))


def test_leak_a_year_is_told_although_it_is_not_the_sum_of_its_quarters(
    plain: Private, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two cases of June come in when the quarters are frozen and the year is not."""
    real = statistics.__dict__["sums"]
    monkeypatch.setattr(statistics, "sums", lambda *given: dict.fromkeys(real(*given), Whatever()))
    taken_in(plain, tmp_path / "before")
    counts = rows(tmp_path / "before/case_statistic.csv")
    counts[counts["period"] != "2025"].to_csv(tmp_path / "before/case_statistic.csv", index=False)
    extra = plain.case[plain.case["received_date"].str.startswith("2025-06")].groupby("category_id").head(2)
    later = plain.save(pd.concat([plain.case, extra.assign(case_id="Z" + extra["case_id"])], ignore_index=True))
    try:
        taken_in(later, tmp_path / "public", before=tmp_path / "before")
    finally:
        plain.save(plain.case)

    assert "difference" in kinds(Reader().read(tmp_path / "public").breaches())


def test_leak_grids_are_told_where_one_is_small(
    plain: Private, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def by_grid(make: Any, code: str, grids: pd.Series, communities: set[str]) -> pd.DataFrame:
        below = [grid for one in sorted(communities) for grid in make.tree.grids.get(one, ())]
        counts = np.array([int((grids == grid).sum()) for grid in below], dtype=np.int64)
        hidden = only_small(counts, None, make.limits[code].least)
        return cast(pd.DataFrame, make.words.rows("received", code, tuple(below), counts, hidden))

    monkeypatch.setattr(statistics, "by_grid", by_grid)

    assert "label" in kinds(told_of(plain, tmp_path / "public"))


def and_rows(more: Callable[[Any, Any, Any, Any], pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    real = statistics.cells

    def cells(tables: Any, tree: Any, policy: Any, when: Any) -> pd.DataFrame:
        return pd.concat([real(tables, tree, policy, when), more(tables, tree, policy, when)], ignore_index=True)

    return cells


def with_a_table(monkeypatch: pytest.MonkeyPatch, more: Callable[[Any, Any, Any, Any], pd.DataFrame]) -> None:
    """Add rows to what is counted of cases."""
    real, cells = closing.wanted, and_rows(more)
    monkeypatch.setattr(
        closing, "wanted", lambda *given: [(name, one._replace(cells=cells)) for name, one in real(*given)]
    )


def test_leak_a_total_of_a_grid_includes_what_is_protected(
    plain: Private, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def total(tables: Any, _tree: Any, _policy: Any, when: Any) -> pd.DataFrame:
        case = statistics.of_period(tables, when.span).received if when.is_year else tables["case"].head(0)
        found = case["grid_id"].value_counts()
        return pd.DataFrame({
            "place_id": found.index.astype(str), "measure": "收到", "item": "-",
            "count": found.to_numpy(), "status": None,
        })  # fmt: skip

    with_a_table(monkeypatch, total)

    assert "unsaid" in kinds(told_of(plain, tmp_path / "public", deep=True))


def test_leak_ratings_of_streets_stand_beside_those_of_the_district(
    plain: Private, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ratings(make: Any, case: pd.DataFrame, _known: Any) -> Any:
        streets, hits = units(make.tree, 2), make.tables.values("case", "satisfaction", "favourable")
        rated = case["satisfaction"]
        good = streets.counts(case.loc[rated.isin(hits), "grid_id"])
        bad = streets.counts(case.loc[rated.notna() & ~rated.isin(hits), "grid_id"])
        hidden = np.where(np.minimum(good, bad) >= make.least, Status.SHOWN, Status.WITHHELD).astype(np.int8)
        for measure, values in (("satisfied", good), ("dissatisfied", bad)):
            yield make.words.rows(measure, "", streets.codes, values, hidden)

    monkeypatch.setattr(statistics, "ratings", ratings)

    assert "pair" in kinds(told_of(plain, tmp_path / "public"))


def test_leak_a_median_over_two(plain: Private, tmp_path: Path) -> None:
    taken_in(plain, tmp_path / "public")
    file = tmp_path / "public/case_statistic.csv"
    counts = rows(file)
    counts.assign(median_days=counts["status"].eq("少于下限").map({True: "7.5", False: ""})).to_csv(file, index=False)

    assert "figure" in kinds(Reader().read(tmp_path / "public").breaches())


def test_leak_a_release_a_day_later_counts_its_periods_anew(
    plain: Private, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_in(plain, tmp_path / "public")
    empty = pd.DataFrame(columns=COLUMNS).astype({"revision": "Int64", "count": "Int64"})
    monkeypatch.setattr(intake, "kept", lambda *_: {"case_statistic": empty})
    try:
        taken_in(a_day_later(plain), tmp_path / "later", before=tmp_path / "public")
    finally:
        plain.save(plain.case)

    assert "change" in kinds(Reader().read(tmp_path / "public").read(tmp_path / "later").breaches())
    with pytest.raises(AssertionError):
        listed_only(tmp_path / "public", tmp_path / "later")


# ── what is said by saying nothing ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("k", [4, 5, 7])
@pytest.mark.parametrize("number", [2, 3])
def test_grids_that_are_not_told_may_have_all_that_a_label_would_allow(k: int, number: int) -> None:
    """A community is broken down only if no grid is small; where it is not, somebody knows that one is."""
    for total in range(3 * k):
        tables = [parts for parts in np.ndindex(*[total + 1] * number) if sum(parts) == total]
        silent = [parts for parts in tables if any(0 < part < k for part in parts)]
        for grid in range(number):
            values = {parts[grid] for parts in silent}
            if total >= k:
                assert not told(min(values), max(values), k, 1), (total, values)


def test_what_is_told_of_a_cell_without_a_label() -> None:
    assert [told(*known, 5, 1) for known in ((3, 3), (2, 4), (1, 3), (0, 1))] == [True] * 4
    assert [told(*known, 5, 1) for known in ((0, 0), (0, 4), (1, 4), (7, 7), (2, 30), (0, 3))] == [False] * 6
    assert told(0, 0, 5, 0)


def test_every_key_is_published_once() -> None:
    counts = rows(DATASETS / "case_statistic.csv")

    assert not counts.duplicated(KEY).any()
