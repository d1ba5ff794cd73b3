"""Rules of promises."""

from builder.rules import Check, not_after

CHECKS: tuple[Check, ...] = (
    not_after("promise", "kept_date", "kept-after-as-of", "No promise is kept after the day the data describes."),
)
