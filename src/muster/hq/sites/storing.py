"""Events of other sites in the database here, and the things that come of them."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from muster.hq.boundary.masks import bits_by_code
from muster.hq.copying import copy_in
from muster.hq.people.models import Principal
from muster.hq.records.body import SaltedBody
from muster.hq.records.canonical import canonical_json
from muster.hq.records.clock import HybridTime
from muster.hq.records.event import Event
from muster.hq.records.journal_file import Entry
from muster.hq.records.models import BodyRow, CheckpointRow, EventRow, SealRow, Site
from muster.hq.sites.bundle import BundleRefused
from muster.hq.sites.incoming import Incoming
from muster.hq.sites.merging import Write
from muster.hq.sites.models import OWNER, ConflictRow, KnownSite
from muster.hq.sites.projections import Known, Projected, find_projection

FARTHEST_AHEAD: Final = timedelta(days=1)
"""How far ahead of the clock here the clock of another site may be."""
_CONFLICTS: Final = uuid.UUID("a51cfa0c-2f7b-5a4e-9c55-5b8f2a1c9d10")


class Storing:
    """Stores events as they come, and writes what comes of them.

    Attributes
    ----------
    not_taken
        Bodies that this site may not hold: they are not stored.
    conflicts
        Open conflicts that were found.
    """

    def __init__(self, path: Path, at: datetime) -> None:
        self._path, self._at = path, at
        self._bits = bits_by_code(Principal.objects.using(OWNER).values_list("code", "bit"))
        own = KnownSite.objects.using(OWNER).filter(code=settings.SITE).first()
        self._holds = None if own is None else own.holds()
        self._latest: HybridTime | None = None
        self.not_taken = self.conflicts = 0

    def store(self, incoming: Incoming, entries: Sequence[Entry]) -> None:
        """Store verified events of one site, and write the things that they are about."""
        for entry in entries:
            self._refuse_strange(entry.event)
        rows = {entry.event.sequence: self._row(entry.event) for entry in entries}
        copy_in(list(rows.values()), OWNER)
        copy_in([self._body(rows[e.event.sequence], e.content) for e in entries if self._is_taken(e)], OWNER)
        copy_in([SealRow(site=e.event.site, sequence=e.event.sequence, hash=e.hash) for e in entries], OWNER)
        CheckpointRow.objects.using(OWNER).bulk_create(
            CheckpointRow(
                site=found.site, sequence=found.sequence, hash=found.hash, sealed_at=found.sealed_at,
                signature=found.signature,
            )
            for number, found in incoming.checkpoints.items() if number in rows
        )  # fmt: skip
        self._note_place(entries[-1].event)
        self._write_things({entry.event for entry in entries})

    def _refuse_strange(self, event: Event) -> None:
        label = event.label
        strange = sorted(({label.owner} | label.releasable_to) - self._bits.keys() - {"ALL"})
        if strange:
            raise BundleRefused(
                self._path, f"holds {event.place}, whose label names {', '.join(strange)}, not known here",
                "take the nation in first, as the other site did",
            )  # fmt: skip
        ahead = event.time.wall_ms / 1000 - self._at.timestamp()
        if ahead > FARTHEST_AHEAD.total_seconds():
            raise BundleRefused(
                self._path, f"holds {event.place}, which is {ahead / 3600:.0f} hours ahead of the clock here",
                "set the clock that is wrong, here or there",
            )  # fmt: skip

    def _row(self, event: Event) -> EventRow:
        row = EventRow.of(event, at=datetime.fromtimestamp(event.time.wall_ms / 1000, UTC))
        row.put_label(event.label, self._bits)
        return row

    def _is_taken(self, entry: Entry) -> bool:
        if not isinstance(entry.content, SaltedBody):
            return False
        if self._holds is not None and not self._holds.may_hold(entry.event.label):
            self.not_taken += 1
            return False
        return True

    def _body(self, row: EventRow, content: object) -> BodyRow:
        assert isinstance(content, SaltedBody)
        kept = BodyRow(event=row, salt=content.salt, content=canonical_json(content.body.to_json()).decode())
        kept.copy_label(row)
        return kept

    def note_clock(self) -> None:
        """Have what is written here from now on be later than all that was received."""
        if self._latest is None:
            return
        own, _ = Site.objects.using(OWNER).select_for_update().get_or_create(code=settings.SITE)
        if not own.last_time or HybridTime.parse(own.last_time) < self._latest:
            own.last_time = str(self._latest)
            own.save(using=OWNER, update_fields=["last_time"])

    def _note_place(self, last: Event) -> None:
        """Note how far the site has come."""
        self._latest = last.time if self._latest is None else max(self._latest, last.time)
        told = {"last_sequence": last.sequence, "last_time": str(last.time)}
        Site.objects.using(OWNER).update_or_create(code=last.site, defaults=told)

    def _write_things(self, events: set[Event]) -> None:
        of_kind: dict[str, set[uuid.UUID]] = {}
        for event in events:
            of_kind.setdefault(event.object_kind, set()).add(event.object_id)
        for kind, things in sorted(of_kind.items()):
            projection = find_projection(kind)
            if projection is not None:
                histories = histories_of(kind, things, self._bits)
                for projected in projection.project(histories, OWNER):
                    self._note_conflicts(kind, projected, histories[projected.thing.pk])

    def _note_conflicts(self, kind: str, projected: Projected, history: Sequence[Known]) -> None:
        actor_of = {known.place: known.event.actor for known in history}
        rows = [
            ConflictRow(
                id=uuid.uuid5(_CONFLICTS, f"{projected.thing.pk} {found.field} {found.passed_over.place}"),
                thing_kind=kind, thing_id=projected.thing.pk, field=found.field,
                passed_over=_told(found.passed_over, actor_of[found.passed_over.place]),
                standing=_told(found.standing, actor_of[found.standing.place]),
                settled_by="" if found.settled_by is None else str(found.settled_by.place),
                found_at=self._at, owner=projected.thing.owner, marking=projected.thing.marking,
                rel_low=projected.thing.rel_low, rel_high=projected.thing.rel_high,
            )
            for found in projected.conflicts
        ]  # fmt: skip
        ConflictRow.objects.using(OWNER).bulk_create(
            rows, update_conflicts=True, unique_fields=["id"],
            update_fields=["standing", "settled_by", "owner", "marking", "rel_low", "rel_high"],
        )  # fmt: skip
        self.conflicts += sum(not row.settled_by for row in rows)


def histories_of(kind: str, things: set[uuid.UUID], bits: dict[str, int]) -> dict[uuid.UUID, list[Known]]:
    """All events here of some things, with their bodies as far as they are here."""
    found: dict[uuid.UUID, list[Known]] = {}
    rows = EventRow.objects.using(OWNER).filter(object_kind=kind, object_id__in=things).select_related("body")
    for row in rows.order_by():
        body: BodyRow | None = getattr(row, "body", None)
        known = Known(row.event(bits), None if body is None else body.salted().body)
        found.setdefault(row.object_id, []).append(known)
    return found


def _told(write: Write, actor: str) -> dict[str, object]:
    at = datetime.fromtimestamp(write.time.wall_ms / 1000, UTC)
    return {"value": write.value, "place": str(write.place), "at": at.isoformat(), "actor": actor}
