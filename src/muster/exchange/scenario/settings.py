"""``scenario.toml``: what the scenario is called, its usual case, and where its day marks lie."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from muster.exchange.scenario.cells import LONGEST_TEXT, UNPRINTABLE
from muster.exchange.scenario.countries import COUNTRY_CODES
from muster.exchange.scenario.faults import Fault
from muster.exchange.scenario.names import Suggestions
from muster.exchange.scenario.tables import SETTINGS_FILE
from muster.measures import DayMark, DayOffset, Timeline, UnreadableOffset

FORMAT: Final = 1
"""Format of scenario folders that this version reads."""
_TEXTS: Final = ("title", "summary", "default_case")
SETTINGS: Final = ("format", *_TEXTS, "mission_country", "marks")
MARKS: Final = ("g_day", "d_day", "c_day")
_POSITION: Final = re.compile(r"\(at line (\d+),")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``scenario.toml`` says.

    Attributes
    ----------
    default_case
        Case that commands take when none is named.
    mission_country
        Country in which the force serves; offers for its neighbours only keep out of it. None is not said.
    """

    title: str
    summary: str
    default_case: str
    timeline: Timeline
    mission_country: str | None = None


def write_settings(settings: Settings) -> bytes:
    """Settings as ``scenario.toml``."""
    timeline = settings.timeline
    lines = [f"format = {FORMAT}"]
    lines += [f"{name} = {_quoted(getattr(settings, name))}" for name in _TEXTS]
    if settings.mission_country is not None:
        lines.append(f"mission_country = {_quoted(settings.mission_country)}")
    lines += ["", "[marks]"]
    lines += [
        f'{name} = "{DayOffset(DayMark.C, minute)}"'
        for name, minute in (("g_day", timeline.g_day_min), ("d_day", timeline.d_day_min))
    ]
    if timeline.c_day is not None:
        lines.append(f"c_day = {timeline.c_day.isoformat()}")
    return ("\n".join(lines) + "\n").encode()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read_settings(text: str, faults: list[Fault]) -> Settings:
    """Settings; what is wrong goes to ``faults``, and harmless values stand in."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _POSITION.search(str(error))
        line = int(found[1]) if found else 0
        faults.append(Fault(SETTINGS_FILE, line, "", f"is not TOML: {error}.", "Correct the line."))
        return Settings(title="", summary="", default_case="", timeline=Timeline())
    except (RecursionError, ValueError):
        faults.append(Fault(SETTINGS_FILE, 0, "", "holds a value that cannot be read.", "Write plain settings."))
        return Settings(title="", summary="", default_case="", timeline=Timeline())
    notes = _Notes(text, faults)
    marks = document.get("marks", {})
    if not isinstance(marks, dict):
        notes.add("marks", "is not a table.", "Write [marks] on a line of its own, then g_day, d_day, c_day.")
        marks = {}
    for name, known in [(name, SETTINGS) for name in document] + [(name, MARKS) for name in marks]:
        if name not in known:
            remedy = Suggestions(known).remedy(name, "Correct its name or remove it.")
            notes.add(name, "the setting is not known.", remedy)
    if type(document.get("format")) is not int or document["format"] != FORMAT:
        notes.add("format", "is not a format that this version reads.", f"Write format = {FORMAT}.")
    texts = {name: notes.text(document, name) for name in _TEXTS}
    timeline = Timeline(
        g_day_min=notes.mark_min(marks, "g_day"),
        d_day_min=notes.mark_min(marks, "d_day"),
        c_day=notes.find_date(marks, "c_day"),
    )
    return Settings(**texts, timeline=timeline, mission_country=notes.find_country(document, "mission_country"))


@dataclass(slots=True)
class _Notes:
    """Reads settings one by one and notes what is wrong with them, with their line."""

    source: str
    faults: list[Fault]

    def add(self, name: str, rule: str, remedy: str, value: object = "") -> None:
        self.faults.append(Fault(SETTINGS_FILE, self._line(name), name, rule, remedy, str(value)[:80]))

    def text(self, document: Mapping[str, Any], name: str) -> str:
        value = document.get(name, "")
        if not isinstance(value, str) or (not value.strip() and name != "summary"):
            self.add(name, "is not a text.", f'Write {name} = "..." .')
            return ""
        if UNPRINTABLE.search(value) or len(value) > LONGEST_TEXT:
            self.add(name, "holds a sign that cannot be printed, or is too long.", "Type the text again.")
            return ""
        return value.strip()

    def find_country(self, document: Mapping[str, Any], name: str) -> str | None:
        value = document.get(name)
        if value is None or (isinstance(value, str) and value in COUNTRY_CODES):
            return value
        remedy = f'Write three capital letters of ISO 3166-1 alpha-3, such as {name} = "UKR", or leave it out.'
        self.add(name, "is not a country code.", Suggestions(COUNTRY_CODES).remedy(str(value)[:80], remedy), value)
        return None

    def mark_min(self, marks: Mapping[str, Any], name: str) -> int:
        value = marks.get(name, "C+0")
        try:
            offset = DayOffset.parse(value) if isinstance(value, str) else None
        except UnreadableOffset:
            offset = None
        if offset is None or offset.mark is not DayMark.C:
            self.add(name, "is not an offset from C-day.", f'Write it like {name} = "C-10".', value)
            return 0
        return offset.offset_min

    def find_date(self, marks: Mapping[str, Any], name: str) -> date | None:
        value = marks.get(name)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime) and 1900 < value.year < 2200):
            return value
        self.add(name, "is not a date.", f"Write it like {name} = 2027-03-01, without quotes.", value)
        return None

    def _line(self, name: str) -> int:
        for number, line in enumerate(self._lines(), start=1):
            if re.match(rf"\s*\[?\s*\"?{re.escape(name)}\"?\s*[=\]]", line):
                return number
        return 0

    def _lines(self) -> Iterator[str]:
        yield from self.source.splitlines()
