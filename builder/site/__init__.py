"""Contexts to files: shell, pages, downloads, search, sitemap. Everything lands below one target folder.

jinja2, the MkDocs command and Pagefind are used here and nowhere else.
"""

from builder.site.attach import attach
from builder.site.outlines import publish_shapes
from builder.site.printer import Done, Press, Printer
from builder.site.site import Plan, Site, begin, open_site, publish

__all__ = ["Done", "Plan", "Press", "Printer", "Site", "attach", "begin", "open_site", "publish", "publish_shapes"]
