"""Who may do what with jobs; the database keeps to the same."""

from muster.hq.jobs.models import Job
from muster.hq.people.models import Account
from muster.hq.people.viewing import owner_for


def may_ask(account: Account) -> bool:
    """Whether an account asks for long work."""
    return bool(owner_for(account))


def may_stop(account: Account, job: Job) -> bool:
    """Whether an account stops a job: anybody of those for whom it is done."""
    return owner_for(account) == job.owner
