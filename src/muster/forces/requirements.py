"""The statement of requirements: which capability is needed where, from when until when, and on what terms."""

from dataclasses import dataclass
from enum import StrEnum

from muster.measures import DayOffset


class Component(StrEnum):
    """Part of the force that a requirement belongs to."""

    LAND = "land"
    AIR = "air"
    SEA = "sea"
    LOGISTIC = "logistic"
    MEDICAL = "medical"
    HEADQUARTERS = "headquarters"
    TRAINING = "training"


class Size(StrEnum):
    """Size of a unit. Companies, battalions and brigades can stand for each other; the rest stand alone."""

    TEAM = "team"
    COMPANY = "company"
    BATTALION = "battalion"
    BRIGADE = "brigade"
    HEADQUARTERS = "headquarters"
    SQUADRON = "squadron"
    SHIP = "ship"

    @property
    def companies(self) -> int | None:
        """Companies in it, as most armies build them: four to a battalion, three battalions to a brigade.

        None for what is not built of companies.
        """
        return {Size.COMPANY: 1, Size.BATTALION: 4, Size.BRIGADE: 12}.get(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A row of the ``requirements`` table: units of a capability needed at a place for a time.

    Attributes
    ----------
    capability
        What the units must be able to do; an offer fits when its capability is the same word.
    size, quantity
        How many units of which size.
    unit_type
        Type that alone will do; None is any type with the capability.
    people
        People of one unit; None is what its type has.
    place
        Where the units serve.
    phase
        Phase of the operation, for reading.
    needed_from, needed_until
        First day, and the day on which the need ends; None is not within the plan.
    notice_max_d
        Longest notice to move that a unit may have; None is any.
    must_have
        Attributes that the offer must have, such as a language or the ability to work at night.
    tolerates
        Categories of caveats that do no harm here.
    task
        What the units will do, in the words of the caveats; None is nothing that a caveat names.
    criticality
        1 vital to 5 useful.
    max_nations
        Nations that may serve in it at one time; None is any number.
    framework
        Nation that leads it: others serve only beside units of this nation. None is nobody.
    """

    requirement_id: str
    name: str
    capability: str
    size: Size
    quantity: int
    place: str
    needed_from: DayOffset
    criticality: int
    component: Component
    unit_type: str | None = None
    people: int | None = None
    phase: str = ""
    needed_until: DayOffset | None = None
    notice_max_d: int | None = None
    must_have: tuple[str, ...] = ()
    tolerates: tuple[str, ...] = ()
    task: str | None = None
    max_nations: int | None = None
    framework: str | None = None
    source: str = ""
