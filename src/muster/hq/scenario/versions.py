"""Keeping versions of the scenario: what one sees at a moment, as files that do not change."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from muster.disclosure.labels import Label
from muster.exchange.scenario import ScenarioRefused, read_scenario
from muster.exchange.scenario.changes import TableChange, list_changes
from muster.hq.boundary.labelled import MARKINGS
from muster.hq.people.models import Account, Principal
from muster.hq.people.queries import bits
from muster.hq.people.viewing import owner_for
from muster.hq.records.actions import record
from muster.hq.records.body import Change
from muster.hq.records.canonical import Json
from muster.hq.scenario.actions import RowRefused
from muster.hq.scenario.assembling import Assembled, as_zip, assemble, from_zip
from muster.hq.scenario.choices import Verb
from muster.hq.scenario.models import Version
from muster.hq.scenario.queries import standing_rows
from muster.hq.scenario.rules import may_keep_versions


@dataclass(frozen=True, slots=True)
class Difference:
    """What the later of two versions has otherwise.

    Attributes
    ----------
    faults
        Why rows cannot be compared one by one: the later version is no scenario without faults.
    """

    changes: tuple[TableChange, ...]
    faults: int = 0


@transaction.atomic
def keep_version(*, title: str, by: Account, at: datetime) -> Version:
    """Keep what the account sees now, under the highest marking of what is in it.

    A version that says the same as the account's last one is that one; nothing is kept twice.

    Raises
    ------
    RowRefused
        When the account keeps no versions.
    """
    if not may_keep_versions(by):
        raise RowRefused(_("Only the headquarters and nations keep versions of the scenario."))
    owner, seen = owner_for(by), seen_now()
    fingerprint = seen.fingerprint()
    Principal.objects.select_for_update(no_key=True).get(pk=owner)  # whose versions are numbered one after the other
    last = Version.objects.filter(owner=owner).order_by("-number").first()
    if last is not None and last.fingerprint == fingerprint:
        return last
    rows = [row for kept in seen.rows.values() for row in kept]
    version = Version(
        number=1 if last is None else last.number + 1,
        title=title,
        made_by=by.get_username(),
        made_at=at,
        rows=len(rows),
        fingerprint=fingerprint,
        files=as_zip(seen.files),
    )
    marking = MARKINGS[max((row.marking for row in rows), default=0)]
    version.put_label(Label(owner, marking, frozenset()), bits())
    version.save(force_insert=True)
    told: dict[str, Json] = {"number": version.number, "title": title, "rows": len(rows), "fingerprint": fingerprint}
    changes = [Change(name, None, value, 0) for name, value in told.items()]
    record(by=by, verb=Verb.VERSION_KEPT, about=version, changes=changes, at=at)
    return version


def files_of(version: Version) -> dict[str, bytes]:
    """Files of the scenario folder that a version is."""
    return from_zip(bytes(version.files))


def difference(before: dict[str, bytes], after: dict[str, bytes]) -> Difference:
    """What changes from the files of one folder to those of another, row by row."""
    try:
        scenario = read_scenario(after)
    except ScenarioRefused as refused:
        return Difference((), len(refused.faults))
    return Difference(tuple(list_changes(before, scenario.settings, scenario.tables)))


def seen_now() -> Assembled:
    """What the viewer sees of the scenario, as files."""
    return assemble(standing_rows())
