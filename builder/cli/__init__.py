"""The only printing, the only exit codes, the only reading of clock and environment.

Exit codes: 0 done · 1 defects in the data · 2 a mistake in the project · 3 a program or the disk failed · 70 a bug.
"""

from builder.cli.app import app, main

__all__ = ["app", "main"]
