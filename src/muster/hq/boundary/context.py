"""The signed context: who asks, and what they count as, for one transaction.

The server works it out for each request and signs it with a key that the role of the application cannot read. Whoever
reaches the database by an injected statement can set the text, but not sign it. It ends with the transaction, and after
a short time in any case.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.backends.utils import CursorWrapper

from muster.hq.boundary.masks import Masks
from muster.hq.context_key import Key

SETTING: Final = "hq.ctx"
LASTS: Final = timedelta(minutes=10)
"""Longest time that a context is good for; a request needs far less."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks.

    Attributes
    ----------
    account
        Id of the account.
    owner
        Code of the nation, or of the headquarters, whose rows they may write; empty for who writes none.
    clearance
        Highest marking that they may see, as a number.
    masks
        Principals that they count as.
    """

    account: str
    owner: str
    clearance: int
    masks: Masks

    def __post_init__(self) -> None:
        """Refuse what could be read as another field."""
        if "|" in self.account + self.owner:
            raise ValueError(f'Account "{self.account}" or owner "{self.owner}" holds "|", which parts the context.')


def signed(viewer: Viewer, key: Key, *, at: datetime) -> str:
    """The context as text, with its signature."""
    fields = (
        key.key_id,
        viewer.account,
        viewer.owner,
        str(viewer.clearance),
        str(viewer.masks.low),
        str(viewer.masks.high),
        str(int((at + LASTS).timestamp())),
    )
    payload = "|".join(fields)
    return f"{payload}|{hmac.new(key.secret, payload.encode(), hashlib.sha256).hexdigest()}"


def enter(cursor: CursorWrapper, context: str) -> None:
    """Set the context for the rest of the transaction."""
    cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, context])
