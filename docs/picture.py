"""Draws `docs/report.png`, the picture of the report in the README: `make picture`.

Needs chromium. The picture is of one section of the bundled record's report, as of the day below.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

DAY = date(2026, 11, 30)
PICTURE = Path(__file__).parent / "report.png"
SECTION, WIDTH, HEIGHT = "in-short", 900, 900


def main() -> int:
    """Draw the picture; return the exit code."""
    from playwright.sync_api import sync_playwright

    from reformcalc import Known, load
    from reformcalc.answers.briefing import Paper, briefing
    from reformcalc.render.html import render_page

    page = render_page(briefing(Paper(Known(load().valid(), DAY))))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "report.html"
        path.write_text(page, encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        shown = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        shown.goto(path.as_uri())
        shown.evaluate(f"document.getElementById('{SECTION}').scrollIntoView()")
        shown.screenshot(path=PICTURE)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
