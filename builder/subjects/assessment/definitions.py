"""What the figures of the assessment mean."""

from __future__ import annotations

from builder.language import mark
from builder.model import Definition

__all__ = [
    "ANSWERING", "APPROVAL", "ASSESSED", "BY_EVALUATOR", "CHANGE", "COMPOSITE", "COMPUTED", "DEFINITIONS", "GRADE",
    "GRADE_OPEN", "NEXT_GRADE", "NOT_ASSESSED", "POINTS", "RANK", "SCORE",
]  # fmt: skip

SCORES = mark("table assessment: score; table indicator: kind, weight, full_score, valid_from_date, valid_to_date")
BALLOTS = mark("table assessment: ballots_valid and the columns of votes")
FEW = mark("polls with fewer valid ballots than the minimum, and those whose favourable ballots are not published")

COMPOSITE = Definition(
    anchor="composite-score",
    name=mark("Composite score"),
    meaning=mark("How a branch was assessed in a period over all indicators together."),
    formula=mark(
        "sum of weight × score ÷ full score over the indicators in force on the last day of the period: ordinary ones "
        "and bonuses are added, penalties subtracted, a veto adds nothing; at least 0; rounded half up once, to one "
        "decimal; where only the range of a score is published, so is that of the composite score: from the least to "
        "the most that the published scores allow"
    ),
    exclusions=mark(
        "a branch that lacks the score of an ordinary indicator has no composite score; a bonus, penalty or veto that "
        "is not reported did not occur"
    ),
    source=SCORES,
)
GRADE = Definition(
    anchor="grade",
    name=mark("Grade"),
    meaning=mark("What the composite score is called."),
    formula=mark(
        "the best grade whose minimum the composite score, as it is printed, reaches; a veto with a score above 0 "
        "means the lowest grade whatever the composite score; where the range of the composite score reaches over "
        "several grades, all of them are named"
    ),
    exclusions=mark("branches without a composite score"),
    source=mark("table grade: name, min_score"),
)
GRADE_OPEN = Definition(
    anchor="grade-open",
    name=mark("Grade left open"),
    meaning=mark("How many branches have a composite score whose published range reaches over several grades."),
    numerator=("open_count",),
    counts={"open_count": mark("branches whose grade is left open")},
    exclusions=mark("branches that answer for no grid"),
    source=SCORES,
)
NEXT_GRADE = Definition(
    anchor="next-grade",
    name=mark("Missing for the next grade"),
    meaning=mark("How many points of the composite score a branch lacks for the next better grade."),
    formula=mark(
        "minimum of the next grade − composite score as it is printed; an indicator can give at most weight − its "
        "points, a penalty at most what it took; a range where the score is one"
    ),
    exclusions=mark(
        "branches without a composite score, with a range of it that reaches over several grades, with a veto, or in "
        "the best grade"
    ),
    source=SCORES,
)
BY_EVALUATOR = Definition(
    anchor="by-evaluator",
    name=mark("Assessed by whom"),
    meaning=mark("What each kind of evaluator gave the same branch, of what it could give."),
    formula=mark(
        "sum of the points of the ordinary indicators of an evaluator ÷ sum of their weights; from the least to the "
        "most where only the range of a score is published"
    ),
    exclusions=mark("bonuses, penalties and vetoes; an evaluator one of whose scores is missing has no share"),
    source=mark("table indicator: evaluator, weight; table assessment: score"),
)
COMPUTED = Definition(
    anchor="computed-score",
    name=mark("Score computed from data"),
    meaning=mark("What the formula of an indicator gives, from counts of this very package."),
    formula=mark(
        "the formula of the indicator, over what falls in the period as it stood on its last day; rounded as the "
        "formula says, and otherwise as the stated score is"
    ),
    exclusions=mark("where the formula divides by 0, nothing is computed; the stated score counts in any case"),
    source=mark("table indicator: expression; tables duty, case"),
)
APPROVAL = Definition(
    anchor="approval",
    name=mark("Favourable ballots"),
    meaning=mark(
        "Of the valid ballots, how many are favourable; where the number would give a single vote away, at least and "
        "at most how many."
    ),
    numerator=("favourable",),
    denominator=("valid",),
    counts={"favourable": mark("favourable ballots"), "valid": mark("valid ballots")},
    exclusions=FEW,
    source=BALLOTS,
)
RANK = Definition(
    anchor="rank",
    name=mark("Rank"),
    meaning=mark("The place of a branch by its share of favourable ballots, and the places it may truly have."),
    formula=mark(
        "1 + the number of branches with a larger share; from 1 + those whose whole interval lies above, to the number "
        "of branches − those whose whole interval lies below; without a place of its own where the published numbers "
        "leave several"
    ),
    exclusions=mark("branches with fewer valid ballots than the minimum for a rank"),
    source=BALLOTS,
)
ASSESSED = Definition(
    anchor="branches-assessed",
    name=mark("Branches assessed"),
    meaning=mark("Of the branches that answer for grids, how many have a composite score in the latest period."),
    numerator=("assessed_count",),
    denominator=("branch_count",),
    counts={"assessed_count": mark("branches with a composite score"), "branch_count": mark("branches")},
    exclusions=mark("branches that answer for no grid"),
    source=mark("tables assessment, branch_grid"),
)
SCORE = Definition(
    anchor="indicator-score",
    name=mark("Score of an indicator"),
    meaning=mark("What a branch was given for one indicator, of its full score."),
    formula=mark(
        "the score as it is reported; that of a poll whose votes it would give away as a range, and not at all under "
        "the minimum of ballots"
    ),
    exclusions=mark("nothing"),
    source=mark("table assessment: score; table indicator: full_score"),
)
POINTS = Definition(
    anchor="indicator-points",
    name=mark("Points of an indicator"),
    meaning=mark("What an indicator adds to the composite score."),
    formula=mark(
        "weight × score ÷ full score; a penalty is subtracted, a veto adds nothing; a range where the score is one"
    ),
    exclusions=mark("indicators whose score is not reported"),
    source=mark("table assessment: score; table indicator: kind, weight, full_score"),
)
CHANGE = Definition(
    anchor="score-change",
    name=mark("Change of the score"),
    meaning=mark("By how much the composite score differs from that of the assessed period before."),
    formula=mark(
        "composite score of the period − composite score of the period before; from the least to the most where one of "
        "them is a range"
    ),
    exclusions=mark("periods without a composite score, and those after one"),
    source=mark("table assessment: score; table indicator: kind, weight, full_score"),
)
ANSWERING = Definition(
    anchor="branches-answering",
    name=mark("Branches that answer for grids"),
    meaning=mark("How many branches answer for grids in an area."),
    numerator=("branch_count",),
    counts={"branch_count": mark("branches")},
    exclusions=mark("branches that answer for no grid"),
    source=mark("table branch_grid: role, from_date, to_date"),
)
NOT_ASSESSED = Definition(
    anchor="branches-not-assessed",
    name=mark("Branches not assessed"),
    meaning=mark("How many branches that answer for grids have no composite score in the latest period."),
    numerator=("not_assessed",),
    counts={"not_assessed": mark("branches without a composite score")},
    exclusions=mark("branches that answer for no grid"),
    source=mark("tables assessment, branch_grid"),
)
DEFINITIONS = (
    COMPOSITE, SCORE, POINTS, CHANGE, GRADE, GRADE_OPEN, NEXT_GRADE, BY_EVALUATOR, COMPUTED, APPROVAL, RANK, ASSESSED,
    ANSWERING, NOT_ASSESSED,
)  # fmt: skip
