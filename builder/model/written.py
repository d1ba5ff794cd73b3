"""What people write for the site beside its data: the kinds of files that a folder of pages may hold."""

from __future__ import annotations

import re

__all__ = ["KINDS", "LARGEST", "NAMED"]

KINDS = (".md", ".png", ".jpg", ".jpeg", ".webp", ".svg", ".css")
"""Pages, and what they show. Data, scripts and pages in HTML are none of it: they would be published unseen."""

LARGEST = 10 * 10**6
"""Bytes of one file."""

NAMED = re.compile(r"\w[\w.-]{0,99}")
"""A name of a file or a folder; those that the system hides, such as .DS_Store, are nobody's."""
