"""What the figure of promises means."""

from builder.model import Definition

KEPT = Definition(
    anchor="promise-kept",
    name="Promises kept",
    meaning="Of the promises that were made, how many have been kept.",
    numerator=("kept",),
    denominator=("made",),
    counts={"kept": "promises kept", "made": "promises made"},
    exclusions="nothing",
    source="table promise",
)
DEFINITIONS = (KEPT,)
