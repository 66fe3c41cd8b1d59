"""Which sites there are: this one, those whose journals are taken, and what a new site is told to begin with."""

import json
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from muster.hq.boundary.labelled import MARKINGS
from muster.hq.folder import PUBLIC_KEY_NAME
from muster.hq.people.models import Post, Principal
from muster.hq.people.queries import forget_principals
from muster.hq.records.event import EventRefused, refuse_no_site
from muster.hq.records.keys import load_public_key, public_key_pem
from muster.hq.records.models import Site
from muster.hq.refused import Refused
from muster.hq.sites.holding import EVERYTHING, Holds
from muster.hq.sites.models import OWNER, KnownSite

FORMAT: Final = "muster-founding/1"
_POST: Final = ("code", "title", "role", "nation_id", "clearance", "branch", "rank", "filled_by_id", "language")


class FoundingRefused(Refused):
    """A site that cannot be added, or a file from which none can be founded."""


def know_own(headquarters: Path, holds: Holds = EVERYTHING) -> None:
    """Note this site with its key, where it is not noted yet."""
    if not KnownSite.objects.using(OWNER).filter(code=settings.SITE).exists():
        _put(settings.SITE, (headquarters / PUBLIC_KEY_NAME).read_text(encoding="ascii"), holds)


def add_site(code: str, public_key: Path, holds: Holds) -> None:
    """Take the journal of another site from now on, and send it what it may hold.

    Raises
    ------
    FoundingRefused
        When it is this site, no code of a site, or known already with another key.
    KeyRefused
        When the file holds no public key.
    """
    try:
        refuse_no_site(code)
    except EventRefused:
        raise FoundingRefused(f'"{code}" is no code of a site; write capitals and digits, like KYI.') from None
    if code == settings.SITE:
        raise FoundingRefused(f"{code} is this site; name the other one.")
    _refuse_unknown_nations(holds)
    pem = public_key_pem(load_public_key(public_key)).decode()
    known = KnownSite.objects.using(OWNER).filter(code=code).first()
    if known is not None and known.public_key != pem:
        raise FoundingRefused(
            f"{code} is known with another key. A site hands a new key over in its own journal; "
            "if this one is right, the one that is here is a forgery: find out first."
        )
    _put(code, pem, holds)


def describe(path: Path) -> None:
    """Write what a new site begins with: nations with their places in labels, posts, and the sites known here."""
    told = {
        "format": FORMAT,
        "from": settings.SITE,
        "nations": list(Principal.objects.using(OWNER).order_by("bit").values("code", "name", "bit")),
        "posts": list(Post.objects.using(OWNER).filter(closed_at=None).order_by("code").values(*_POST)),
        "sites": list(
            KnownSite.objects.using(OWNER).order_by("code").values("code", "public_key", "highest", "principals")
        ),
    }
    path.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def begin_like(path: Path) -> None:
    """Take in what another site has described: all of it or nothing.

    Raises
    ------
    FoundingRefused
        When the file was not written by a site.
    """
    try:
        told = _read(path)
        with transaction.atomic(using=OWNER):
            Site.objects.using(OWNER).get_or_create(code=settings.SITE)
            for nation in told["nations"]:
                Principal.objects.using(OWNER).update_or_create(code=nation["code"], defaults=nation)
            for post in told["posts"]:
                Post.objects.using(OWNER).update_or_create(code=post["code"], defaults={n: post[n] for n in _POST})
            for site in told["sites"]:
                KnownSite.objects.using(OWNER).update_or_create(code=site["code"], defaults=site)
    except (ValueError, KeyError, TypeError) as error:
        raise FoundingRefused(
            f'"{path}" does not describe a headquarters ({error}); have one write it: muster hq sites describe.'
        ) from None
    forget_principals()


def _read(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if told["format"] != FORMAT:
        raise ValueError(f"its format is {told['format']}")
    return told


def _put(code: str, pem: str, holds: Holds) -> None:
    principals = None if holds.principals is None else sorted(holds.principals)
    told = {"public_key": pem, "highest": MARKINGS.index(holds.highest), "principals": principals}
    KnownSite.objects.using(OWNER).update_or_create(code=code, defaults=told)


def _refuse_unknown_nations(holds: Holds) -> None:
    known = set(Principal.objects.using(OWNER).values_list("code", flat=True))
    strange = sorted((holds.principals or frozenset()) - known)
    if strange:
        raise FoundingRefused(f"{', '.join(strange)} is not known here; known: {', '.join(sorted(known))}.")
