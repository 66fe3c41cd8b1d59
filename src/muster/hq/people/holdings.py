"""What is done to holders of posts: nations say who comes, the headquarters answers. Each leaves one event."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.hq.boundary.masks import HEADQUARTERS
from muster.hq.people import rules
from muster.hq.people.choices import Verb
from muster.hq.people.models import Account, Holding, HoldingAnswer, Post
from muster.hq.people.queries import bits
from muster.hq.people.viewing import owner_for
from muster.hq.records.actions import record
from muster.hq.records.body import Change

_FIELDS: Final = ("holder", "starts_on", "ends_on")


class HolderRefused(Exception):
    """An action on a holder that the rules do not allow, or that comes too late."""


class HolderChangedMeanwhile(HolderRefused):
    """Somebody else saved the holder first.

    Attributes
    ----------
    holding
        As it is now.
    """

    def __init__(self, holding: Holding) -> None:
        super().__init__(_("Somebody saved this holder before you; look at it as it is now, and do it again."))
        self.holding = holding


@dataclass(frozen=True, slots=True)
class Said:
    """Who holds a post, as a nation says.

    Attributes
    ----------
    holder
        Code that the nation gives, and no name.
    ends_on
        First day without them; None is not said.
    is_told
        Whether every nation is told.
    """

    holder: str
    starts_on: date
    ends_on: date | None
    is_told: bool


@transaction.atomic
def propose_holder(*, post: Post, said: Said, by: Account, at: datetime) -> Holding:
    """Say who holds a post; the headquarters answers.

    Raises
    ------
    HolderRefused
        When the account's nation does not fill the post, or the code is not of that nation.
    """
    if not rules.may_propose(by, post):
        raise HolderRefused(_("Only the nation that fills a post says who holds it, while the post is open."))
    holding = Holding(post=post, changed_at=at)
    _put(holding, said, owner_for(by))
    holding.save(force_insert=True)
    changes = [Change("post", None, post.pk, 0), *_changes({}, holding, 0)]
    record(by=by, verb=Verb.HOLDER_PROPOSED, about=holding, changes=changes, at=at)
    return holding


@transaction.atomic
def change_holder(*, holding: uuid.UUID, version: int, said: Said, by: Account, at: datetime) -> Holding:
    """Change who holds a post, or from when to when; a save that changes nothing leaves no event.

    Raises
    ------
    HolderChangedMeanwhile
        When somebody else saved it first.
    HolderRefused
        When the account may not.
    """
    found = _locked(holding, version, by)
    before, label = _plain(found), (found.rel_low, found.rel_high)
    _put(found, said, found.owner)
    changes = _changes(before, found, version)
    if not changes and label == (found.rel_low, found.rel_high):
        return found
    return _saved(found, Verb.HOLDER_CHANGED, changes, by, at)


@transaction.atomic
def withdraw_holder(*, holding: uuid.UUID, version: int, by: Account, at: datetime) -> Holding:
    """Take back who holds a post.

    Raises
    ------
    HolderChangedMeanwhile, HolderRefused
        As for :func:`change_holder`.
    """
    found = _locked(holding, version, by)
    found.is_withdrawn = True
    return _saved(found, Verb.HOLDER_WITHDRAWN, [], by, at)


@transaction.atomic
def answer_holder(*, holding: uuid.UUID, verdict: str, why: str, by: Account, at: datetime) -> HoldingAnswer:
    """Accept or decline whom a nation proposes; all who see the holder see the answer.

    Raises
    ------
    HolderRefused
        When the account may not.
    """
    found = Holding.objects.get(pk=holding)
    if not rules.may_answer(by, found):
        raise HolderRefused(_("Only planners and the chief of staff accept or decline a holder."))
    Post.objects.select_for_update(no_key=True).get(pk=found.post_id)  # its holders are answered one after the other
    answer = HoldingAnswer.objects.select_for_update().filter(pk=holding).first() or HoldingAnswer(holding=found)
    before, labels = answer.verdict or None, bits()
    label = found.label(labels)
    answer.put_label(Label(HEADQUARTERS, label.marking, _told_with(label)), labels)
    answer.verdict, answer.why, answer.answered_at = verdict, why, at
    answer.save()
    changes = [Change("verdict", before, verdict, 0), *([Change("why", None, why, 0)] if why else [])]
    record(by=by, verb=Verb.HOLDER_ANSWERED, about=answer, changes=changes, at=at)
    return answer


def _told_with(label: Label) -> frozenset[str]:
    """Who is told an answer to a holder of this label: their nation, and all whom it tells."""
    return label.releasable_to if EVERY_NATION in label.releasable_to else label.releasable_to | {label.owner}


def _put(holding: Holding, said: Said, owner: str) -> None:
    if not said.holder.startswith(f"{owner}-"):
        raise HolderRefused(
            _('Holder "%(holder)s" has no code of %(owner)s; write one as %(owner)s-0421.')
            % {"holder": said.holder, "owner": owner}
        )
    holding.holder, holding.starts_on, holding.ends_on = said.holder, said.starts_on, said.ends_on
    told = frozenset({EVERY_NATION}) if said.is_told else frozenset[str]()
    holding.put_label(Label(owner, Marking.RESTRICTED, told), bits())


def _locked(holding: uuid.UUID, version: int, by: Account) -> Holding:
    found = Holding.objects.select_for_update().filter(pk=holding).first()
    if found is None or not rules.may_change(by, found):
        raise HolderRefused(_("Only the nation of a holder changes who it is, until they are withdrawn."))
    if found.version != version:
        raise HolderChangedMeanwhile(found)
    return found


def _saved(holding: Holding, verb: Verb, changes: list[Change], by: Account, at: datetime) -> Holding:
    holding.version += 1
    holding.changed_at = at
    holding.save(force_update=True)
    record(by=by, verb=verb, about=holding, changes=changes, at=at)
    return holding


def _plain(holding: Holding) -> dict[str, str | None]:
    values = {field: getattr(holding, field) for field in _FIELDS}
    return {field: None if value is None else str(value) for field, value in values.items()}


def _changes(before: dict[str, str | None], holding: Holding, version: int) -> list[Change]:
    return [
        Change(field, before.get(field), value, version)
        for field, value in _plain(holding).items()
        if before.get(field) != value
    ]
