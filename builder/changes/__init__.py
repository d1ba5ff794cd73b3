"""What changed from release to release, told from the published tables of both by key, and never from times of files.

Always holds: a change that the course of a table does not prove to be progress is a correction (docs/adr/0044).
"""

from builder.changes.previous import Previous, opened
from builder.changes.reasons import NEEDS
from builder.changes.since import Terms, since

__all__ = ["NEEDS", "Previous", "Terms", "opened", "since"]
