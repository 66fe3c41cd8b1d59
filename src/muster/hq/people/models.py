"""Principals, posts and accounts."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from muster.hq.boundary.labelled import MARKINGS
from muster.hq.boundary.masks import BITS, FIRST_NATION_BIT, HEADQUARTERS
from muster.hq.people.choices import Role


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


class Post(models.Model):
    """A place in the establishment; whoever holds it has its role."""

    code = models.CharField(max_length=40, primary_key=True)
    title = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role.choices)
    nation = models.ForeignKey(Principal, on_delete=models.PROTECT, null=True, blank=True)
    clearance = models.SmallIntegerField(choices=[(number, marking.value) for number, marking in enumerate(MARKINGS)])

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
    """Accounts by the code of their post."""

    def of_post(self, post: Post, password: str | None) -> "Account":
        """Make the account of a post; without a password nobody signs in for it yet."""
        account = self.model(post=post)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Signs in for a post; no natural person is named.

    ``key_name`` is the key with which a program asks for the post; empty for whoever signed in.
    """

    key_name = ""

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
