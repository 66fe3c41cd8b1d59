"""Plans that a headquarters begins with: made before by the planning commands, and kept by its planner."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from muster.exchange.matching_json import MATCHING_FILE
from muster.hq.founding import STAFF_POSTS, act_as
from muster.hq.people.models import Account
from muster.hq.plans.actions import keep_plan
from muster.hq.plans.deployments import read_deployment
from muster.hq.plans.matchings import read_matching
from muster.hq.scenario.versions import keep_version


@transaction.atomic
def keep_plans(folders: Sequence[Mapping[str, bytes]], *, at: datetime) -> int:
    """Have the planner keep plans that the planning commands made; gives how many.

    Parameters
    ----------
    folders
        Files of each folder by their names.
    """
    account = Account.objects.select_related("post").get(post_id=STAFF_POSTS[0][0])
    act_as(account, at=at)
    version = keep_version(title="as the headquarters began", by=account, at=at)
    for files in folders:
        made = read_matching(files) if MATCHING_FILE in files else read_deployment(files)
        keep_plan(
            title=f"{made.kind.label} of the case {made.case}",
            made=made,
            inputs=str(made.figures["scenario_hash"]),
            asked={"seed": made.figures["seed"]},
            of_version=version,
            by=account,
            at=at,
        )
    return len(folders)
