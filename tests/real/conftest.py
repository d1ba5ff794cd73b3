"""The browser of tests/browser, for sites of real data."""

from tests.browser.conftest import browser

__all__ = ["browser"]
