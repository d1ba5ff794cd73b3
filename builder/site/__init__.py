"""Contexts to files: shell, pages, downloads, search, sitemap. Everything lands below one target folder.

jinja2, the MkDocs command and Pagefind are used here and nowhere else.
"""

from builder.site.site import Plan, Site, begin, open_site

__all__ = ["Plan", "Site", "begin", "open_site"]
