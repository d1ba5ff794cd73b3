"""When a server's certificate ends. It is read from its file: a night asks nobody on the network."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509

from builder.language import mark
from builder.model import Message
from builder.upkeep.endings import Ending

__all__ = ["certificate"]

SHARE = 4
"""A certificate is told of in the last quarter of its life: whatever renews it by itself has done so long before."""


def certificate(path: Path) -> Ending:
    """Return the end of the first certificate in a PEM file, the server's own."""
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())[0]
    except (OSError, ValueError, IndexError):
        message = Message(
            mark("The certificate {path} cannot be read."),
            mark("name with --certificate the file that the web server sends, in PEM"),
            {"path": path},
        )  # fmt: skip
        return Ending("certificate", message, None, 0)
    day, life = found.not_valid_after_utc.date(), found.not_valid_after_utc - found.not_valid_before_utc
    message = Message(
        mark("The last day of the certificate {path} is {day}."),
        mark("renew it, or see why it was not renewed by itself"),
        {"path": path, "day": day},
    )  # fmt: skip
    return Ending("certificate", message, day, life.days // SHARE)
