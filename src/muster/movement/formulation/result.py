"""A bound: how good any plan could be at best, and what stands in the way."""

from dataclasses import dataclass

from muster.movement.formulation.certificate import Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingResource:
    """A resource or fleet that holds the closure up.

    Attributes
    ----------
    name
        Id of the resource, or the fleets of alike assets that the same nations may use.
    is_fleet
        Whether it is lift, and not something of a place.
    price
        Its part in what holds the closure up; the parts of all binding resources sum to 1.
    begin_min, tail_min
        The window that counts begins here and ends so many minutes before the last line closes.
    """

    name: str
    is_fleet: bool
    price: float
    begin_min: int
    tail_min: int

    def __post_init__(self) -> None:
        """Refuse a price that is none."""
        if not 0.0 <= self.price <= 1.0 + 1e-9:
            raise ValueError(f'Binding resource "{self.name}" has price {self.price}; give a part between 0 and 1.')


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What no plan that moves every line outside the problem's ``no_ways`` can beat.

    A plan that leaves other lines behind may close earlier; for such a plan, list those lines in ``no_ways`` and ask
    again.

    Attributes
    ----------
    closure_min, weighted_lateness_min
        Least values of the fields of the same name of :class:`~muster.movement.plan.Score`. A closure beyond the
        horizon says that not all lines can move within it.
    relaxation
        What was relaxed and what proves the bound, in a sentence or two.
    binding
        What holds the closure up, the greatest price first; empty when dates, ways and permits alone do.
    certificate
        The prices that prove it; None where only its figures are known.
    """

    closure_min: int
    weighted_lateness_min: int
    relaxation: str
    binding: tuple[BindingResource, ...]
    solve_s: float
    certificate: Certificate | None = None
