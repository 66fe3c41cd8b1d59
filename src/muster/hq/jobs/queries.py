"""Reads of jobs: the boundary leaves only what the viewer may see."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from muster.hq.jobs.choices import GOING
from muster.hq.jobs.claiming import Claimed
from muster.hq.jobs.models import Job
from muster.hq.people.models import Account


def find_claimed(claimed: Claimed) -> Job | None:
    """The job of a claim as it is now; None where it is over, or another has claimed it since."""
    return Job.objects.filter(pk=claimed.job, attempts=claimed.attempt, state__in=GOING).first()


@dataclass(frozen=True, slots=True)
class OwnJobs:
    """Jobs of an account: how many wait or run, and how many ended since it looked."""

    going: int
    ended: int


def list_jobs() -> QuerySet[Job]:
    """Jobs that the viewer may see, those that go on first, then the last."""
    return Job.objects.order_by(F("ended_at").desc(nulls_first=True), "-asked_at")


def own_jobs(account: Account) -> OwnJobs:
    """Count the jobs of an account, for the head of each page."""
    found = Job.objects.filter(account=account.pk).aggregate(
        going=Count("pk", filter=Q(state__in=GOING)),
        ended=Count("pk", filter=Q(seen=False, ended_at__isnull=False)),
    )
    return OwnJobs(found["going"], found["ended"])
