"""Reads of people."""

from muster.hq.people.models import Principal


def bits() -> dict[str, int]:
    """Bit of each principal by its code."""
    return dict(Principal.objects.values_list("code", "bit"))


def list_principals() -> list[Principal]:
    """Nations and the headquarters, by their codes."""
    return list(Principal.objects.order_by("code"))
