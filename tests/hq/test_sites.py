"""Three sites, each with a database of its own, and files that travel between them."""

import gzip
import json
import random
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hq.test_hq_commands import SCENARIO, muster

OPEN = "FRA/restricted/ALL"
ALONE = "FRA/restricted/"


class Sites:
    """Paris, which began, London, which may hold everything, and Kyiv, which holds what is told Poland."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = 0
        self._found()
        self._processes = {code: self._begin(code) for code in ("PAR", "LON", "KYI")}

    def _found(self) -> None:
        par, lon, kyi = (self.folder / code for code in ("PAR", "LON", "KYI"))
        muster("init", par, "--scenario", SCENARIO, "--second-factor", "offered", "--give", "J5-PLANS")
        muster("sites", "describe", par, "--out", self.folder / "like.json")
        muster("sites", "join", lon, "LON", "--like", self.folder / "like.json")
        held = ("--may-hold", "POL", "--highest", "restricted")
        muster("sites", "join", kyi, "KYI", "--like", self.folder / "like.json", *held)
        for at, other in ((par, "LON"), (kyi, "LON")):
            muster("sites", "add", at, other, "--key", lon / "site.pub")
        for at in (par, lon):
            muster("sites", "add", at, "KYI", "--key", kyi / "site.pub", *held)
        for to, at in (("LON", lon), ("KYI", kyi)):
            muster("journal", "export", par, "--to", to, "--out", self.folder / f"{to}.zip")
            assert re.fullmatch(r"PAR: [0-9]+ new events\n", muster("journal", "import", at, self.folder / f"{to}.zip"))

    def _begin(self, code: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "hq.at_site", str(self.folder / code)]
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
        )

    def close(self) -> None:
        for process in self._processes.values():
            process.communicate(timeout=60)

    def _ask(self, site: str, **told: Any) -> dict[str, Any]:
        process = self._processes[site]
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.flush()
        answer: dict[str, Any] = json.loads(process.stdout.readline())
        return answer

    def at(self, site: str, *acts: tuple[str, ...]) -> dict[str, Any]:
        """Work at a site; gives what it has then."""
        return self._ask(site, acts=acts, tell=True)

    def kill(self, site: str, **told: Any) -> None:
        """Say what to do, and kill the site while it does it."""
        process = self._processes[site]
        assert process.stdin is not None
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.flush()
        time.sleep(0.02)
        process.kill()
        process.communicate()
        self._processes[site] = self._begin(site)

    def seat(self, site: str, **told: str) -> dict[str, Any]:
        """Plan a move or take a step at a site, as its chief of staff; gives what is known of the seat there."""
        return self._ask(site, seat=told)

    def export(self, site: str, to: str, *, everything: bool = False) -> Path:
        """Write a file at a site for another one."""
        self._files += 1
        path = self.folder / f"{self._files}-{site}-{to}.zip"
        self._ask(site, send=[str(path), to], everything=everything)
        return path

    def take_in(self, to: str, path: Path) -> dict[str, Any]:
        """Take a file in at a site; gives what became of it."""
        return self._ask(to, receive=str(path))

    def carry(self, site: str, to: str) -> dict[str, Any]:
        """Carry what one site has to another."""
        return self.take_in(to, self.export(site, to))

    def heal(self) -> None:
        """Have every site hear of every other."""
        for site, to in (("KYI", "PAR"), ("LON", "PAR"), ("PAR", "LON"), ("PAR", "KYI")):
            assert "refused" not in self.carry(site, to)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    made = Sites(tmp_path_factory.mktemp("sites"))
    yield made
    made.close()


def names(told: dict[str, Any]) -> set[str]:
    return {key.split()[0] for key in told["rows"]}


def test_a_new_site_has_all_that_it_may_hold(sites: Sites) -> None:
    par, lon, kyi = (sites.at(code) for code in ("PAR", "LON", "KYI"))
    assert lon["rows"] == par["rows"]
    assert lon["events"]["PAR"] == kyi["events"]["PAR"] == par["events"]["PAR"]
    assert lon["bodies"]["PAR"] == par["bodies"]["PAR"]
    assert 0 < kyi["bodies"]["PAR"] < par["bodies"]["PAR"]
    assert names(kyi) == {name for name in names(par) if name.startswith("POL")}


def test_what_a_site_may_not_hold_never_leaves_for_it(sites: Sites) -> None:
    sites.at("PAR", ("LNO-FRA", "enter", "FRA-HIDDEN", "wordofthehidden", ALONE))
    path = sites.export("PAR", "KYI", everything=True)
    with zipfile.ZipFile(path) as packed:
        everything = b"".join(gzip.decompress(packed.read(name)) for name in packed.namelist() if name.endswith("gz"))
    assert b"wordofthehidden" not in everything
    assert b'"withheld"' in everything
    with zipfile.ZipFile(sites.export("PAR", "LON", everything=True)) as packed:
        assert b"wordofthehidden" in gzip.decompress(packed.read("PAR.jsonl.gz"))
    sites.take_in("KYI", path)
    assert "FRA-HIDDEN" not in names(sites.at("KYI"))


def test_a_row_that_is_released_later_comes_whole(sites: Sites) -> None:
    sites.at(
        "PAR", ("LNO-FRA", "enter", "FRA-LATER", "later", ALONE), ("LNO-FRA", "change", "FRA-LATER", "quantity", "3")
    )
    sites.carry("PAR", "KYI")
    assert "FRA-LATER" not in names(sites.at("KYI"))
    par = sites.at("PAR", ("LNO-FRA", "label", "FRA-LATER", OPEN))
    sites.carry("PAR", "KYI")
    assert sites.at("KYI")["rows"]["FRA-LATER PAR"] == par["rows"]["FRA-LATER PAR"]


def test_a_row_that_is_kept_back_again_is_shown_to_nobody_new(sites: Sites) -> None:
    sites.at("PAR", ("LNO-FRA", "enter", "FRA-BACK", "back", OPEN))
    sites.carry("PAR", "KYI")
    assert sites.at("KYI")["rows"]["FRA-BACK PAR"][1] == OPEN
    sites.at("PAR", ("LNO-FRA", "label", "FRA-BACK", ALONE))
    sites.carry("PAR", "KYI")
    assert sites.at("KYI")["rows"]["FRA-BACK PAR"][1] == ALONE


def test_two_who_write_one_field_while_cut_off_are_both_on_record(sites: Sites) -> None:
    sites.at("PAR", ("LNO-FRA", "enter", "FRA-BOTH", "both", OPEN))
    sites.heal()
    sites.at(
        "PAR",
        ("LNO-FRA", "change", "FRA-BOTH", "quantity", "2"),
        ("LNO-FRA", "change", "FRA-BOTH", "size", "battalion"),
    )
    sites.at("KYI", ("LNO-FRA", "change", "FRA-BOTH", "quantity", "4"))
    sites.heal()
    par, lon, kyi = (sites.at(code) for code in ("PAR", "LON", "KYI"))
    assert par["rows"]["FRA-BOTH PAR"] == lon["rows"]["FRA-BOTH PAR"] == kyi["rows"]["FRA-BOTH PAR"]
    cells = par["rows"]["FRA-BOTH PAR"][0]
    assert (cells["quantity"], cells["size"]) == ("4", "battalion")
    found = [each for each in par["conflicts"] if each[0] == "quantity"]
    assert found == [["quantity", "2", "4", "", OPEN]]
    assert par["conflicts"] == lon["conflicts"] == kyi["conflicts"]
    lon = sites.at("LON", ("LNO-FRA", "settle", "FRA-BOTH", "quantity", "passed_over"))
    assert lon["rows"]["FRA-BOTH PAR"][0]["quantity"] == "2"
    sites.heal()
    par, lon, kyi = (sites.at(code) for code in ("PAR", "LON", "KYI"))
    assert par["rows"]["FRA-BOTH PAR"] == lon["rows"]["FRA-BOTH PAR"] == kyi["rows"]["FRA-BOTH PAR"]
    assert par["conflicts"] == lon["conflicts"] == kyi["conflicts"]
    settled = [each[3] for each in par["conflicts"] if each[0] == "quantity"]
    assert [place.split("#")[0] for place in settled] == ["LON"]


def test_two_sites_may_each_enter_a_row_of_one_name(sites: Sites) -> None:
    sites.at("PAR", ("LNO-FRA", "enter", "FRA-TWICE", "of Paris", OPEN))
    sites.at("KYI", ("LNO-FRA", "enter", "FRA-TWICE", "of Kyiv", OPEN))
    sites.heal()
    par, kyi = sites.at("PAR"), sites.at("KYI")
    for told in (par, kyi):
        assert {key: row[0]["name"] for key, row in told["rows"].items() if key.startswith("FRA-TWICE")} == {
            "FRA-TWICE KYI": "of Kyiv",
            "FRA-TWICE PAR": "of Paris",
        }


def test_a_removal_that_had_not_seen_a_change_is_a_conflict(sites: Sites) -> None:
    sites.at("PAR", ("LNO-FRA", "enter", "FRA-GONE", "gone", OPEN))
    sites.heal()
    sites.at("PAR", ("LNO-FRA", "change", "FRA-GONE", "quantity", "9"))
    sites.at("KYI", ("LNO-FRA", "remove", "FRA-GONE"))
    sites.heal()
    par, kyi = sites.at("PAR"), sites.at("KYI")
    assert par["rows"]["FRA-GONE PAR"] == kyi["rows"]["FRA-GONE PAR"]
    assert par["rows"]["FRA-GONE PAR"][3] is True
    assert ["removed", False, True, "", OPEN] in par["conflicts"]


def test_labels_that_were_set_at_two_sites_allow_only_what_both_do(sites: Sites) -> None:
    sites.at("PAR", ("LNO-FRA", "enter", "FRA-LABEL", "label", "FRA/restricted/POL"))
    sites.heal()
    sites.at("PAR", ("LNO-FRA", "label", "FRA-LABEL", "FRA/open/ALL"))
    sites.at("KYI", ("LNO-FRA", "label", "FRA-LABEL", "FRA/restricted/NLD+POL"))
    sites.heal()
    assert sites.at("PAR")["rows"]["FRA-LABEL PAR"][1] == "FRA/restricted/NLD+POL"


def test_taking_a_file_in_again_changes_nothing(sites: Sites) -> None:
    sites.at("LON", ("LNO-FRA", "enter", "FRA-AGAIN", "again", OPEN))
    path = sites.export("LON", "PAR", everything=True)
    assert sites.take_in("PAR", path)["events"]["LON"] > 0
    before = sites.at("PAR")
    assert sites.take_in("PAR", path)["events"] == {}
    assert sites.at("PAR") == before


def test_an_event_waits_for_what_its_writer_had_seen(sites: Sites) -> None:
    sites.heal()
    sites.at("LON", ("LNO-FRA", "enter", "FRA-WAITS", "waits", OPEN))
    first = sites.export("LON", "KYI")
    sites.carry("LON", "PAR")
    sites.at("PAR", ("LNO-FRA", "change", "FRA-WAITS", "quantity", "7"))
    path = sites.export("PAR", "KYI")
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(alone := path.with_name("alone.zip"), "w") as without:
        for name in packed.namelist():
            if name != "LON.jsonl.gz":
                without.writestr(name, packed.read(name))
    waits, lacking = sites.take_in("KYI", alone)["waiting"]["PAR"]
    assert waits.startswith("PAR#")
    assert lacking.startswith("LON#")
    assert "FRA-WAITS" not in names(sites.at("KYI"))
    sites.take_in("KYI", first)
    sites.take_in("KYI", alone)
    assert sites.at("KYI")["rows"]["FRA-WAITS LON"][0]["quantity"] == "7"


def altered(path: Path, name: str, change: Any) -> Path:
    """A file with one journal in it changed, line by line."""
    to = path.with_name(f"altered-{path.name}")
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(to, "w") as written:
        for each in packed.namelist():
            content = packed.read(each)
            if each == name:
                lines = [json.loads(line) for line in gzip.decompress(content).splitlines()]
                lines = change(lines)
                content = gzip.compress(b"".join(json.dumps(line, sort_keys=True).encode() + b"\n" for line in lines))
            written.writestr(each, content)
    return to


def last_event(lines: list[dict[str, Any]]) -> dict[str, Any]:
    return next(line for line in reversed(lines) if "header" in line)


def with_other_text(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    last_event(lines)["content"]["body"]["changes"][0]["after"] = "forged"
    return lines


def with_other_header(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    last_event(lines)["header"]["actor"] = "LNO-POL"
    return lines


def without_an_event(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    events = [line for line in lines if "header" in line]
    return [line for line in lines if line is not events[-2]]


def with_other_signature(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lines[-1]["signature"] = "00" * 64
    return lines


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (with_other_text, "which has another body than its header is the digest of"),
        (with_other_header, "does not continue the chain: it, or one before it, was altered"),
        (without_an_event, "is missing"),
        (with_other_signature, "that the key of LON did not sign"),
    ],
)
def test_what_was_altered_on_the_way_is_refused_whole(sites: Sites, change: Any, why: str) -> None:
    sites.heal()
    entered = sorted(name for name in names(sites.at("LON")) if name.startswith("FRA-ALTERED"))
    for number in (1, 2):
        sites.at("LON", ("LNO-FRA", "enter", f"FRA-ALTERED-{len(entered) + number}", "altered", OPEN))
    path, before = sites.export("LON", "PAR"), sites.at("PAR")
    refused = sites.take_in("PAR", altered(path, "LON.jsonl.gz", change))["refused"]
    assert why in refused
    assert "Nothing of it was taken in." in refused
    assert sites.at("PAR") == before
    assert sites.take_in("PAR", path)["events"] == {"LON": 2}


def test_a_file_for_another_site_and_one_that_is_none_are_refused(sites: Sites, tmp_path: Path) -> None:
    assert "is for LON" in sites.take_in("PAR", sites.export("KYI", "LON"))["refused"]
    (tmp_path / "none.zip").write_bytes(b"PK no zip")
    assert "is no whole file of muster-sync/1" in sites.take_in("PAR", tmp_path / "none.zip")["refused"]


def test_a_site_that_tells_another_history_is_found_out(sites: Sites, tmp_path: Path) -> None:
    """Kyiv goes on from an old copy of itself: what it writes then has numbers that others know already."""
    sites.heal()
    sites.at("KYI", ("LNO-FRA", "enter", "FRA-FIRST", "first history", OPEN))
    path = sites.export("KYI", "PAR")
    sites.take_in("PAR", path)

    def other(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        last_event(lines)["hash"] = "11" * 32
        return lines

    refused = sites.take_in("PAR", altered(path, "KYI.jsonl.gz", other))["refused"]
    assert "is another event than the one that came under this number before" in refused


def test_a_body_that_a_site_may_not_hold_is_not_kept_though_it_came(sites: Sites) -> None:
    sites.at("PAR", ("LNO-FRA", "enter", "FRA-LEAKED", "leaked", ALONE))
    for_london = sites.export("PAR", "LON", everything=True)
    to = for_london.with_name("wrong-receiver.zip")
    with zipfile.ZipFile(for_london) as packed, zipfile.ZipFile(to, "w") as written:
        for name in packed.namelist():
            content = packed.read(name)
            if name == "sync.json":
                content = json.dumps({**json.loads(content), "receiver": "KYI"}).encode()
            written.writestr(name, content)
    received = sites.take_in("KYI", to)
    assert received["not_taken"] > 0
    assert "FRA-LEAKED" not in names(sites.at("KYI"))


def test_the_seat_moves_from_paris_to_london_while_kyiv_is_cut_off(sites: Sites) -> None:
    """Kyiv goes on working; nothing that it wrote is lost, and it learns where the seat is."""
    sites.heal()
    assert sites.seat("PAR") == {"seat": "PAR", "epoch": 1, "holds": True, "why_not": "", "refused": ""}
    assert "the seat is at PAR" in sites.seat("LON")["why_not"]
    assert sites.seat("LON", plan="LON")["refused"].startswith("The seat is at PAR")
    assert sites.seat("PAR", plan="LON")["refused"] == ""
    sites.at("KYI", ("LNO-POL", "enter", "POL-CUT-OFF", "written while cut off", "POL/restricted/ALL"))
    frozen = sites.seat("PAR", step="seat_frozen")
    assert (frozen["holds"], frozen["refused"]) == (False, "")
    assert "frozen while it moves" in frozen["why_not"]
    sites.at("PAR", ("LNO-FRA", "enter", "FRA-FROZEN", "captured all the same", OPEN))
    sites.carry("PAR", "LON")
    proved = sites.seat("LON", step="seat_proved")
    assert proved["refused"] == ""
    assert sites.seat("LON", step="seat_signed")["refused"] == ""
    sites.carry("LON", "PAR")
    for step in ("seat_signed", "seat_accepted"):
        assert sites.seat("PAR", step=step)["refused"] == ""
    assert sites.seat("LON", step="seat_opened")["refused"] == "This step cannot be taken here now."
    sites.carry("PAR", "LON")
    assert sites.seat("LON", step="seat_opened")["refused"] == "This step cannot be taken here now."
    assert sites.seat("LON", step="seat_accepted")["refused"] == ""
    opened = sites.seat("LON", step="seat_opened")
    assert (opened["seat"], opened["epoch"], opened["holds"]) == ("LON", 2, True)
    assert sites.seat("KYI")["seat"] == "PAR"
    sites.heal()
    for site in ("PAR", "KYI"):
        known = sites.seat(site)
        assert (known["seat"], known["epoch"], known["holds"]) == ("LON", 2, False)
    par, lon, kyi = (sites.at(code) for code in ("PAR", "LON", "KYI"))
    assert par["rows"] == lon["rows"]
    for told in (par, lon, kyi):
        assert {"POL-CUT-OFF", "FRA-FROZEN"} <= names(told)


def test_a_site_that_lacks_something_does_not_hear_of_the_freeze(sites: Sites) -> None:
    """The seat is in London now, and moves back; the freeze waits for what London had seen."""
    sites.heal()
    sites.at("KYI", ("LNO-POL", "enter", "POL-LACKING", "only London has heard", "POL/restricted/ALL"))
    sites.carry("KYI", "LON")
    assert sites.seat("LON", plan="PAR")["refused"] == ""
    assert sites.seat("LON", step="seat_frozen")["refused"] == ""
    path = sites.export("LON", "PAR")
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(alone := path.with_name("london-alone.zip"), "w") as without:
        for name in packed.namelist():
            if name != "KYI.jsonl.gz":
                without.writestr(name, packed.read(name))
    assert sites.take_in("PAR", alone)["waiting"]["LON"][1].startswith("KYI#")
    assert sites.seat("PAR", step="seat_proved")["refused"] != ""
    sites.take_in("PAR", path)
    assert sites.seat("PAR", step="seat_proved")["refused"] == ""
    sites.heal()
    assert sites.seat("LON", step="seat_move_called_off")["refused"] == ""
    assert sites.seat("LON")["holds"] is True


def test_london_is_lost_and_paris_takes_over_with_kyiv(sites: Sites) -> None:
    sites.carry("LON", "PAR")
    assert sites.seat("PAR", plan="PAR", declaration="London has not answered for two days")["refused"] == ""
    for step in ("seat_signed", "seat_accepted"):
        assert sites.seat("PAR", step=step)["refused"] == ""
    assert sites.seat("PAR", step="seat_opened")["refused"] != ""
    sites.carry("PAR", "KYI")
    assert sites.seat("KYI", step="seat_accepted")["refused"] == ""
    sites.carry("KYI", "PAR")
    assert sites.seat("PAR", step="seat_opened")["holds"] is True
    assert sites.seat("LON")["holds"] is True
    sites.heal()
    assert [sites.seat(site)["holds"] for site in ("PAR", "LON", "KYI")] == [True, False, False]
    assert len({(sites.seat(site)["seat"], sites.seat(site)["epoch"]) for site in ("PAR", "LON", "KYI")}) == 1


class Story:
    """What happens at three sites by chance: work, files that are lost, late or come twice, and kills."""

    def __init__(self, sites: Sites, seed: int) -> None:
        self.sites, self.seed, self.chance = sites, seed, random.Random(seed)
        self.names = [f"FRA-S{seed}-{number}" for number in range(3)]
        self.on_the_way: list[tuple[str, Path]] = []
        self.acknowledged = dict.fromkeys(("PAR", "LON", "KYI"), 0)

    def begin(self) -> None:
        for name in self.names:
            self.sites.at("PAR", ("LNO-FRA", "enter", name, f"story {self.seed}", OPEN))
        self.sites.heal()

    def step(self) -> None:
        site = self.chance.choice(("PAR", "LON", "KYI"))
        draw = self.chance.random()
        if draw < 0.5:
            self._work(site)
        elif draw < 0.75:
            to = self.chance.choice([other for other in ("PAR", "LON", "KYI") if other != site])
            self.on_the_way.append((to, self.sites.export(site, to, everything=self.chance.random() < 0.2)))
        elif draw < 0.95 and self.on_the_way:
            to, path = self.chance.choice(self.on_the_way)  # some arrive twice, some never, some before earlier ones
            assert "refused" not in self.sites.take_in(to, path)
        elif self.on_the_way:
            to, path = self.chance.choice(self.on_the_way)
            self.sites.kill(to, receive=str(path))

    def _work(self, site: str) -> None:
        here, name = self.sites.at(site), self.chance.choice(self.names)
        row = here["rows"].get(f"{name} PAR")
        if row is None:
            return
        act: tuple[str, ...]
        if row[3]:
            act = ("LNO-FRA", "restore", name)
        else:
            act = self.chance.choice(
                (
                    ("LNO-FRA", "change", name, "quantity", str(self.chance.randint(1, 9))),
                    ("LNO-FRA", "change", name, "size", self.chance.choice(("team", "company", "battalion"))),
                    ("LNO-FRA", "remove", name),
                    ("LNO-FRA", "label", name, self.chance.choice((OPEN, ALONE, "FRA/restricted/POL"))),
                )
            )
        if self.chance.random() < 0.1:
            self.sites.kill(site, acts=[act], tell=True)
        else:
            self.acknowledged[site] = self.sites.at(site, act)["events"].get(site, 0)

    def end(self) -> None:
        """After healing: nothing that was acknowledged is lost, all come to the same, and Kyiv holds what it may."""
        self.sites.heal()
        self.sites.heal()
        par, lon, kyi = (self.sites.at(code) for code in ("PAR", "LON", "KYI"))
        assert par["events"] == lon["events"] == kyi["events"]
        assert all(par["events"].get(site, 0) >= count for site, count in self.acknowledged.items())
        assert par["rows"] == lon["rows"]
        assert par["conflicts"] == lon["conflicts"]
        assert kyi["strange_bodies"] == 0
        for name in self.names:
            assert f"{name} PAR" in par["rows"]


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_on_the_way_all_come_to_the_same(sites: Sites, seed: int) -> None:
    tell(sites, seed, steps=30)


@pytest.mark.proofs
@pytest.mark.parametrize("seed", range(1000, 1200))
def test_200_stories_all_come_to_the_same(sites: Sites, seed: int) -> None:
    tell(sites, seed, steps=25)


def tell(sites: Sites, seed: int, *, steps: int) -> None:
    story = Story(sites, seed)
    story.begin()
    for _ in range(steps):
        story.step()
    story.end()
