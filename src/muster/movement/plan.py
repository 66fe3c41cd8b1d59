"""The deployment plan: what every asset does and how every load moves, in whole minutes after C-day."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Voyage:
    """One trip of one asset, loaded or empty.

    Attributes
    ----------
    leg_id
        The leg it makes; None for an empty trip between two places.
    load_start_min, departure_min, arrival_min, unload_end_min
        It loads ``[load_start_min, departure_min)``, travels and waits ``[departure_min, arrival_min)`` and unloads
        ``[arrival_min, unload_end_min)``. An empty trip neither loads nor unloads.
    """

    voyage_id: str
    asset_id: str
    leg_id: str | None
    origin: str
    destination: str
    load_start_min: int
    departure_min: int
    arrival_min: int
    unload_end_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One leg of a load's move.

    Attributes
    ----------
    voyage_id
        The voyage it is on; None on a leg that the load makes itself.
    start_min, departure_min, arrival_min, end_min
        The load is with its carrier ``[start_min, end_min)``: the voyage's loading start and unloading end, or, on a
        leg that the load makes itself, departure and arrival.
    """

    leg_id: str
    voyage_id: str | None
    start_min: int
    departure_min: int
    arrival_min: int
    end_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How one load gets from origin to destination. Between steps it waits where the last step ended."""

    load_id: str
    itinerary_id: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmoved:
    """A line that the plan leaves where it is, and why."""

    uln: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A deployment plan.

    Attributes
    ----------
    scenario_hash, case
        What it was made from.
    moves
        One for every load of every line that moves.
    unmoved
        Every other line.
    """

    version: str
    scenario_hash: str
    case: str
    seed: int
    voyages: tuple[Voyage, ...]
    moves: tuple[Move, ...]
    unmoved: tuple[Unmoved, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The objective, compared in this order; less is better. Lexicographic by construction of the fields.

    Attributes
    ----------
    unmet_weight
        Sum of the weights of the lines that do not move.
    weighted_lateness_min
        Sum over moved lines of weight times minutes that the line closes after its required date.
    closure_min
        When the last line closes.
    asset_min
        Minutes that assets spend on voyages, loading and unloading included.
    """

    unmet_weight: int
    weighted_lateness_min: int
    closure_min: int
    asset_min: int

    @property
    def key(self) -> tuple[int, int, int, int]:
        """For comparison."""
        return (self.unmet_weight, self.weighted_lateness_min, self.closure_min, self.asset_min)
