"""The page of the seat: where it is, how far a move is, and the step that this site may take next."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from muster.hq.answers import account_of, refused
from muster.hq.people.choices import STAFF
from muster.hq.people.proving import recently_proved
from muster.hq.records.models import EventRow
from muster.hq.sites import seat_events
from muster.hq.sites.choices import SeatVerb
from muster.hq.sites.evidence import evidence_of
from muster.hq.sites.seat import Move, Register, Step
from muster.hq.sites.seat_rules import may_plan, may_take
from muster.hq.sites.standing import list_standing


@dataclass(frozen=True, slots=True)
class ToldMove:
    """A move as the page tells it.

    Attributes
    ----------
    steps
        Words, and whoever has taken the step: site, post and time; nobody where it is still to come.
    next_steps
        Value and words of those that this site may take now.
    """

    move: Move
    steps: list[tuple[str, list[EventRow]]]
    next_steps: list[tuple[str, str]]


@require_GET
def seat(request: HttpRequest) -> HttpResponse:
    """Where the seat is, and how far its moves are."""
    account = account_of(request)
    if account.post.role not in STAFF:
        return refused(request, _("The seat is the business of the headquarters."))
    known = seat_events.known_seat()
    voters, whole = seat_events.list_voters(), seat_events.list_whole()
    leads = seat_events.may_lead(account)
    here = settings.SITE
    context = {
        "known": known,
        "here": here,
        "holds": known.holds_seat(here),
        "standing": list_standing(),
        "moves": [_told(known, move, leads=leads) for move in reversed(known.moves)],
        "to": [to for to in sorted(whole) if leads and may_plan(known, here, to, voters, takes_over=False)],
        "may_take_over": leads and here in whole and may_plan(known, here, here, voters, takes_over=True),
    }
    return render(request, "sites/seat.html", context)


@require_POST
@recently_proved
def plan(request: HttpRequest) -> HttpResponse:
    """Plan that the seat moves to another site, or that this one takes it over."""
    takes_over = request.POST.get("how") == "take_over"
    declaration = request.POST.get("declaration", "").strip()[:500] if takes_over else ""
    if takes_over and not declaration:
        return refused(request, _("Whoever takes the seat over declares why; nothing was planned."))
    to = settings.SITE if takes_over else request.POST.get("to", "")
    try:
        seat_events.plan_move(to=to, declaration=declaration, by=account_of(request), at=timezone.now())
    except seat_events.SeatRefused as why:
        return refused(request, str(why))
    return redirect("seat")


@require_POST
@recently_proved
def step(request: HttpRequest, move: uuid.UUID) -> HttpResponse:
    """Take a step of a move."""
    asked = request.POST.get("step", "")
    if asked not in set(Step) - {Step.PLANNED}:
        raise Http404
    try:
        seat_events.take_step(step=Step(asked), move=move, by=account_of(request), at=timezone.now())
    except seat_events.SeatRefused as why:
        return refused(request, str(why))
    return redirect("seat")


@require_GET
def evidence(request: HttpRequest, move: uuid.UUID) -> HttpResponse:
    """All that the sites said and signed for a move, as a file."""
    found = seat_events.known_seat().find(move) if account_of(request).post.role in STAFF else None
    if found is None:
        raise Http404
    answer = JsonResponse(evidence_of(found), json_dumps_params={"indent": 1, "sort_keys": True})
    answer.headers["Content-Disposition"] = f'attachment; filename="seat-epoch-{found.plan.epoch}.json"'
    return answer


def _told(known: Register, move: Move, *, leads: bool) -> ToldMove:
    events = [event for event in seat_events.list_events() if event.object_id == move.plan.move]
    left_out = {Step.FROZEN, Step.PROVED} if move.plan.declaration else set[Step]()
    left_out |= set() if move.is_called_off else {Step.CALLED_OFF}
    steps = [step for step in Step if step not in left_out]
    possible = [step for step in Step if step is not Step.PLANNED and may_take(step, known, move, settings.SITE)]
    return ToldMove(
        move,
        [(str(SeatVerb(step.value).label), [event for event in events if event.verb == step]) for step in steps],
        [(step.value, _pressed(step)) for step in possible] if leads else [],
    )


def _pressed(step: Step) -> str:
    """What the button of a step says."""
    return {
        Step.FROZEN: _("Freeze the seat here"),
        Step.PROVED: _("Prove that everything is here"),
        Step.SIGNED: _("Sign"),
        Step.ACCEPTED: _("Accept for this site"),
        Step.OPENED: _("Open the seat here"),
        Step.CALLED_OFF: _("Call the move off"),
    }[step]
