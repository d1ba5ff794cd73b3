"""Contexts to files: shell, pages, downloads, search, sitemap. Everything lands below one target folder.

jinja2, the MkDocs command and Pagefind are used here and nowhere else.
"""

from builder.site.docs import Rule
from builder.site.downloads import Download
from builder.site.environment import SiteFacts, Words
from builder.site.site import Site, open_site

__all__ = ["Download", "Rule", "Site", "SiteFacts", "Words", "open_site"]
