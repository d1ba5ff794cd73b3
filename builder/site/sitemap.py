"""What robots, and finders of holes, look for: sitemap.xml, an index and parts of at most 50,000 addresses, dated from
the data (sitemaps.org protocol 0.9), robots.txt, and .well-known/security.txt (RFC 9116).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

__all__ = ["write", "write_security"]

LARGEST = 50_000
SECURITY = ".well-known/security.txt"
XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write(target: Path, url: str, paths: Sequence[str], as_of: str) -> None:
    """Write the sitemap of `paths` and robots.txt. Without a `url` there are no addresses, so nothing is written."""
    if not url:
        return
    parts = [paths[start : start + LARGEST] for start in range(0, len(paths), LARGEST)]
    for number, part in enumerate(parts, 1):
        entries = (f"<url><loc>{escape(url + path)}</loc><lastmod>{as_of}</lastmod></url>" for path in part)
        xml(target / f"sitemap-{number}.xml", "urlset", entries)
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    xml(
        target / "sitemap.xml",
        "sitemapindex",
        (f"<sitemap><loc>{escape(url + name)}</loc></sitemap>" for name in names),
    )
    (target / "robots.txt").write_text(f"User-agent: *\nAllow: /\nSitemap: {url}sitemap.xml\n", encoding="utf-8")


def write_security(target: Path, url: str, contact: str, as_of: str, language: str) -> None:
    """Write security.txt, which is good for a year from the day of the data; without a `contact` there is none."""
    if not contact:
        return
    day = date.fromisoformat(as_of)
    # a leap day has no anniversary
    until = date(day.year + 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
    languages = dict.fromkeys((language, "en"))
    lines = [f"Contact: {contact}", f"Expires: {until.isoformat()}T00:00:00Z"]
    lines += [f"Preferred-Languages: {', '.join(languages)}"]
    lines += [f"Canonical: {url}{SECURITY}"] if url else []
    path = target / SECURITY
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def xml(path: Path, root: str, entries: Iterable[str]) -> None:
    lines = "\n".join(entries)
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{XMLNS}">\n{lines}\n</{root}>\n', encoding="utf-8"
    )
