"""Pages of the program that a district's site shows as they are, so that they follow the program it has installed.

Always holds: what a district has written itself is never replaced, and what speaks for one district is never lent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from builder.model import SiteConfig
from builder.site.navigation import named

__all__ = ["lent"]

OWN = ("about.md", "privacy.md")
"""Pages in which a district answers for itself: who runs the site, what it promises."""

PICTURE = re.compile(r"\]\((images/[\w.-]+)\)")


def lent(config: SiteConfig) -> Mapping[str, Path]:
    """Return the pages that the navigation names, the site's own folder lacks and the program has, with their pictures.

    Path in the docs tree → file. {} where the site does not inherit the program's configuration.
    """
    if config.lender is None:
        return {}
    wanted = [name for name in dict.fromkeys(named(config.nav or ())) if name not in OWN]
    pages = {name: config.lender / name for name in wanted if is_lent(name, config.docs, config.lender)}
    shown = {name for page in pages.values() for name in PICTURE.findall(page.read_text(encoding="utf-8"))}
    return pages | {name: config.lender / name for name in sorted(shown) if is_lent(name, config.docs, config.lender)}


def is_lent(name: str, written: Path, lender: Path) -> bool:
    return not (written / name).exists() and (lender / name).is_file()
