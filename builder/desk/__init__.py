"""`mingge desk`: a page on this machine for people without a terminal. Nothing of it leaves the machine.

    files ▶ a copy of the package ▶ pipeline.check ▶ report ▶ preview ▶ saved, all or none

Starlette and uvicorn are used here and nowhere else; they are loaded only when a desk is opened. The package itself is
written by `save` alone, and only when somebody has pressed the button.
"""

from builder.desk.server import Opened, run

__all__ = ["Opened", "run"]
