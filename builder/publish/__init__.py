"""A finished site to where it is served: releases side by side, one switch, and a way back.

The manifest of a release is its content; its id comes from that (docs/adr/0042).
"""

from builder.publish.address import reading, target
from builder.publish.folder import Folder
from builder.publish.host import Host
from builder.publish.layout import Record, State, Target
from builder.publish.manifest import Manifest, Release, described, parsed
from builder.publish.pages import publish_pages
from builder.publish.steps import Done, Order, apart, publish, rollback

__all__ = [
    "Done", "Folder", "Host", "Manifest", "Order", "Record", "Release", "State", "Target", "apart", "described",
    "parsed", "publish", "publish_pages", "reading", "rollback", "target",
]  # fmt: skip
