"""The wall. Deny by default: whatever is not allowed here does not reach a page, a file, or a line of a log.

`policy` reads once what a package publishes, `openness` says so in words, and `locked` holds it against policy.lock.
`counted`, `tables` and `report` take what is private and return values of other types, made field by field, which are
all that the stages behind the wall accept.
"""

from builder.protect.attached import attached
from builder.protect.codes import CODES
from builder.protect.counted import counted, tables
from builder.protect.locked import Renewal, locked, renewal
from builder.protect.openness import openness
from builder.protect.policy import policy
from builder.protect.report import for_public, for_staff
from builder.protect.shapes import shapes
from builder.protect.zones import private_rows

__all__ = [
    "CODES", "Renewal", "attached", "counted", "for_public", "for_staff", "locked", "openness", "policy",
    "private_rows", "renewal", "shapes", "tables",
]  # fmt: skip
