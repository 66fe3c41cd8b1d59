"""How far the journal of each site has come here."""

from dataclasses import dataclass

from django.conf import settings

from muster.hq.records.models import Site
from muster.hq.sites.models import KnownSite


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one site has come.

    Attributes
    ----------
    here
        Its last event here.
    has_of_us
        Our last event that it said it has; None for this site itself.
    last_time
        Time of its last event here, empty before the first.
    """

    code: str
    here: int
    has_of_us: int | None
    last_time: str
    may_hold: str

    def __str__(self) -> str:
        """Give one line."""
        told = f"{self.code}: {self.here:,} events here, the last at {self.last_time or '-'}; may hold {self.may_hold}"
        return f"{told}; this site" if self.has_of_us is None else f"{told}; has {self.has_of_us:,} of ours"


def list_standing() -> list[Standing]:
    """How far each known site has come, by its code."""
    here = {site.code: site for site in Site.objects.all()}
    found = []
    for known in KnownSite.objects.all():
        site = here.get(known.code)
        holds = known.holds()
        nations = "everything" if holds.principals is None else "what is told " + ", ".join(sorted(holds.principals))
        found.append(
            Standing(
                code=known.code,
                here=0 if site is None else site.last_sequence,
                has_of_us=None if known.code == settings.SITE else int(known.has.get(settings.SITE, 0)),
                last_time=site.last_time[:19] if site is not None and site.last_sequence else "",
                may_hold=f"{nations}, up to {holds.highest}",
            )
        )
    return found
