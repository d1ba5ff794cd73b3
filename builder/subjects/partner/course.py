"""How an entry of a partner's lists goes on: matched, and then done or withdrawn."""

from builder.model import Course

__all__ = ["COURSES"]

COURSES = (
    Course(
        "partner_item",
        events=("done_date",),
        closes="done_date",
        steps={"status": ((), ("withdrawn", "done"))},
        told=("matched_item_id",),
    ),
)
