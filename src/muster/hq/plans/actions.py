"""What can be done to plans. Each action is one transaction and leaves one event in the journal."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.hq.boundary.masks import HEADQUARTERS, OBSERVERS
from muster.hq.people.models import Account
from muster.hq.people.queries import bits
from muster.hq.people.viewing import owner_for
from muster.hq.plans import rules
from muster.hq.plans.choices import Kind, State, Verb, Verdict
from muster.hq.plans.made import Made
from muster.hq.plans.models import Making, Opinion, Plan, PlanFile, PlanLine, Released
from muster.hq.plans.parts import part_names
from muster.hq.plans.queries import RELEASES_FILE, WHY_FILE, follows_history
from muster.hq.records.actions import record
from muster.hq.records.body import Change
from muster.hq.records.canonical import Json
from muster.hq.scenario.models import Version
from muster.hq.sites.reserved import why_not_here

_AT_ONCE: Final = 1000
_ALONE: Final = Label(HEADQUARTERS, Marking.RESTRICTED, frozenset())
"""Seen by the headquarters alone."""

FORM_NAMES: Final[Mapping[str, str]] = {Kind.MATCHING: "matching.html", Kind.DEPLOYMENT: "movement_table.csv"}


class PlanRefused(Exception):
    """An action that the rules do not allow, or that comes too late."""


@transaction.atomic
def keep_plan(
    *,
    title: str,
    made: Made,
    inputs: str,
    asked: Mapping[str, Json],
    of_version: Version | None,
    by: Account,
    at: datetime,
) -> Plan:
    """Keep a plan with all its files and lines, for the headquarters alone.

    Parameters
    ----------
    inputs
        Digest of what it was made of.
    of_version
        None where it was made elsewhere.

    Raises
    ------
    PlanRefused
        When the account makes no plans.
    """
    if not rules.may_make(by):
        raise PlanRefused(_("Only the headquarters makes plans."))
    plan = Plan(
        kind=made.kind, title=title[:160], case=made.case, inputs=inputs, made_by=by.get_username(), made_at=at
    )  # fmt: skip
    plan.put_label(_ALONE, bits())
    plan.save(force_insert=True)
    making = Making(
        plan=plan, of_version=of_version, asked=dict(asked), figures=dict(made.figures), findings=made.findings
    )
    making.copy_label(plan)
    making.save(force_insert=True)
    why = {line.key: line.why for line in made.lines if line.why}
    content_of = {**made.files, WHY_FILE: json.dumps(why, ensure_ascii=False).encode()}
    files = [PlanFile(plan=plan, name=name, content=content) for name, content in sorted(content_of.items())]
    lines = [
        PlanLine(
            plan=plan,
            nation=line.nation,
            key=line.key,
            name=line.name,
            start_d=line.start_d,
            end_d=line.end_d,
            late_d=line.late_d,
            told=dict(line.told),
        )
        for line in made.lines
    ]
    for row in (*files, *lines):
        row.copy_label(plan)
    PlanFile.objects.bulk_create(files)
    PlanLine.objects.bulk_create(lines, _AT_ONCE)
    told: dict[str, Json] = {"kind": made.kind, "title": plan.title, "case": made.case, "inputs": inputs}
    _told(plan, Verb.KEPT, {**told, "lines": len(lines), "findings": made.findings}, by, at)
    return plan


@transaction.atomic
def send_for_review(*, plan: uuid.UUID, version: int, by: Account, at: datetime) -> Plan:
    """Let each nation see its own lines and its part of a plan, and say what it thinks of them.

    Raises
    ------
    PlanRefused
        When the account may not, or the plan is not there to be sent.
    """
    found = _locked(plan, version)
    if not rules.may_send(by, found):
        raise PlanRefused(_("Only the headquarters sends a plan for review, and only once."))
    labels = bits()
    nations = sorted(set(found.lines.order_by().values_list("nation", flat=True)) & labels.keys())
    for nation in nations:
        shown = PlanLine()
        shown.put_label(Label(HEADQUARTERS, Marking.RESTRICTED, frozenset({nation})), labels)
        found.lines.filter(nation=nation).update(rel_low=shown.rel_low, rel_high=shown.rel_high)
        found.files.filter(name__in=part_names(nation)).update(rel_low=shown.rel_low, rel_high=shown.rel_high)
    found.put_label(Label(HEADQUARTERS, Marking.RESTRICTED, frozenset(nations)), labels)
    found.state = State.IN_REVIEW
    return _saved(found, Verb.SENT, {"nations": list[Json](nations)}, by, at)


@transaction.atomic
def give_opinion(
    *, plan: uuid.UUID, line: uuid.UUID | None, verdict: str, text: str, by: Account, at: datetime
) -> Opinion:
    """Say what one's nation thinks of its part of a plan.

    Parameters
    ----------
    line
        The line that it is about; None is all of them.

    Raises
    ------
    PlanRefused
        When the account may not, or objects without saying why.
    """
    found, owner = Plan.objects.get(pk=plan), owner_for(by)
    if not rules.may_speak(by, found):
        raise PlanRefused(_("A nation speaks to its own part of a plan, while the plan is in review."))
    about = None if line is None else PlanLine.objects.filter(pk=line, plan=found, nation=owner).first()
    if line is not None and about is None:
        raise PlanRefused(_("This line is not one of your nation."))
    if verdict not in Verdict or (verdict != Verdict.AGREES and not text):
        raise PlanRefused(_("Say what you think of it; an objection or a remark needs its reason."))
    opinion = Opinion(plan=found, line=about, verdict=verdict, text=text[:2000], by=by.get_username(), at=at)
    opinion.put_label(Label(owner, Marking.RESTRICTED, frozenset()), bits())
    opinion.save(force_insert=True)
    told: dict[str, Json] = {"plan": str(plan), "line": None if about is None else about.key, "verdict": verdict}
    changes = [Change(name, None, value, 0) for name, value in {**told, "text": opinion.text}.items()]
    record(by=by, verb=Verb.OPINION, about=opinion, changes=changes, at=at)
    return opinion


@transaction.atomic
def propose_release(
    *, plan: uuid.UUID, version: int, forms: Mapping[str, bytes], editions: bytes | None, by: Account, at: datetime
) -> Plan:
    """Put forward what of a plan would leave the headquarters; somebody else decides.

    Parameters
    ----------
    forms
        What is released, by the nation that it is for; ``ALL`` is every nation, ``OBS`` the observers.
    editions
        All releases of the series with this one, for the headquarters alone; None where totals are not released.

    Raises
    ------
    PlanRefused
        When the account may not.
    """
    found = _locked(plan, version)
    if not rules.may_propose(by, found):
        raise PlanRefused(_("Only the headquarters proposes a plan for release, and not one that is proposed already."))
    labels, before = bits(), {form.for_whom: form for form in found.released_forms.all()}
    for whom, content in sorted(forms.items()):
        form = before.get(whom) or Released(plan=found, for_whom=whom, name=FORM_NAMES[found.kind], title=found.title)
        form.content = content
        form.put_label(_ALONE, labels)
        form.save()
    if editions is not None:
        kept = found.files.filter(name=RELEASES_FILE).first() or PlanFile(plan=found, name=RELEASES_FILE)
        kept.content = editions
        kept.put_label(_ALONE, labels)
        kept.save()
    found.state, found.proposed_by = State.PROPOSED, by.get_username()
    return _saved(found, Verb.PROPOSED, {"forms": list[Json](sorted(forms))}, by, at)


@transaction.atomic
def release_plan(*, plan: uuid.UUID, version: int, by: Account, at: datetime) -> Plan:
    """Release the forms of a plan, each to whom it is for; a second person does.

    Raises
    ------
    PlanRefused
        When the account may not, or proposed it.
    """
    found = _locked(plan, version)
    if not rules.may_release(by, found):
        raise PlanRefused(_("A plan is released by somebody else than who proposed it."))
    if why := why_not_here():
        raise PlanRefused(why)
    if not follows_history(found):
        raise PlanRefused(_("Another plan was released since this was proposed; take it back and propose it again."))
    labels = bits()
    for form in found.released_forms.all():
        marking = Marking.OPEN if form.for_whom == OBSERVERS else Marking.RESTRICTED
        form.put_label(Label(HEADQUARTERS, marking, frozenset({form.for_whom})), labels)
        form.released_at = at
        form.save(update_fields=["marking", "rel_low", "rel_high", "released_at"])
    found.put_label(Label(HEADQUARTERS, Marking.RESTRICTED, frozenset({EVERY_NATION})), labels)
    found.state, found.released_by, found.released_at = State.RELEASED, by.get_username(), at
    return _saved(found, Verb.RELEASED, {"proposed_by": found.proposed_by}, by, at)


@transaction.atomic
def take_back(*, plan: uuid.UUID, version: int, by: Account, at: datetime) -> Plan:
    """Take a proposal back; nothing was released.

    Raises
    ------
    PlanRefused
        When the account may not.
    """
    found = _locked(plan, version)
    if not rules.may_take_back(by, found):
        raise PlanRefused(_("Only a proposal of the headquarters is taken back."))
    shown = found.rel_low, found.rel_high
    alone = Plan()
    alone.put_label(_ALONE, bits())
    found.state = State.MADE if shown == (alone.rel_low, alone.rel_high) else State.IN_REVIEW
    found.proposed_by = ""
    return _saved(found, Verb.TAKEN_BACK, {}, by, at)


@transaction.atomic
def set_aside(*, plan: uuid.UUID, version: int, by: Account, at: datetime) -> Plan:
    """Set a plan aside: it stays on record, and nobody works on it any more.

    Raises
    ------
    PlanRefused
        When the account may not.
    """
    found = _locked(plan, version)
    if not rules.may_set_aside(by, found):
        raise PlanRefused(_("Only a plan that is neither proposed nor released is set aside."))
    found.state = State.SET_ASIDE
    return _saved(found, Verb.SET_ASIDE, {}, by, at)


def _locked(plan: uuid.UUID, version: int) -> Plan:
    found = Plan.objects.select_for_update().get(pk=plan)
    if found.version != version:
        raise PlanRefused(
            _('Somebody else changed "%(plan)s" first; it stands now as: %(state)s.')
            % {"plan": found, "state": found.get_state_display()}
        )
    return found


def _saved(plan: Plan, verb: Verb, told: Mapping[str, Json], by: Account, at: datetime) -> Plan:
    plan.version += 1
    plan.save(force_update=True)
    _told(plan, verb, {"state": plan.state, **told}, by, at)
    return plan


def _told(plan: Plan, verb: Verb, told: Mapping[str, Json], by: Account, at: datetime) -> None:
    changes = [Change(name, None, value, plan.version - 1) for name, value in told.items()]
    record(by=by, verb=verb, about=plan, changes=changes, at=at)
