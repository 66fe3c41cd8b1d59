"""Reads of jobs: the boundary leaves only what the viewer may see."""

from django.db.models import F, QuerySet

from muster.hq.jobs.choices import GOING
from muster.hq.jobs.claiming import Claimed
from muster.hq.jobs.models import Job
from muster.hq.people.models import Account


def find_claimed(claimed: Claimed) -> Job | None:
    """The job of a claim as it is now; None where it is over, or another has claimed it since."""
    return Job.objects.filter(pk=claimed.job, attempts=claimed.attempt, state__in=GOING).first()


def list_jobs() -> QuerySet[Job]:
    """Jobs that the viewer may see, those that go on first, then the last."""
    return Job.objects.order_by(F("ended_at").desc(nulls_first=True), "-asked_at")


def count_going(account: Account) -> int:
    """How many jobs of an account wait or run."""
    return Job.objects.filter(account=account.pk, state__in=GOING).count()
