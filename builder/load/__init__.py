"""From a folder to decoded text: descriptor → files → cells. Nothing is judged here.

What keeps a file from being read at all (missing, binary, an unknown encoding, a quote that never closes)
is returned as a finding, so that all files of a package are reported at once.
"""

from builder.load.attachments import attachments
from builder.load.cells import tables, trim
from builder.load.codes import CODES
from builder.load.config import site_config
from builder.load.geometry import geometry
from builder.load.grid import Grid, grid
from builder.load.instead import instead
from builder.load.lock import LOCK, lock
from builder.load.profile import PROFILE, profile
from builder.load.recognise import recognise
from builder.load.required import package
from builder.load.trouble import Trouble
from builder.load.workbook import first_rows

__all__ = [
    "CODES", "LOCK", "PROFILE", "Grid", "Trouble", "attachments", "first_rows", "geometry", "grid", "instead", "lock",
    "package", "profile", "recognise", "site_config", "tables", "trim",
]  # fmt: skip
