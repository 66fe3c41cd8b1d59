"""Reports as HTML pages that need no network: plan, risk of its closure date, deconfliction, matched force.

Each kind has a file, and is imported from it: what the pages of a headquarters take from ``page_data`` is there without
what made the other reports.
"""
