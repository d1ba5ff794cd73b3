"""What promises need of a package."""

from builder.model import Needs, Use

NEEDS = (
    Needs(
        "promise",
        ("promise_id",),
        (
            Use("promise_id"), Use("branch_id"), Use("grid_id"), Use("title"), Use("due_date", "date"),
            Use("kept_date", "date"),
        ),
    ),
)  # fmt: skip
