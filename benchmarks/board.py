"""How long the board takes to stand still in a real browser, and where the time goes.

Run it as ``python -m benchmarks.board --plan FOLDER [--baseline CLONE]`` from the root of the repository: a
headquarters is founded in an empty folder with the plan of FOLDER, and served by this code and by that of CLONE in
turns. Each opens the board several times in a new browser context, with nothing in its cache and then again with what
it kept. The first page after a start draws the picture of the plan and counts by itself. Nothing is written; the table
is for ``docs/benchmarks/board.md``.
"""

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psutil
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tools.fetch_browser import find_browser

ROOT: Final = Path(__file__).resolve().parents[1]
PORT: Final = 8461
POST: Final = "J5-PLANS"
PASSWORD: Final = "a-word-of-this-measurement-7"
"""Of a headquarters that is thrown away."""
COMMAND: Final = (sys.executable, "-c", "from muster.cli import main; main()")
TOOLS: Final = ["--no-sandbox", "--disable-gpu"]


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening of the board.

    Attributes
    ----------
    idle_s
        Until the map stands still.
    script_s, task_s
        Of the main thread of the page: in scripts, and in all.
    browser_s, server_s
        Processor time of all processes of each.
    transferred_kb, requests
        What travelled.
    """

    idle_s: float
    script_s: float
    task_s: float
    browser_s: float
    server_s: float
    transferred_kb: float
    requests: int


def processor_s(process: psutil.Process) -> float:
    """Processor time of a process and of all below it."""
    total = 0.0
    for each in (process, *process.children(recursive=True)):
        try:
            times = each.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


def muster(code: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the code of a clone."""
    environment = {**os.environ, "PYTHONPATH": str(code / "src")}
    command = [*COMMAND, *arguments]
    return subprocess.run(command, env=environment, cwd=code, capture_output=True, text=True, check=True)


@contextmanager
def served(code: Path, folder: Path) -> Iterator[psutil.Process]:
    """Serve a headquarters by the code of a clone."""
    environment = {**os.environ, "PYTHONPATH": str(code / "src")}
    command = [*COMMAND, "hq", "serve", str(folder), "--port", str(PORT)]
    with subprocess.Popen(command, env=environment, cwd=code, stdout=subprocess.DEVNULL) as process:
        while not answers():
            assert process.poll() is None, "The headquarters ended before it answered."
            time.sleep(0.1)
        try:
            yield psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(60)


def answers() -> bool:
    """Whether somebody listens."""
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", PORT)) == 0


def signed_in(browser: Browser, one_time: str, state: Path) -> None:
    """Sign in once, and keep the session for all contexts."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{PORT}")
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("[name=username]", POST)
    page.fill("[name=password]", one_time)
    page.locator("[name=password]").press("Enter")
    page.wait_for_selector("[name=new_password1]")
    for name, word in (("old_password", one_time), ("new_password1", PASSWORD), ("new_password2", PASSWORD)):
        page.fill(f"[name={name}]", word)
    page.locator("[name=new_password2]").press("Enter")
    page.wait_for_selector("nav")
    context.storage_state(path=state)
    context.close()


def open_board(context: BrowserContext, server: psutil.Process) -> Opened:
    """Open the board and wait until it stands still."""
    page = context.new_page()
    told = context.new_cdp_session(page)
    told.send("Performance.enable")
    browser = psutil.Process(os.getpid())  # the server is below it too
    before, began = (processor_s(browser), processor_s(server)), time.perf_counter()
    page.goto("/board")
    page.wait_for_selector("#map[data-drawn=yes]", timeout=120_000)
    idle_s = time.perf_counter() - began
    metrics = {row["name"]: row["value"] for row in told.send("Performance.getMetrics")["metrics"]}
    sizes: list[float] = page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".map(entry => entry.transferSize)"
    )
    after = processor_s(browser), processor_s(server)
    page.close()
    return Opened(
        idle_s=idle_s,
        script_s=metrics["ScriptDuration"],
        task_s=metrics["TaskDuration"],
        browser_s=after[0] - before[0] - (after[1] - before[1]),
        server_s=after[1] - before[1],
        transferred_kb=sum(sizes) / 1000,
        requests=len(sizes),
    )


def measure(codes: dict[str, Path], folder: Path, one_time: str, rounds: int, loads: int) -> dict[str, list[Opened]]:
    """Open the board by each code in turns; kept apart by code, and by what the browser has in its cache."""
    found: dict[str, list[Opened]] = {}
    state = folder.with_suffix(".session")
    with sync_playwright() as playwright:
        executable = find_browser()
        assert executable is not None, "There is no Chromium; run `python tools/fetch_browser.py` first."
        browser = playwright.chromium.launch(executable_path=executable, args=TOOLS)
        for _ in range(rounds):
            for name, code in codes.items():
                with served(code, folder) as server:
                    if not state.exists():
                        signed_in(browser, one_time, state)
                    for number in range(loads + 1):
                        context = browser.new_context(
                            base_url=f"http://127.0.0.1:{PORT}",
                            storage_state=state,
                            viewport={"width": 1280, "height": 900},
                        )
                        kind = "nothing in the cache" if number else "first after a start"
                        found.setdefault(f"{name}: {kind}", []).append(open_board(context, server))
                        if number:
                            found.setdefault(f"{name}: again", []).append(open_board(context, server))
                        context.close()
        browser.close()
    return found


def table(found: dict[str, list[Opened]]) -> Iterator[str]:
    """Medians as a table, with the shortest and longest time."""
    yield (
        "| board | opened | idle s, median (least, most) | processor s: browser | main thread, of it scripts "
        "| server | kB | requests |"
    )
    yield "|---|---|---|---|---|---|---|---|"

    def median(rows: list[Opened], name: str) -> Any:
        return statistics.median(getattr(row, name) for row in rows)

    for name, rows in found.items():
        times = [row.idle_s for row in rows]
        yield (
            f"| {name} | {len(rows)} | {median(rows, 'idle_s'):.2f} ({min(times):.2f}, {max(times):.2f}) "
            f"| {median(rows, 'browser_s'):.2f} | {median(rows, 'task_s'):.2f}, {median(rows, 'script_s'):.2f} "
            f"| {median(rows, 'server_s'):.2f} | {median(rows, 'transferred_kb'):,.0f} "
            f"| {median(rows, 'requests'):.0f} |"
        )


def main() -> None:
    """Found a headquarters, measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", type=Path, default=ROOT / "scenarios" / "mnf-u")
    parser.add_argument("--plan", type=Path, required=True, help="folder of a deployment plan of the scenario")
    parser.add_argument("--baseline", type=Path, help="clone of another state, with its front built")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--loads", type=int, default=4)
    asked = parser.parse_args()
    codes = {"baseline": asked.baseline.resolve()} if asked.baseline else {}
    codes["this state"] = ROOT
    with tempfile.TemporaryDirectory(prefix="mhq-") as name:
        folder = Path(name) / "hq"
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}", file=sys.stderr)
        begun = muster(
            ROOT, "hq", "init", str(folder), "--scenario", str(asked.scenario.resolve()), "--plan",
            str(asked.plan.resolve()), "--second-factor", "offered",
        )  # fmt: skip
        one_time = re.search(rf"{POST}\s+(\S+)", begun.stdout)
        assert one_time is not None, begun.stdout
        print("\n".join(table(measure(codes, folder, one_time[1], asked.rounds, asked.loads))))


if __name__ == "__main__":
    main()
