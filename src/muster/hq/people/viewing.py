"""What an account counts as at the boundary."""

from muster.hq.boundary.context import Viewer
from muster.hq.boundary.masks import EVERY_NATION_BIT, HEADQUARTERS, OBSERVER_BIT, STAFF_BIT, Masks, masks_of
from muster.hq.people.choices import STAFF, WRITERS, Role
from muster.hq.people.models import Account, Principal

NOBODY = Masks(0, 0)


def owner_for(account: Account) -> str:
    """For whom an account writes rows: its nation, or the headquarters; empty for who writes none."""
    return HEADQUARTERS if account.post.role in WRITERS else account.post.nation_id or ""


def viewer_of(account: Account) -> Viewer:
    """Work out what an account counts as now, from its post."""
    post = account.post
    return Viewer(
        account=str(account.pk),
        owner=owner_for(account),
        clearance=post.clearance,
        masks=_masks(post.role, post.nation),
    )


def _masks(role: str, nation: Principal | None) -> Masks:
    """An administrator runs the system and counts as nobody; an observer is no nation."""
    if role in STAFF:
        return masks_of({STAFF_BIT})
    if role == Role.OBSERVER:
        return masks_of({OBSERVER_BIT})
    if nation is not None:
        return masks_of({EVERY_NATION_BIT, nation.bit})
    return NOBODY
