"""Words for posts, their holders, sign-ins and factors."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a post may do; it comes from the post, not from the person."""

    PLANNER = "planner", _("headquarters planner")
    CHIEF = "chief", _("chief of staff")
    WATCH = "watch", _("watch-keeper")
    LIAISON = "liaison", _("national liaison officer")
    OBSERVER = "observer", _("observer")
    ADMINISTRATOR = "administrator", _("administrator")


WRITERS: Final = frozenset({Role.PLANNER, Role.CHIEF})
"""Roles that write for the headquarters."""
STAFF: Final = WRITERS | {Role.WATCH}
"""Roles that read what the headquarters reads."""
NEEDS_FACTOR: Final = frozenset(Role) - {Role.OBSERVER}
"""Roles that sign in with a second factor, where the headquarters requires one: all that see what is not released."""


class Branch(models.TextChoices):
    """Part of the headquarters that a post belongs to."""

    COMMAND = "COMD", _("command group")
    J1 = "J1", _("J1 personnel")
    J2 = "J2", _("J2 intelligence")
    J3 = "J3", _("J3 operations")
    J4 = "J4", _("J4 logistics")
    J5 = "J5", _("J5 plans")
    J6 = "J6", _("J6 communications")
    J7 = "J7", _("J7 training")
    J8 = "J8", _("J8 resources")
    J9 = "J9", _("J9 civil-military cooperation")


RANKS: Final = tuple((code, code) for code in (*(f"OF-{n}" for n in range(1, 11)), *(f"OR-{n}" for n in range(1, 10))))
"""NATO codes of ranks, officers and others."""
LANGUAGES: Final = (("en", _("English")), ("fr", _("French")), ("uk", _("Ukrainian")))


class SecondFactor(models.TextChoices):
    """Whether all posts but observers must sign in with a second factor."""

    REQUIRED = "required", _("required")
    OFFERED = "offered", _("offered")


class FactorKind(models.TextChoices):
    """What proves that it is the post beside its password."""

    TOTP = "totp", _("one-time codes from an application")
    SECURITY_KEY = "security_key", _("security key or passkey")


class Answer(models.TextChoices):
    """What the headquarters says to a holder whom a nation proposes."""

    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


class Verb(models.TextChoices):
    """What is done to posts, holders and accounts."""

    SIGNED_IN = "signed_in", _("signed in")
    SIGNED_OUT = "signed_out", _("signed out")
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere", _("signed out everywhere")
    SIGN_IN_BARRED = "sign_in_barred", _("sign-in barred after failures")
    PROVED = "proved_again", _("proved again who it is")
    PASSWORD_SET = "password_set", _("password set")
    PASSWORD_GIVEN = "password_given", _("one-time password given out")
    INVITED = "invited", _("invited")
    INVITATION_AGREED = "invitation_agreed", _("agreed to an invitation")
    FACTOR_ADDED = "factor_added", _("second factor added")
    FACTOR_REMOVED = "factor_removed", _("second factor removed")
    CODES_DRAWN = "recovery_codes_drawn", _("recovery codes drawn")
    CODE_USED = "recovery_code_used", _("recovery code used")
    POST_ADDED = "post_added", _("post added")
    POST_CHANGED = "post_changed", _("post changed")
    POST_CLOSED = "post_closed", _("post closed")
    HOLDER_PROPOSED = "holder_proposed", _("holder proposed")
    HOLDER_CHANGED = "holder_changed", _("holder changed")
    HOLDER_WITHDRAWN = "holder_withdrawn", _("holder withdrawn")
    HOLDER_ANSWERED = "holder_answered", _("holder accepted or declined")


OF_ACCOUNTS: Final = frozenset(
    {
        Verb.SIGNED_IN, Verb.SIGNED_OUT, Verb.SIGNED_OUT_EVERYWHERE, Verb.SIGN_IN_BARRED, Verb.PROVED,
        Verb.PASSWORD_SET, Verb.PASSWORD_GIVEN, Verb.INVITED, Verb.INVITATION_AGREED, Verb.FACTOR_ADDED,
        Verb.FACTOR_REMOVED, Verb.CODES_DRAWN, Verb.CODE_USED,
    }
)  # fmt: skip
"""What tells when and by what somebody signed in for a post."""
