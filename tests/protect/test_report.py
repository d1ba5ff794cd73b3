"""A cell that is quoted in a finding is read by those who may read its column, and by nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder import protect
from builder.model import Address, Finding, Levels, Listed, Message, Policy, Quote, Report, Severity
from builder.protect.report import HIDDEN, SHOWN

POLICY = Policy(
    public={
        "grid": frozenset({"grid_id", "votes"}),
        "case": frozenset({"case_id", "grid_id"}),
        "mixed": frozenset({"name"}),
    },
    polls={"grid": ("votes",)},
    levels={"case": Levels("category_id", frozenset({"A01"}), frozenset(), "is_void")},
    minimum_denominator=10,
    minimum_ballots=10,
    minimum_ranked=10,
    quotable=frozenset({"grid"}),
)
ADDRESS = Address("case.csv", 7, "B")


def finding(*quotes: Quote, resource: str = "grid", severity: Severity = Severity.WARNING) -> Finding:
    """Return a finding that quotes cells in its sentence, the first of them as the cell that it is about."""
    values = {f"cell{number}": quote for number, quote in enumerate(quotes)}
    return Finding("code", severity, resource, ADDRESS, Message("says", "do", values), "栏", quotes[0])


def report(*findings: Finding) -> Report:
    return Report((Listed(findings),))


def by_staff(*quotes: Quote, resource: str = "grid") -> list[object]:
    (remark,) = protect.for_staff([finding(*quotes, resource=resource)], POLICY)
    return [remark.address, remark.value, *remark.message.values.values()]


def by_public(*quotes: Quote, resource: str = "grid") -> list[object]:
    (remark,) = protect.for_public(report(finding(*quotes, resource=resource)), POLICY).remarks
    return [remark.address, remark.value, *remark.message.values.values()]


PUBLIC, PRIVATE, UNKNOWN = Quote("grid", "grid_id", "G1"), Quote("grid", "worker", "张三"), Quote("note", "text", "x")
CASE = Quote("case", "case_id", "C1")
MIXED, VOTE = Quote("mixed", "name", "柴米"), Quote("grid", "votes", "1")


@pytest.mark.parametrize(
    ("quote", "read"),
    [(PUBLIC, "G1"), (PRIVATE, HIDDEN), (UNKNOWN, HIDDEN), (CASE, HIDDEN), (MIXED, HIDDEN), (VOTE, HIDDEN)],
)
def test_staff_see_where_it_is_and_the_cells_of_tables_that_have_nothing_private(quote: Quote, read: str) -> None:
    assert by_staff(quote) == [ADDRESS, read, read]


@pytest.mark.parametrize("quote", [PRIVATE, UNKNOWN, CASE, VOTE, PRIVATE._replace(text="")])
def test_the_public_sees_neither_a_cell_that_is_not_public_nor_where_it_stands(quote: Quote) -> None:
    read = HIDDEN if quote.text else ""
    assert by_public(quote) == [Address("case.csv"), read, read]
    assert by_public(PUBLIC, quote)[0] == Address("case.csv")


def test_the_public_sees_a_public_cell_and_where_it_stands() -> None:
    assert by_public(PUBLIC) == [ADDRESS, "G1", "G1"]


def test_the_public_is_not_told_the_row_of_a_table_whose_rows_are_not_all_published() -> None:
    assert by_staff(CASE, PUBLIC, resource="case") == [ADDRESS, HIDDEN, HIDDEN, "G1"]
    assert by_public(CASE, PUBLIC, resource="case") == [Address("case.csv"), HIDDEN, HIDDEN, HIDDEN]


def test_each_cell_of_a_sentence_is_judged_by_its_own_column() -> None:
    assert by_staff(PRIVATE, PUBLIC) == [ADDRESS, HIDDEN, HIDDEN, "G1"]
    assert by_public(PRIVATE, PUBLIC) == [Address("case.csv"), HIDDEN, HIDDEN, "G1"]


def test_an_empty_cell_is_shown_as_nothing_whoever_may_see_it() -> None:
    empty = PRIVATE._replace(text="")
    assert (by_staff(empty), by_public(empty)) == ([ADDRESS, "", ""], [Address("case.csv"), "", ""])


def test_what_is_no_cell_stays_as_it_is() -> None:
    found = Finding("code", Severity.ERROR, "grid", ADDRESS, Message("says", "do", {"count": 3, "allowed": ("a", "b")}))
    (remark,) = protect.for_staff([found], POLICY)
    assert (remark.code, remark.severity, remark.resource, remark.column, remark.value) == (
        "code", Severity.ERROR, "grid", "", "",
    )  # fmt: skip
    assert remark.message == Message("says", "do", {"count": 3, "allowed": ("a", "b")})


def test_errors_are_for_staff_alone() -> None:
    found = report(finding(PUBLIC, severity=Severity.ERROR), finding(PUBLIC))
    assert [item.severity for item in protect.for_staff(found.findings, POLICY)] == [Severity.ERROR, Severity.WARNING]
    public = protect.for_public(found, POLICY)
    assert ([item.severity for item in public.remarks], public.total) == ([Severity.WARNING], 1)


def test_the_public_reads_the_first_and_is_told_how_many_there_are() -> None:
    many = (finding(PUBLIC) for _ in range(SHOWN + 5))
    public = protect.for_public(report(*many, finding(CASE, resource="case")), POLICY)
    assert (len(public.remarks), public.total) == (SHOWN, SHOWN + 6)
    assert (public.of("grid"), public.of("case"), public.of("area")) == (SHOWN + 5, 1, 0)
    assert public.counts == {("code", "grid"): SHOWN + 5, ("code", "case"): 1}


def test_how_often_it_is_found_in_a_table_whose_rows_are_not_all_published_is_not_told() -> None:
    other = replace(finding(CASE, resource="case"), code="other")
    public = protect.for_public(report(*(finding(CASE, resource="case") for _ in range(5)), other), POLICY)
    assert [item.code for item in public.remarks] == ["code", "other"]
    assert public.counts == {("code", "case"): 1, ("other", "case"): 1}
