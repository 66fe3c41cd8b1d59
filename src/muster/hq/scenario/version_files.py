"""Files that one takes away: a version as a folder or a workbook, and what one sees now, each with its marking."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.http import HttpResponse

from muster.exchange.scenario import read_scenario
from muster.hq.access.reading import take_out
from muster.hq.answers import file_answer
from muster.hq.marking import banner_of
from muster.hq.people.models import Account
from muster.hq.people.queries import bits
from muster.hq.scenario import versions
from muster.hq.scenario.assembling import as_zip
from muster.hq.scenario.models import Version

ZIP: Final = "application/zip"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def folder_now(account: Account, *, at: datetime) -> HttpResponse:
    """What an account sees now, as the files of a scenario folder.

    Raises
    ------
    ReadTooMuch
        As for :func:`muster.hq.access.reading.take_out`.
    """
    seen, labels = versions.seen_now(), bits()
    rows = [row for kept in seen.rows.values() for row in kept]
    take_out(account, len(rows), at=at)
    return _folder("scenario.zip", seen.files, banner_of(row.label(labels) for row in rows))


def folder_of(version: Version, account: Account, *, at: datetime) -> HttpResponse:
    """A version as the files of a scenario folder.

    Raises
    ------
    ReadTooMuch
        As for :func:`muster.hq.access.reading.take_out`.
    """
    take_out(account, version.rows, at=at)
    return _folder(f"{_name(version)}.zip", versions.files_of(version), banner_of([version.label(bits())]))


def workbook_of(version: Version, account: Account, *, at: datetime) -> HttpResponse:
    """A version as one workbook.

    Raises
    ------
    ReadTooMuch
        As for :func:`muster.hq.access.reading.take_out`.
    ScenarioRefused
        When it has faults.
    """
    from muster.exchange import xlsx  # noqa: PLC0415 - slow to import; pages start at once

    take_out(account, version.rows, at=at)
    return file_answer(f"{_name(version)}.xlsx", XLSX, xlsx.encode(read_scenario(versions.files_of(version))))


def _folder(name: str, files: Mapping[str, bytes], banner: str) -> HttpResponse:
    """An archive with a file that carries the marking of the others; planning commands leave it alone."""
    return file_answer(name, ZIP, as_zip({**files, "MARKING.txt": f"{banner}\n".encode()}))


def _name(version: Version) -> str:
    return f"scenario-{version.owner}-{version.number}"
