"""Run as a program: a database as the first migrations left it, with rows in it, is upgraded; tells what came of it.

A process of its own, because Django works for one headquarters in one process.
"""

import json

# ruff: noqa: PLC0415 - what stands on models is imported once the process works for a headquarters
import secrets
import sys
import uuid
from pathlib import Path
from typing import Any, Final

from hq.first_offers import AT, CELLS, NATIONS, QUANTITIES
from muster.disclosure.labels import Label, Marking
from muster.hq.boundary.masks import FIRST_NATION_BIT, STAFF_BIT, masks_of
from muster.hq.folder import PUBLIC_KEY_NAME, SITE_KEY_NAME, make_secrets
from muster.hq.records.body import SALT_BYTES, Body, Change, SaltedBody
from muster.hq.records.canonical import canonical_json
from muster.hq.records.clock import HybridTime
from muster.hq.records.event import Event
from muster.hq.records.keys import load_public_key, load_site_key
from muster.hq.records.verify import verify_journal
from muster.hq.running import use
from muster.hq.serving import database_of, make_keys

FIRST: Final = (("boundary", "0001"), ("people", "0001"), ("records", "0001"), ("scenario", "0001"), ("auth", "0001"))


def migrate_to_first() -> Any:
    """Bring an empty database to the first migrations; gives the models as they were then."""
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from muster.hq.boundary.schema import GRANTS

    with connections["owner"].cursor() as cursor:
        cursor.execute(GRANTS)
    for app, name in FIRST:
        call_command("migrate", app, name, database="owner", interactive=False, verbosity=0)
    loader = MigrationExecutor(connections["owner"]).loader
    return loader.project_state([(app, "0001_initial") for app, _ in FIRST]).apps


def fill(models: Any) -> None:
    """Put in what a headquarters had then: principals, posts, accounts, and each nation's offer with its event."""

    def make(model: str, **values: Any) -> Any:
        return models.get_model(*model.split(".")).objects.using("owner").create(**values)

    make("people.Principal", code="MNF", name="Headquarters", bit=STAFF_BIT)
    make("people.Post", code="J5-PLANS", title="Planner, J5", role="planner", clearance=2)
    make("records.Site", code="PAR", last_sequence=len(NATIONS), last_time=str(HybridTime(len(NATIONS), 0)))
    for sequence, code in enumerate(NATIONS, 1):
        bit = FIRST_NATION_BIT + sequence
        nation = make("people.Principal", code=code, name=code, bit=bit)
        post = make("people.Post", code=f"LNO-{code}", title=code, role="liaison", nation=nation, clearance=2)
        make("people.Account", post=post, password="of then")
        low, high = masks_of({STAFF_BIT, bit})
        label = {"owner": code, "marking": 1, "rel_low": low, "rel_high": high}
        cells = {**CELLS, "offer_id": f"{code}-FIRST", "nation": code, "quantity": QUANTITIES[code]}
        words = "\n".join(cells.values())
        offer = make(
            "scenario.Row", id=uuid.uuid4(), table="offers", name=cells["offer_id"], cells=cells, words=words,
            changed_at=AT, **label,
        )  # fmt: skip
        body = SaltedBody(secrets.token_bytes(SALT_BYTES), Body((Change("quantity", None, QUANTITIES[code], 0),)))
        event = Event(
            "PAR", sequence, HybridTime(sequence, 0), f"LNO-{code}", "row_entered", "scenario.row", offer.pk,
            Label(code, Marking.RESTRICTED, frozenset()), body.digest(),
        )  # fmt: skip
        row = make(
            "records.EventRow", site="PAR", sequence=sequence, time=str(event.time), at=AT, actor=event.actor,
            verb=event.verb, object_kind=event.object_kind, object_id=offer.pk, body_digest=event.body_digest, **label,
        )  # fmt: skip
        content = canonical_json(body.body.to_json()).decode()
        make("records.BodyRow", event=row, salt=body.salt, content=content, **label)


def upgrade_and_tell(folder: Path) -> dict[str, Any]:
    """Upgrade, go on working, and tell what is there."""
    from django.db import transaction

    from hq.seeded import look_as, seed
    from muster.hq.founding import list_pending
    from muster.hq.keeping.upgrade import upgrade
    from muster.hq.people.models import Post, Site
    from muster.hq.records.sealing import export_journal, seal_new
    from muster.hq.scenario.models import Row

    pending = list_pending()
    done = upgrade(folder, at=AT)
    seen = {}
    for nation in NATIONS:
        with transaction.atomic():
            look_as(f"LNO-{nation}")
            seen[nation] = list(Row.objects.values_list("name", "cells__quantity"))
    seed()
    key = load_site_key(folder / SITE_KEY_NAME)
    seal_new(key, at=AT)
    events = export_journal(folder / "journal.gz", key.public_key())
    findings = verify_journal(folder / "journal.gz", load_public_key(folder / PUBLIC_KEY_NAME)).findings
    return {
        "pending": pending,
        "changes": done.changes,
        "backup": sorted(path.name for path in done.backup.iterdir()) if done.backup else [],
        "left": list_pending(),
        "again": upgrade(folder, at=AT).changes,
        "seen": seen,
        "posts": dict(Post.objects.values_list("code", "filled_by")),
        "sites": [site.city for site in Site.objects.all()],
        "events": events,
        "findings": [str(finding) for finding in findings],
    }


def main(folder: Path) -> None:
    """Do it in a new folder."""
    make_secrets(folder)
    make_keys(folder)
    with database_of(folder):
        use(folder)
        fill(migrate_to_first())
        print(json.dumps(upgrade_and_tell(folder)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
