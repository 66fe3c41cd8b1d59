"""Photograph the sections of a report in a real browser, for looking at and for the documentation.

Usage: ``python -m tools.screenshot_report REPORT_HTML FOLDER [--dark]``; writes ``report-<section>.png``, the whole
first screen as ``report.png``, and the print as ``report.pdf``.
"""

import argparse
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from tools.fetch_browser import fetch_browser

SECTIONS: Final = ("summary", "map", "closure", "gantt", "load", "bottlenecks", "march")
WIDTH_PX: Final = 1500
HEIGHT_PX: Final = 1000


def photograph(report: Path, folder: Path, *, dark: bool) -> list[Path]:
    """Write a picture of each section, and give the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=fetch_browser(), args=["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        )
        page = browser.new_page(
            viewport={"width": WIDTH_PX, "height": HEIGHT_PX}, color_scheme="dark" if dark else "light"
        )
        page.goto(report.resolve().as_uri())
        page.wait_for_selector("html[data-drawn=yes]")
        page.wait_for_timeout(300)
        written = [folder / "report.png"]
        page.screenshot(path=written[0])
        for section in SECTIONS:
            place = page.locator(f"#{section}")
            if place.is_visible():
                written.append(folder / f"report-{section}.png")
                place.screenshot(path=written[-1])
        written.append(folder / "report.pdf")
        page.pdf(path=written[-1], prefer_css_page_size=True)
        browser.close()
    return written


def main() -> None:
    """Read the command line and photograph."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dark", action="store_true")
    arguments = parser.parse_args()
    for path in photograph(arguments.report, arguments.folder, dark=arguments.dark):
        print(path)


if __name__ == "__main__":
    main()
