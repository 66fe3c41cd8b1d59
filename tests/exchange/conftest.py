"""One browser for all pages that these tests open."""

from browser import browser

__all__ = ["browser"]
