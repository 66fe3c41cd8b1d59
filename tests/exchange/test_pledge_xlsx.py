"""The pledge in four parts: a blank one, a filled one, the way back, and every fault with sheet, row and column."""

import io
import string
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from muster.exchange import pledge_xlsx
from muster.exchange.pledge_xlsx import blank, decode, encode
from muster.exchange.scenario import Fault, TablesRefused
from muster.forces import Caveat, CaveatEffect, Offer, OfferStatus, PlaceAllowed, Size
from muster.forces.pledges import (
    Establishment,
    MajorEquipment,
    Pledge,
    RankGroup,
    SelfSustainment,
    SustainmentCategory,
    pledge_of,
)
from muster.measures import DayMark, DayOffset
from muster.reference import load_platforms, load_unit_types

OFFER = Offer(
    offer_id="DNK-EOD",
    nation="DNK",
    name="Disposal company",
    capability="eod",
    size=Size.COMPANY,
    quantity=2,
    unit_type="eod-coy",
    people=110,
    notice_days=8,
    available_from=DayOffset(DayMark.C, 20 * 1440),
    place_allowed=PlaceAllowed.IN_COUNTRY,
    gates=("folketing",),
    status=OfferStatus.PLEDGE,
    has=("english", "night"),
    said_on="2025-09-04",
    label="notional",
    source="made up for this test",
)
NIGHT = Caveat(
    caveat_id="DNK-night",
    nation="DNK",
    category="night",
    effect=CaveatEffect.FORBIDS,
    task="route clearance",
    until=DayOffset(DayMark.D, 90 * 1440),
)
PLEDGE = Pledge(
    offer=OFFER,
    contact_post="Force planner, Defence Command",
    caveats=(NIGHT,),
    organisation=(
        Establishment(unit="Headquarters", people=20, role="command", rank_group=RankGroup.OFFICERS),
        Establishment(unit="1st platoon", people=90, size=Size.TEAM, role="clearance"),
    ),
    equipment=(MajorEquipment(platform="truck-8x8", quantity=6, serviceable=5, mass_kg=16_000, length_cm=800),),
    sustainment=(
        SelfSustainment(category=SustainmentCategory.CATERING, provided=True, days=30),
        SelfSustainment(category=SustainmentCategory.LAUNDRY, provided=False),
    ),
)


def edited(document: bytes, edit: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(io.BytesIO(document))
    edit(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put(sheet: str, cell: str, value: str | int) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        book[sheet][cell] = value

    return edit


def faults(document: bytes) -> list[Fault]:
    with pytest.raises(TablesRefused) as refusal:
        decode(document, name="DNK.xlsx")
    return list(refusal.value.faults)


def test_a_pledge_comes_back_as_it_was() -> None:
    assert decode(encode(PLEDGE)) == PLEDGE


def test_a_pledge_has_four_sheets_in_order() -> None:
    book = load_workbook(io.BytesIO(encode(PLEDGE)))
    assert book.sheetnames == ["note", "organisation", "equipment", "self-sustainment"]


def test_a_blank_pledge_asks_for_what_every_pledge_needs() -> None:
    told = faults(blank())
    assert [fault.rule for fault in told if fault.file == "DNK.xlsx, sheet note"] == ["no field has a value."]
    assert [fault.column for fault in told if fault.file == "DNK.xlsx, sheet self-sustainment"] == ["provided"] * 20


def test_a_blank_pledge_that_is_filled_in_is_one() -> None:
    def fill(book: Workbook) -> None:
        form = {book["note"].cell(row, 1).value: row for row in range(2, 25)}
        values: dict[str, str | int] = {
            "offer_id": "EST-1",
            "nation": "EST",
            "capability": "infantry",
            "size": "company",
            "quantity": 1,
            "place_allowed": "in country",
            "status": "pledge",
            "contact_post": "Plans desk",
        }
        for field, value in values.items():
            book["note"].cell(form[field], 2, value)
        for row in range(2, 22):
            book["self-sustainment"].cell(row, 2, "no")

    pledge = decode(edited(blank(), fill))
    assert (pledge.offer.offer_id, pledge.contact_post, len(pledge.sustainment)) == ("EST-1", "Plans desk", 20)


def test_a_pledge_is_begun_with_what_is_known_of_an_offer() -> None:
    unit, platforms = load_unit_types()["eod-coy"], load_platforms()
    foreign = Caveat(caveat_id="X", nation="NOR", category="area", effect=CaveatEffect.FORBIDS)
    pledge = pledge_of(OFFER, contact_post="Plans desk", caveats=[NIGHT, foreign], unit_type=unit, platforms=platforms)
    assert pledge.caveats == (NIGHT,)
    assert pledge.organisation == (Establishment(unit=unit.name, people=110, size=Size.COMPANY),)
    assert {row.platform: row.quantity for row in pledge.equipment} == dict(unit.holdings)
    assert {row.mass_kg for row in pledge.equipment} == {platforms[name].mass_kg for name in unit.holdings}
    assert decode(encode(pledge)) == pledge


def test_a_pledge_with_a_caveat_of_another_nation_is_refused() -> None:
    foreign = Caveat(caveat_id="X", nation="NOR", category="area", effect=CaveatEffect.FORBIDS)
    with pytest.raises(ValueError, match="Caveats X are not of DNK; pledge them apart."):
        Pledge(offer=OFFER, contact_post="Plans desk", caveats=(foreign,))


@pytest.mark.parametrize(
    ("edit", "sheet", "row", "column", "rule"),
    [
        (put("note", "B3", "DANMARK"), "note", 3, "nation", '"DANMARK" is not a country code.'),
        (put("note", "B5", ""), "note", 5, "capability", "is empty."),
        (put("note", "A5", "abilities"), "note", 5, "abilities", 'table note has no column "abilities".'),
        (put("note", "B10", "many"), "note", 10, "people", '"many" is not a whole number.'),
        (put("note", "A4", "nation"), "note", 4, "nation", "the field stands twice."),
        (put("note", "C26", "none"), "note", 26, "effect", '"none" is not a word of effect.'),
        (put("organisation", "E2", 21), "organisation", 0, "people",
         "its people add up to 111, while the note says 110 for one unit."),
        (put("organisation", "D2", "sailors"), "organisation", 2, "rank_group",
         '"sailors" is not a word of rank_group.'),
        (put("equipment", "D2", 7), "equipment", 2, "serviceable", "7 are serviceable of 6 that are held."),
        (put("self-sustainment", "C3", 4), "self-sustainment", 3, "days", "it is not provided, and yet has days."),
        (put("self-sustainment", "A3", "catering"), "self-sustainment", 3, "category",
         '"catering" stands in row 2 already.'),
    ],
)  # fmt: skip
def test_a_fault_names_sheet_row_and_column(
    edit: Callable[[Workbook], None], sheet: str, row: int, column: str, rule: str
) -> None:
    told = faults(edited(encode(PLEDGE), edit))
    assert (f"DNK.xlsx, sheet {sheet}", row, column, rule) in [(f.file, f.row, f.column, f.rule) for f in told]


def test_all_faults_of_all_sheets_come_together() -> None:
    def spoil(book: Workbook) -> None:
        put("note", "B3", "XXX")(book)
        put("equipment", "D2", 7)(book)
        put("self-sustainment", "B2", "perhaps")(book)
        del book["organisation"]
        book.create_sheet("photos")["A1"] = "see attached"

    told = faults(edited(encode(PLEDGE), spoil))
    assert [(fault.file.removeprefix("DNK.xlsx, sheet "), fault.row) for fault in told] == [
        ("equipment", 2), ("note", 3), ("organisation", 0), ("photos", 0), ("self-sustainment", 2),
    ]  # fmt: skip


def test_a_file_that_is_no_workbook_is_refused() -> None:
    told = faults(b"offer_id,nation\n")
    assert told[0].rule.startswith("is not a workbook that can be read")


TEXT = st.text(string.ascii_letters + string.digits + " éñ.,;-=", max_size=20).map(str.strip)
KEY = st.text(string.ascii_letters + string.digits + "-", min_size=1, max_size=12)
NUMBER = st.none() | st.integers(1, 900)
DAY = st.none() | st.builds(DayOffset, st.sampled_from(DayMark), st.integers(-500, 500).map(lambda day: day * 1440))
OFFERS = st.builds(
    Offer,
    offer_id=KEY,
    nation=st.just("EST"),
    name=TEXT,
    capability=KEY,
    size=st.sampled_from(Size),
    quantity=st.integers(1, 900),
    place_allowed=st.sampled_from(PlaceAllowed),
    status=st.sampled_from(OfferStatus),
    unit_type=st.none() | KEY,
    people=st.none(),
    notice_days=NUMBER,
    available_from=DAY,
    available_until=DAY,
    gates=st.lists(KEY, max_size=3, unique=True).map(tuple),
    has=st.lists(KEY, max_size=3, unique=True).map(tuple),
    tour_max_months=st.none() | st.integers(1, 24),
    home=st.none() | KEY,
    disputes=st.none(),
    said_on=st.none() | TEXT.filter(bool),
    label=TEXT,
    source=TEXT,
)
CAVEATS = st.builds(
    Caveat,
    caveat_id=KEY,
    nation=st.just("EST"),
    category=KEY,
    effect=st.sampled_from(CaveatEffect),
    country=st.none() | st.just("UKR"),
    place=st.none() | KEY,
    task=st.none() | KEY,
    starts=DAY,
    until=DAY,
    approved=DAY,
    limit_people=NUMBER,
    note=TEXT,
    source=TEXT,
)
EQUIPMENT = st.builds(
    lambda platform, held, broken, mass_kg: MajorEquipment(
        platform=platform, quantity=held + broken, serviceable=held, mass_kg=mass_kg
    ),
    KEY, st.integers(1, 90), st.integers(0, 9), NUMBER,
)  # fmt: skip
PLEDGES = st.builds(
    Pledge,
    offer=OFFERS,
    contact_post=TEXT.filter(bool),
    caveats=st.lists(CAVEATS, max_size=3, unique_by=lambda row: row.caveat_id).map(tuple),
    organisation=st.lists(
        st.builds(
            Establishment,
            unit=TEXT.filter(bool),
            people=st.integers(1, 900),
            size=st.none() | st.sampled_from(Size),
            role=TEXT,
            rank_group=st.none() | st.sampled_from(RankGroup),
        ),
        max_size=3,
    ).map(tuple),
    equipment=st.lists(EQUIPMENT, max_size=3, unique_by=lambda row: row.platform).map(tuple),
    sustainment=st.lists(
        st.builds(SelfSustainment, category=st.sampled_from(SustainmentCategory), provided=st.just(True), days=NUMBER),
        max_size=4,
        unique_by=lambda row: row.category,
    ).map(tuple),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pledge=PLEDGES)
def test_every_pledge_comes_back_as_it_was(pledge: Pledge) -> None:
    assert pledge_xlsx.decode(pledge_xlsx.encode(pledge)) == pledge
