"""What a scenario says about the network: places on it, controlled points, vehicle limits and overrides."""

from dataclasses import dataclass

from muster.network.modes import Mode


class NetworkError(ValueError):
    """The network cannot be built or asked as wanted; it carries every fault found.

    Attributes
    ----------
    faults
        One message for each fault.
    """

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _refuse_position(what: str, latitude_deg: float, longitude_deg: float) -> None:
    if not (-90 <= latitude_deg <= 90 and -180 <= longitude_deg <= 180):
        raise ValueError(f"{what} is at {latitude_deg} {longitude_deg}; give latitude and longitude in degrees.")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that routes start and end at.

    Attributes
    ----------
    place_id
        Name of the place.
    country
        Alpha-3 code; ways of this country are preferred where the place lies near a border.
    """

    place_id: str
    latitude_deg: float
    longitude_deg: float
    country: str

    def __post_init__(self) -> None:
        _refuse_position(f'Place "{self.place_id}"', self.latitude_deg, self.longitude_deg)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A controlled point: a border crossing, or with one country twice a bridge that every route over it passes.

    Attributes
    ----------
    crossing_id
        Name, usually of a place.
    modes
        Road, rail or both.
    countries
        The two sides, alpha-3; once a pair of countries has a crossing of a mode, its other ways are closed.
    """

    crossing_id: str
    latitude_deg: float
    longitude_deg: float
    modes: frozenset[Mode]
    countries: tuple[str, str]

    def __post_init__(self) -> None:
        _refuse_position(f'Crossing "{self.crossing_id}"', self.latitude_deg, self.longitude_deg)
        if not self.modes or not self.modes <= {Mode.ROAD, Mode.RAIL}:
            raise ValueError(f'Crossing "{self.crossing_id}" is of modes {sorted(self.modes)}; use road, rail or both.')

    @property
    def is_border(self) -> bool:
        """Whether it lies between two countries."""
        return self.countries[0] != self.countries[1]


@dataclass(frozen=True, slots=True)
class VehicleLimits:
    """What a vehicle asks of a way; None asks nothing.

    Attributes
    ----------
    mlc
        Military load class.
    height_cm
        Height as loaded.
    """

    mlc: int | None = None
    height_cm: int | None = None

    def __post_init__(self) -> None:
        if any(value is not None and value <= 0 for value in (self.mlc, self.height_cm)):
            raise ValueError("Vehicle limits are above zero; leave out what is not known.")


@dataclass(frozen=True, slots=True)
class LinkOverride:
    """An edge added between two anchors, or a limit on an existing crossing.

    A link whose ``crossing_id`` is a listed crossing and which has no ``distance_m`` limits or closes that crossing;
    any other link is a way of its own (pontoon bridge, ferry, new track), and when it has a ``crossing_id`` every
    route over it passes that point.

    Attributes
    ----------
    distance_m
        Length of an added way; the geodesic when None.
    mlc_max, height_max_cm
        Highest load class and height that may pass; None is no limit known.
    gauge_mm
        Track gauge of an added rail way; every gauge passes when None.
    closed
        Nothing may pass.
    """

    link_id: str
    mode: Mode
    from_place: str | None = None
    to_place: str | None = None
    distance_m: int | None = None
    mlc_max: int | None = None
    height_max_cm: int | None = None
    gauge_mm: int | None = None
    closed: bool = False
    crossing_id: str | None = None

    def __post_init__(self) -> None:
        if self.mode is Mode.AIR:
            raise ValueError(f'Link "{self.link_id}": the air has no links; use road, rail or sea.')
        if self.distance_m is not None and self.distance_m <= 0:
            raise ValueError(f'Link "{self.link_id}" is {self.distance_m} m long; give a length above zero.')

    def admits(self, limits: VehicleLimits | None) -> bool:
        """Whether a vehicle may pass; what is not known on either side does not stop it."""
        if self.closed:
            return False
        if limits is None:
            return True
        pairs = ((limits.mlc, self.mlc_max), (limits.height_cm, self.height_max_cm))
        return all(asked is None or most is None or asked <= most for asked, most in pairs)
