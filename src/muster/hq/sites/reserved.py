"""Acts that only the seat may do: elsewhere they wait as proposals until it has decided."""

from django.conf import settings
from django.utils.translation import gettext as _

from muster.hq.sites.seat_events import known_seat


def why_not_here() -> str:
    """Why an act that is reserved to the seat cannot be done here now; empty where it can."""
    known = known_seat()
    if known.holds_seat(settings.SITE):
        return ""
    if known.seat == settings.SITE:
        return _("The seat is frozen while it moves; what only the seat may do waits until it is open again.")
    return _(
        "Only the seat does this, and the seat is at %(seat)s; it waits as proposed until the seat has decided."
    ) % {"seat": known.seat}
