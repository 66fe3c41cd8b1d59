"""A pledge in four parts: the note, the table of organisation, the major equipment and the self-sustainment.

The parts are those in which pledges are registered with the United Nations: guidelines of the Peacekeeping Capability
Readiness System (2019), annexes A to D. The categories of self-sustainment follow chapter 3 of its manual on
contingent-owned equipment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from muster.forces.caveats import Caveat
from muster.forces.offers import Offer
from muster.forces.requirements import Size
from muster.reference import Platform, UnitType


class RankGroup(StrEnum):
    """People of a unit by rank."""

    OFFICERS = "officers"
    NON_COMMISSIONED = "non-commissioned officers"
    ENLISTED = "enlisted"
    CIVILIANS = "civilians"


class SustainmentCategory(StrEnum):
    """What a unit in the field may bring for itself."""

    CATERING = "catering"
    COMMUNICATIONS = "communications"
    OFFICE = "office"
    ELECTRICAL = "electrical"
    MINOR_ENGINEERING = "minor engineering"
    ORDNANCE_DISPOSAL = "explosive ordnance disposal"
    LAUNDRY = "laundry"
    CLEANING = "cleaning"
    TENTAGE = "tentage"
    ACCOMMODATION = "accommodation"
    FIREFIGHTING = "firefighting"
    MEDICAL = "medical"
    OBSERVATION = "observation"
    IDENTIFICATION = "identification"
    CBRN_PROTECTION = "cbrn protection"
    FIELD_DEFENCE = "field defence stores"
    BEDDING = "bedding"
    FURNITURE = "furniture"
    WELFARE = "welfare"
    INTERNET = "internet access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Establishment:
    """A row of the table of organisation: people of one rank group and role in a part of the unit.

    Attributes
    ----------
    unit
        Part of the unit, such as its second company.
    rank_group
        None is all ranks together.
    people
        People of one pledged unit.
    """

    unit: str
    people: int
    size: Size | None = None
    role: str = ""
    rank_group: RankGroup | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MajorEquipment:
    """A row of the list of major equipment: one type that one pledged unit holds.

    Attributes
    ----------
    platform
        Platform of the packaged or the scenario's own tables, or the nation's own name of the type.
    quantity, serviceable
        Items held, and those of them that work today.
    mass_kg, length_cm, width_cm, height_cm
        Of one item as it is shipped; None is not said.
    """

    platform: str
    quantity: int
    serviceable: int
    name: str = ""
    mass_kg: int | None = None
    length_cm: int | None = None
    width_cm: int | None = None
    height_cm: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfSustainment:
    """A row of the self-sustainment: whether a unit looks after itself in a category, and for how many days.

    Attributes
    ----------
    days
        Days for which its stocks last; None where it does not, or where nothing is used up.
    """

    category: SustainmentCategory
    provided: bool
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A pledge as a nation hands it in.

    Attributes
    ----------
    contact_post
        Post that answers questions, never a person's name.
    caveats
        Caveats that the nation declares with it; all are its own.
    """

    offer: Offer
    contact_post: str
    caveats: tuple[Caveat, ...] = ()
    organisation: tuple[Establishment, ...] = ()
    equipment: tuple[MajorEquipment, ...] = ()
    sustainment: tuple[SelfSustainment, ...] = ()

    def __post_init__(self) -> None:
        """Refuse caveats of another nation."""
        strange = [caveat.caveat_id for caveat in self.caveats if caveat.nation != self.offer.nation]
        if strange:
            raise ValueError(f"Caveats {', '.join(strange)} are not of {self.offer.nation}; pledge them apart.")


def pledge_of(
    offer: Offer,
    *,
    contact_post: str,
    caveats: Iterable[Caveat] = (),
    unit_type: UnitType | None = None,
    platforms: Mapping[str, Platform] | None = None,
) -> Pledge:
    """Pledge of an offer, begun with what is known of it; the nation corrects and completes it.

    Parameters
    ----------
    caveats
        All that are known; those of other nations are left out.
    unit_type
        Type of the units, from which people and equipment are taken.
    platforms
        Platforms by id, from which masses and measures are taken.
    """
    known = platforms or {}
    held = {} if unit_type is None else unit_type.holdings
    people = offer.people or (unit_type.people if unit_type is not None else None)
    whole = unit_type.name if unit_type is not None else offer.name or offer.capability
    return Pledge(
        offer=offer,
        contact_post=contact_post,
        caveats=tuple(caveat for caveat in caveats if caveat.nation == offer.nation),
        organisation=() if people is None else (Establishment(unit=whole, people=people, size=offer.size),),
        equipment=tuple(_equipment(name, items, known.get(name)) for name, items in held.items()),
    )


def _equipment(name: str, items: int, platform: Platform | None) -> MajorEquipment:
    if platform is None:
        return MajorEquipment(platform=name, quantity=items, serviceable=items)
    return MajorEquipment(
        platform=name,
        name=platform.name,
        quantity=items,
        serviceable=items,
        mass_kg=platform.mass_kg,
        length_cm=platform.length_cm,
        width_cm=platform.width_cm,
        height_cm=platform.height_cm,
    )
