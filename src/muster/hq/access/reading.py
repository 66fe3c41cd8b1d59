"""How many rows a post takes out in an hour; the headquarters may take all."""

from datetime import datetime, timedelta
from math import ceil
from typing import Final

from django.conf import settings
from django.db.models import Sum

from muster.hq.access.models import Reading
from muster.hq.access.rules import is_counted
from muster.hq.people.models import Account

WHILE: Final = timedelta(hours=1)


class ReadTooMuch(Exception):
    """A post that took out more rows than it may in an hour.

    Attributes
    ----------
    wait_s
        Seconds until it may take out some again.
    """

    def __init__(self, most: int, wait_s: int) -> None:
        super().__init__(f"This post has taken out {most} rows in the last hour, which is the most; wait {wait_s} s.")
        self.wait_s = wait_s


def take_out(account: Account, rows: int, *, at: datetime) -> None:
    """Note that an account is given rows, unless it has had as many as an hour allows; the last may go beyond that.

    Raises
    ------
    ReadTooMuch
        With how long to wait.
    """
    if not rows or not is_counted(account):
        return
    lately = Reading.objects.filter(account=account, at__gt=at - WHILE)
    if (lately.aggregate(rows=Sum("rows"))["rows"] or 0) >= settings.ROWS_AN_HOUR:
        first = lately.order_by("at").values_list("at", flat=True)[0]
        raise ReadTooMuch(settings.ROWS_AN_HOUR, max(1, ceil((first + WHILE - at).total_seconds())))
    Reading.objects.filter(account=account, at__lte=at - WHILE).delete()
    Reading.objects.create(account=account, at=at, rows=rows)
