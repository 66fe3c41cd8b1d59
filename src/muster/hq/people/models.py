"""Principals, sites, posts with their holders, and accounts with what they sign in by."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from muster.hq.boundary.labelled import MARKINGS, Labelled
from muster.hq.boundary.masks import BITS, FIRST_NATION_BIT, HEADQUARTERS
from muster.hq.people.choices import LANGUAGES, RANKS, Answer, Branch, FactorKind, Role, SecondFactor


class Principal(models.Model):
    """A nation, or the headquarters: whoever can own a row; ``bit`` is its place in the masks of the boundary."""

    code = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=80)
    bit = models.SmallIntegerField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bit__gte=0, bit__lt=BITS)
                & (models.Q(code=HEADQUARTERS) | models.Q(bit__gte=FIRST_NATION_BIT)),
                name="principal_bit_is_free_for_nations",
            )
        ]

    def __str__(self) -> str:
        """Give name and code."""
        return f"{self.name} ({self.code})"


class Site(models.Model):
    """A place where the headquarters works."""

    code = models.CharField(max_length=8, primary_key=True)
    city = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=40)
    languages = models.JSONField(default=list)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        """Give the city."""
        return self.city


class Post(models.Model):
    """A place in the establishment; whoever holds it has its role.

    ``nation`` is the one that a liaison officer speaks for; ``filled_by`` the one that sends somebody. What is empty is
    not said. A post that is closed stays, for what was done by it.
    """

    code = models.CharField(
        max_length=40,
        primary_key=True,
        validators=[RegexValidator(r"^[A-Z0-9]+(-[A-Z0-9]+)*$", _("Capitals and digits, parted by hyphens: J4-MOV."))],
    )
    title = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role.choices)
    nation = models.ForeignKey(Principal, on_delete=models.PROTECT, null=True, blank=True)
    clearance = models.SmallIntegerField(choices=[(number, marking.value) for number, marking in enumerate(MARKINGS)])
    branch = models.CharField(max_length=4, choices=Branch.choices, blank=True)
    rank = models.CharField(max_length=5, choices=RANKS, blank=True)
    filled_by = models.ForeignKey(
        Principal, on_delete=models.PROTECT, null=True, blank=True, related_name="posts_filled"
    )  # fmt: skip
    language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role=Role.LIAISON, nation__isnull=False)
                | (~models.Q(role=Role.LIAISON) & models.Q(nation__isnull=True)),
                name="post_of_a_liaison_officer_has_a_nation",
            )
        ]

    def __str__(self) -> str:
        """Give the title."""
        return self.title


class Accounts(BaseUserManager["Account"]):
    """Accounts by the code of their post, with post and nation: what an account may see comes from those."""

    def get_queryset(self) -> models.QuerySet["Account"]:
        """Accounts, read together with post and nation."""
        return super().get_queryset().select_related("post__nation")

    def of_post(self, post: Post, password: str | None) -> "Account":
        """Make the account of a post; without a password nobody signs in for it yet."""
        account = self.model(post=post)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Signs in for a post; no natural person is named.

    ``key_name`` is the key with which a program asks for the post; empty for whoever signed in. ``open_session`` is the
    browser that asks; None where none does, and ``has_factor`` says of that account whether it has a second factor.
    """

    key_name = ""
    open_session: "OpenSession | None" = None
    has_factor = False

    post = models.OneToOneField(Post, on_delete=models.PROTECT, unique=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "post"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def get_username(self) -> str:
        """Give the code of the post."""
        return self.post_id


class FailedSignIn(models.Model):
    """A sign-in that failed; too many in a while close the door for a post, and for an address."""

    post_code = models.CharField(max_length=254)
    address = models.GenericIPAddressField()
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("post_code", "at")), models.Index(fields=("address", "at")))


class SignInRule(models.Model):
    """How people sign in to this headquarters: one row, and the stricter where there is none."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    second_factor = models.CharField(max_length=10, choices=SecondFactor.choices)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="sign_in_rule_is_one")]


class Factor(models.Model):
    """What proves that it is the post, beside its password.

    ``secret`` is the key of one-time codes, sealed, or the public half of a security key. ``counter`` is the step of
    the last code that was taken, or what the key counted last: nothing at or before it is taken again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=20, choices=FactorKind.choices)
    name = models.CharField(max_length=60)
    secret = models.BinaryField()
    credential = models.BinaryField(null=True, unique=True)
    counter = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("added_at",)


class RecoveryCode(models.Model):
    """A code that opens the door once when a factor is lost; only its digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    number = models.SmallIntegerField()
    digest = models.CharField(max_length=128)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("account", "number"), name="recovery_code_has_its_number")]


class OpenSession(models.Model):
    """A browser in which somebody is signed in for an account; without its row a session is over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="open_sessions")
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.GenericIPAddressField()
    browser = models.CharField(max_length=60)

    class Meta:
        ordering = ("-seen_at",)


class Invitation(models.Model):
    """A link by which a post sets its first password, once; only the digest of its token is kept.

    ``made_by`` and ``agreed_by`` are posts. One that ``needs_second`` is good for nothing until somebody else than who
    made it has agreed.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="invitations")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40, default="")
    needs_second = models.BooleanField(default=False)
    agreed_by = models.CharField(max_length=40, blank=True, default="")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True)
                | models.Q(needs_second=False)
                | ~models.Q(agreed_by="") & ~models.Q(agreed_by=models.F("made_by")),
                name="invitation_is_used_after_a_second_person",
            ),
        ]


class Trace(Labelled):
    """Stands in the journal for a post or an account, which have no label of their own; it is no table."""

    id = models.UUIDField(primary_key=True)
    of: str = ""

    class Meta:
        managed = False

    @property
    def object_kind(self) -> str:
        """What it stands for: ``people.account``."""
        return self.of


class Holding(Labelled):
    """Who holds a post, from a day to before another, as its nation says: a code of that nation and no name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    holder = models.CharField(
        max_length=20,
        validators=[RegexValidator(r"^[A-Z]{3}-[A-Z0-9]{1,12}$", _("A code of your nation and no name: FRA-0421."))],
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    is_withdrawn = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta(Labelled.Meta):
        ordering = ("post", "starts_on", "holder")
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="holding_ends_after_it_starts",
                violation_error_message=_("It must end after it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(holder__startswith=Concat(models.F("owner"), models.Value("-"))),
                name="holding_is_of_its_nation",
                violation_error_message=_("The code of a holder begins with that of their nation."),
            ),
        ]


class HoldingAnswer(Labelled):
    """What the headquarters says to a holder whom a nation proposes; that nation sees it."""

    holding = models.OneToOneField(Holding, primary_key=True, on_delete=models.PROTECT, related_name="answer")
    verdict = models.CharField(max_length=10, choices=Answer.choices)
    why = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField()

    class Meta(Labelled.Meta):
        constraints = Labelled.Meta.constraints
