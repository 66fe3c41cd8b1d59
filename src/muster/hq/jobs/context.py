"""What the head of each page tells of one's own jobs."""

from django.http import HttpRequest

from muster.hq.jobs.queries import OwnJobs, own_jobs
from muster.hq.people.models import Account


def own(request: HttpRequest) -> dict[str, OwnJobs]:
    """Count the jobs of whoever asks."""
    return {"own_jobs": own_jobs(request.user)} if isinstance(request.user, Account) else {}
