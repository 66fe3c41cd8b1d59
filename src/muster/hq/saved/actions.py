"""Saving the filters of a list, and removing what was saved."""

import uuid
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from muster.disclosure.labels import Label, Marking
from muster.hq.people.models import Account
from muster.hq.people.queries import bits
from muster.hq.people.viewing import owner_for
from muster.hq.records.actions import record
from muster.hq.records.body import Change
from muster.hq.saved.choices import ViewVerb
from muster.hq.saved.models import LONGEST_NAME, LONGEST_QUERY, SavedView
from muster.hq.saved.queries import list_views
from muster.hq.saved.rules import may_save

MOST: Final = 50
"""Views of a post."""


class ViewRefused(Exception):
    """A view that cannot be saved or removed."""


@transaction.atomic
def save_view(*, table: str, name: str, query: str, by: Account, at: datetime) -> SavedView:
    """Save filters under a name; one of that name for the same table is overwritten.

    Parameters
    ----------
    query
        Filters as the address of the list has them.

    Raises
    ------
    ViewRefused
        When the account saves none, has too many, or name or filters are too long.
    """
    if not may_save(by):
        raise ViewRefused(_("Only posts of the headquarters and of nations save views."))
    if not name or len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise ViewRefused(
            _("A view needs a name of at most %(name)d signs, and filters of at most %(query)d.")
            % {"name": LONGEST_NAME, "query": LONGEST_QUERY}
        )
    Account.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)  # views are saved one after the other
    view = list_views(by).select_for_update().filter(table=table, name=name).first()
    if view is None:
        if list_views(by).count() >= MOST:
            raise ViewRefused(_("This post has %(most)d views, which is the most; remove one first.") % {"most": MOST})
        view = SavedView(account=by, table=table, name=name)
        view.put_label(Label(owner_for(by), Marking.RESTRICTED, frozenset()), bits())
    view.query, view.saved_at = query, at
    view.save()
    record(by=by, verb=ViewVerb.SAVED, about=view, changes=[Change("table", None, table, 0)], at=at)
    return view


@transaction.atomic
def remove_view(*, view: uuid.UUID, by: Account, at: datetime) -> SavedView:
    """Remove a view; what it said is not kept.

    Raises
    ------
    ViewRefused
        When it is none of the account.
    """
    found = list_views(by).select_for_update().filter(pk=view).first()
    if found is None:
        raise ViewRefused(_("There is no such view of this post."))
    found.name, found.query, found.removed_at = "", "", at
    found.save()
    record(by=by, verb=ViewVerb.REMOVED, about=found, changes=[Change("table", found.table, None, 1)], at=at)
    return found
