"""What assessment needs of a package: indicators, scores, and grades if there are any."""

from __future__ import annotations

from builder.model import Needs, Use, extra
from builder.subjects.assessment.ballots import WITHHELD

__all__ = ["NEEDS"]

NEEDS = (
    Needs(
        "assessment",
        (),
        (
            Use("period", shown=True), Use("branch_id", shown=True), Use("indicator_id", shown=True),
            Use("score", "number", shown=True),
            *extra("ballots_issued", "ballots_valid", type="integer", figure=True),
            *extra("method", "evidence_url"),
            *extra("score_low", "score_high", type="number"),
            *extra("favourable_low", "favourable_high", type="integer"),
            *extra("withheld", roles=WITHHELD),
        ),
    ),
    Needs(
        "indicator",
        ("indicator_id",),
        (
            Use("indicator_id", shown=True), Use("name", shown=True), Use("weight", "number", shown=True),
            Use("full_score", "number", shown=True), Use("valid_from_date", "date", shown=True),
            Use("valid_to_date", "date", shown=True),
            *extra("definition", "formula", "direction", "evaluator", "source"),
            *extra("kind", figure=True, roles=("scored", "bonus", "penalty", "veto")),
            *extra("expression", figure=True),
        ),
    ),
    Needs("grade", (), (Use("name"), Use("min_score", "number")), optional=True),
)  # fmt: skip
