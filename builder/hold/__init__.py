"""Holding back: a file that does not pass the check is replaced by its last good version, and all else is published.

Always holds: what is published has passed the whole check, together, on the day it is published (docs/adr/0046).
"""

from builder.hold.kept import Folder, Kept, kept
from builder.hold.settle import Judge, Settled, settle

__all__ = ["Folder", "Judge", "Kept", "Settled", "kept", "settle"]
