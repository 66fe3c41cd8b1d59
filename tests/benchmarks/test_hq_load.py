"""The headquarters under load: all of it works on a small one, and nothing leaks."""

import re
import subprocess
import sys
from pathlib import Path
from uuid import UUID

from benchmarks.hq_load.arrivals import Answered
from benchmarks.hq_load.asking import Asked
from benchmarks.hq_load.filling import Filled, Kept, SignedIn
from benchmarks.hq_load.leaks import Looked, look
from benchmarks.movement import ROOT
from muster.disclosure.labels import EVERY_NATION, Label, Marking

FRA = SignedIn("LNO-FRA", "FRA", is_staff=False, session="")
OWN, TOLD, HIDDEN = (f"00000000-0000-4000-8000-00000000000{number}" for number in range(3))
WORDS = {OWN: "word000000000001", TOLD: "word000000000002", HIDDEN: "word000000000003"}


def filled(tmp_path: Path) -> Filled:
    labels = {
        OWN: Label("FRA", Marking.RESTRICTED, frozenset()),
        TOLD: Label("GBR", Marking.OPEN, frozenset({EVERY_NATION})),
        HIDDEN: Label("GBR", Marking.RESTRICTED, frozenset({"POL"})),
    }
    rows = {UUID(key): Kept("offers", label, WORDS[key], {}) for key, label in labels.items()}
    return Filled(tmp_path, rows, (FRA,))


def test_a_row_or_a_word_of_another_is_a_leak(tmp_path: Path) -> None:
    there = filled(tmp_path)
    asked = Asked("offers", f"/tables/offers?text={WORDS[HIDDEN]}", FRA)

    def looked(body: str, status: int = 200) -> Looked:
        return look(there, [Answered(asked, status, 1.0, body.encode())])

    assert looked(f'<a href="/rows/{OWN}">{WORDS[OWN]}</a><a href="/rows/{TOLD}">') == Looked(2, 0, 0)
    assert looked(f'<a href="/rows/{HIDDEN}">') == Looked(1, 1, 0)
    assert looked(f"Nothing like {WORDS[HIDDEN]}") == Looked(0, 0, 0)
    assert looked("", 500) == Looked(0, 0, 1)
    elsewhere = Asked("offers", "/tables/offers", FRA)
    assert look(there, [Answered(elsewhere, 200, 1.0, WORDS[HIDDEN].encode())]) == Looked(1, 1, 0)


def test_a_small_headquarters_is_measured_and_leaks_nothing(tmp_path: Path) -> None:
    out = tmp_path / "hq.md"
    command = [
        sys.executable,
        "-m",
        "benchmarks.hq_load",
        "--small",
        "--seconds",
        "1.5",
        "--rounds",
        "1",
        "--per-s",
        "20",
    ]
    done = subprocess.run([*command, "--out", out], cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert (done.returncode, done.stdout) == (0, f"{out}\n"), done.stderr
    (ours,) = re.findall(r"^\| headquarters \|.*\| (\d+) of 30 \| ([\d,]+) \| (\d+) \|", out.read_text(), re.MULTILINE)
    assert (ours[0], ours[2]) == ("0", "0")
    assert int(ours[1].replace(",", "")) > 0
