"""Words that make a password easy to guess here: what remains without them must be long enough."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from muster.hq.people.models import Account

WORDS: Final = (
    "muster", "multinational", "force", "headquarters", "coalition", "ukraine", "password", "planner", "liaison",
    "officer", "observer", "administrator", "watch", "chief", "staff", "paris", "london", "kyiv",
)  # fmt: skip
"""Words of this work that anybody would try."""
LEAST: Final = 8
"""Characters that must remain."""


class WordsOfThisWork:
    """Refuses a password of little else than words of this work and of the post itself."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Refuse it.

        Raises
        ------
        ValidationError
            When too little remains.
        """
        own = () if user is None else re.findall(r"\w{3,}", f"{user.post.code} {user.post.title}".lower())
        known = "|".join(sorted(map(re.escape, {*WORDS, *own}), key=len, reverse=True))
        if len(re.sub(f"{known}|\\W|_", "", password.lower())) < LEAST:
            raise ValidationError(
                _("This password is made of words that anybody here would try; add words of your own.")
            )

    def get_help_text(self) -> str:
        """Say it beforehand."""
        return _("Your password cannot be made of the words of this work alone.")
