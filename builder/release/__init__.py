"""Files to public: a site is built beside the old one and takes its place whole, or not at all."""

from builder.release.swap import staged

__all__ = ["staged"]
