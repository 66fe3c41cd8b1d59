"""What a site has, in one number that two sites compare: worked out anew from the events, not from what is stored."""

import uuid
from collections.abc import Iterator, Mapping
from hashlib import sha256

from django.db.models import Q

from muster.hq.boundary.masks import bits_by_code
from muster.hq.people.models import Principal
from muster.hq.records.canonical import canonical_json
from muster.hq.records.models import BodyRow, EventRow, Site
from muster.hq.records.sealing import SYNC
from muster.hq.sites.projections import Known, find_projection, list_kinds


def vector() -> dict[str, int]:
    """The last event of each site that is here."""
    sites = Site.objects.using(SYNC).filter(last_sequence__gt=0)
    return dict(sites.values_list("code", "last_sequence"))


def digest_at(until: Mapping[str, int]) -> str:
    """SHA-256, in hexadecimal, of all things as they are after the events up to a vector, and no later ones."""
    digest = sha256()
    for kind in list_kinds():
        projection = find_projection(kind)
        assert projection is not None
        for thing, history in _histories(kind, until):
            digest.update(canonical_json([kind, str(thing), projection.derived(history)]) + b"\n")
    return digest.hexdigest()


def _histories(kind: str, until: Mapping[str, int]) -> Iterator[tuple[uuid.UUID, list[Known]]]:
    """Things of a kind by their ids, each with its events up to a vector."""
    bits = bits_by_code(Principal.objects.using(SYNC).values_list("code", "bit"))
    within = Q(pk=None)
    for site, last in until.items():
        within |= Q(site=site, sequence__lte=last)
    rows = EventRow.objects.using(SYNC).filter(within, object_kind=kind).select_related("body").order_by("object_id")
    thing, history = None, list[Known]()
    for row in rows.iterator(1000):
        if thing is not None and row.object_id != thing:
            yield thing, history
            history = []
        thing = row.object_id
        body: BodyRow | None = getattr(row, "body", None)
        history.append(Known(row.event(bits), None if body is None else body.salted().body))
    if thing is not None:
        yield thing, history
