"""Tables of the situation: cases, nations, sites, places, platforms, unit types, holdings, factors."""

from typing import Final

from muster.exchange.scenario.schema import CellKind, Column, Known, Table
from muster.forces import Part
from muster.reference import PlaceKind, PlatformKind

USUAL_REGIMES: Final = ("peacetime", "eu", "emergency")
"""Permit regimes that every scenario may name."""
GAUGES_MM: Final = (1000, 1435, 1520, 1524, 1600, 1668)


def _whole(name: str, unit: str, meaning: str, *, low: int = 0, high: int = 10**9, empty: str = "") -> Column:
    return Column(name=name, kind=CellKind.WHOLE, unit=unit, meaning=meaning, low=low, high=high, empty=empty)


def _size(name: str, unit: str, meaning: str, *, high: int = 10**9, empty: str = "") -> Column:
    """A whole number above zero: what is not known stays empty."""
    return _whole(name, unit, meaning, low=1, high=high, empty=empty)


def _amount(name: str, unit: str, meaning: str) -> Column:
    """A number above zero; what is not known stays empty."""
    return Column(name=name, kind=CellKind.NUMBER, unit=unit, meaning=meaning, low=0.001)


def _stands(factor_id: str) -> str:
    return f"factor `{factor_id}` stands in"


CASES: Final = Table(
    name="cases",
    required=True,
    key=("case_id",),
    meaning="The cases of the scenario. A plan is made for one case; other tables say in which cases a row holds.",
    columns=(
        Column(name="case_id", kind=CellKind.KEY, required=True, meaning="name of the case, such as `base`"),
        Column(name="name", kind=CellKind.TEXT, required=True, meaning="what people call it"),
        Column(name="description", kind=CellKind.TEXT, meaning="what it stands for"),
        Column(
            name="permit_regime",
            kind=CellKind.KEY,
            required=True,
            meaning="permit regime in force: `peacetime`, `eu`, `emergency`, or a word of your own that rows of"
            " `permits` use",
        ),
        Column(
            name="horizon_d",
            kind=CellKind.WHOLE,
            unit="days after C-day",
            required=True,
            low=1,
            high=1000,
            meaning="the plan ends here: nothing happens on or after this day",
        ),
    ),
)
NATIONS: Final = Table(
    name="nations",
    required=True,
    key=("nation",),
    meaning="The nations that take part. Every nation that another table names stands here.",
    columns=(
        Column(name="nation", kind=CellKind.COUNTRY, required=True, meaning="ISO 3166-1 alpha-3 code"),
        Column(name="name", kind=CellKind.TEXT, required=True, meaning="what people call it"),
        Column(name="part", kind=CellKind.WORD, words=Part, required=True, meaning="what it is to the force"),
        _amount("armed_forces_k", "thousand people", "people in its armed forces, for the fair share of a burden"),
        _amount("gdp_busd", "10^9 US dollars", "gross domestic product, for the fair share of a burden"),
        _amount("burden_share", "any unit", "its share of a burden by a key of your own"),
    ),
)
SITES: Final = Table(
    name="sites",
    key=("site_id",),
    meaning="Where the headquarters works: its seats, cells and hubs. Movement does not use it.",
    columns=(
        Column(name="site_id", kind=CellKind.KEY, required=True, meaning="name of the site"),
        Column(name="name", kind=CellKind.TEXT, required=True, meaning="what people call it"),
        Column(name="kind", kind=CellKind.WORD, words=("seat", "cell", "hub"), meaning="what is there"),
        Column(
            name="place_id", kind=CellKind.KEY, refers_to=Known.PLACES, required=True, meaning="place where it lies"
        ),
        Column(name="from", kind=CellKind.OFFSET, meaning="first day of use", empty="from the start"),
        Column(name="until", kind=CellKind.OFFSET, meaning="day on which use ends", empty="to the end"),
    ),
)
PLACES: Final = Table(
    name="places",
    key=("place_id",),
    adds_to="places",
    meaning="Places that the packaged tables lack, and other values for places that they have. A row whose `place_id`"
    " is packaged changes only the cells it fills; a new place needs `name`, `country`, `latitude_deg`,"
    " `longitude_deg` and `kinds`.",
    columns=(
        Column(name="place_id", kind=CellKind.KEY, required=True, meaning="packaged id, or a new one"),
        Column(name="name", kind=CellKind.TEXT, meaning="what people call it"),
        Column(name="country", kind=CellKind.COUNTRY, meaning="country in which it lies"),
        Column(
            name="latitude_deg",
            kind=CellKind.NUMBER,
            unit="degrees north, WGS 84",
            low=-90,
            high=90,
            meaning="position",
        ),
        Column(
            name="longitude_deg",
            kind=CellKind.NUMBER,
            unit="degrees east, WGS 84",
            low=-180,
            high=180,
            meaning="position",
        ),
        Column(
            name="kinds",
            kind=CellKind.WORD,
            is_list=True,
            words=PlaceKind,
            meaning="what it is used for. Trains stop at `railhead` and `gauge_point`, ships at `port`, aircraft at"
            " `airfield`; routes from country to country pass a `border`; a `bridge` limits the routes over it",
        ),
        Column(
            name="countries",
            kind=CellKind.COUNTRY,
            is_list=True,
            meaning="both sides of a border crossing, its own country and the other",
            empty="the country alone",
        ),
        Column(
            name="rail_gauges_mm",
            kind=CellKind.WORD,
            is_list=True,
            unit="mm",
            words=tuple(map(str, GAUGES_MM)),
            meaning="gauges of the tracks that reach it; a gauge point has two",
            empty="no train can be worked there",
        ),
        _whole(
            "rail_ramps", "trains at one time", "trains that load or unload at once", empty=_stands("rail.ramp.default")
        ),
        _whole(
            "rail_trains_per_day",
            "trains/day",
            "trains that leave or arrive in a day, together",
            empty=_stands("rail.trains_per_day.default"),
        ),
        _whole("berths_roro", "ships at one time", "ro-ro ships alongside at once", empty="no ro-ro ship calls"),
        _whole("berths_container", "ships at one time", "container ships alongside at once", empty="no feeder calls"),
        Column(
            name="depth_m",
            kind=CellKind.NUMBER,
            unit="m",
            high=100,
            meaning="water at those berths (recorded, no rule)",
        ),
        _whole("runway_m", "m", "longest runway", high=10_000, empty="any aircraft may land"),
        Column(
            name="runway_surface",
            kind=CellKind.WORD,
            words=("paved", "unpaved"),
            meaning="surface of that runway (recorded, no rule)",
        ),
        Column(
            name="mog_spots",
            kind=CellKind.NUMBER,
            unit="wide-body spots",
            high=1000,
            meaning="aircraft worked at once",
            empty=_stands("air.mog.default"),
        ),
        _whole(
            "staging_vehicles",
            "vehicles at one time",
            "vehicles that may wait there",
            empty="a `staging` place takes factor `staging.vehicles.default`; no limit elsewhere",
        ),
        _whole(
            "staging_people",
            "people at one time",
            "people who may wait there",
            empty="a `staging` place takes factor `staging.people.default`; no limit elsewhere",
        ),
        _whole(
            "crossing_vehicles_per_day",
            "vehicles/day",
            "road vehicles over the crossing, both directions together",
            empty=_stands("border.crossing.vehicles_per_day.default"),
        ),
        _whole(
            "crossing_wagons_per_day",
            "wagons/day",
            "railway wagons over the crossing, both directions together",
            empty=_stands("rail.crossing.wagons_per_day.default"),
        ),
        _whole(
            "crossing_credits_per_day",
            "convoys/day",
            "march credits: convoys and packets admitted over the crossing",
            empty=_stands("border.crossing.credits_per_day.default"),
        ),
        _whole(
            "transhipment_wagons_per_day",
            "wagons/day",
            "wagons reloaded from one gauge to the other",
            empty=_stands("rail.transhipment.wagons_per_day.default"),
        ),
        _size("mlc_wheeled_max", "class", "largest military load class, wheeled, that may pass a crossing", high=150),
        _size("mlc_tracked_max", "class", "largest military load class, tracked, that may pass a crossing", high=150),
        _size("height_max_cm", "cm", "largest height that may pass a crossing", high=2000),
        _whole(
            "opens_min",
            "min after 00:00 UTC",
            "opening of its crossing and working spots, with `closes_min`",
            high=1440,
            empty="day and night",
        ),
        _whole("closes_min", "min after 00:00 UTC", "closing, with `opens_min`", high=1440, empty="day and night"),
    ),
)
PLATFORMS: Final = Table(
    name="platforms",
    key=("platform_id",),
    adds_to="platforms",
    meaning="Types of vehicle, box and lift asset that the packaged tables lack, and other values for those that they"
    " have. A row whose `platform_id` is packaged changes only the cells it fills; a new one needs `name` and `kind`,"
    " and a train `gauge_mm`. Leave empty what does not apply.",
    columns=(
        Column(name="platform_id", kind=CellKind.KEY, required=True, meaning="packaged id, or a new one"),
        Column(name="name", kind=CellKind.TEXT, meaning="what people call it"),
        Column(
            name="kind",
            kind=CellKind.WORD,
            words=PlatformKind,
            meaning="what it is: cargo from `wheeled` to `pallet`, lift from `train` on",
        ),
        _size("length_cm", "cm", "length as shipped"),
        _size("width_cm", "cm", "width as shipped"),
        _size("height_cm", "cm", "height as shipped", empty="passes every height limit"),
        _size("mass_kg", "kg", "mass loaded", empty=_stands("vehicle.mass.default_kg")),
        _size("mlc", "class", "military load class", high=150, empty="passes every class limit"),
        _size("lane_cm", "cm", "deck length it takes, gap included", empty=_stands("vehicle.lane.default_cm")),
        _size("people", "people", "seats, crew included"),
        _size("fuel_l_per_100km", "L/100 km", "fuel on roads"),
        _size(
            "capacity_lane_cm",
            "cm",
            "deck length that one asset offers",
            empty="does not limit; an aircraft then takes no vehicles",
        ),
        _size("capacity_mass_kg", "kg", "payload of one asset", empty="does not limit"),
        _size("capacity_teu", "TEU", "20-foot containers in one asset", empty="does not limit"),
        _size(
            "capacity_people",
            "people",
            "passengers of one asset; a train with these and no deck is a passenger train",
            empty="carries no people",
        ),
        _size(
            "capacity_pallets",
            "pallets",
            "463L pallets in one asset",
            empty="does not limit; an aircraft then takes no pallets",
        ),
        _size("item_mass_max_kg", "kg", "heaviest single item", empty="does not limit"),
        _size("item_height_max_cm", "cm", "highest single item", empty="does not limit"),
        _size("item_mlc_max", "class", "highest load class of a single item", high=150, empty="does not limit"),
        _whole("load_min", "min", "loading one asset", empty="a factor of its kind stands in"),
        _whole("unload_min", "min", "unloading one asset", empty="a factor of its kind stands in"),
        Column(
            name="gauge_mm",
            kind=CellKind.WHOLE,
            unit="mm",
            low=600,
            high=1700,
            meaning="gauge of a train: one of " + ", ".join(map(str, GAUGES_MM)),
        ),
        _size("runway_min_m", "m", "shortest runway", high=10_000, empty="any runway serves"),
        _size("daily_limit_min", "min", "travel of an aircraft in a UTC day", high=1440, empty="no limit"),
        _size("wagons", "wagons", "wagons of a train", empty=_stands("rail.wagons_per_train")),
        _size("range_km", "km", "longest leg of an aircraft", empty="no limit"),
        Column(
            name="speed_kmh",
            kind=CellKind.NUMBER,
            unit="km/h",
            low=1,
            high=2000,
            meaning="block speed, ordinary stops included",
            empty="a factor of its kind stands in",
        ),
        Column(
            name="mog_share",
            kind=CellKind.NUMBER,
            unit="of a wide-body spot",
            low=0.01,
            high=10,
            meaning="working spot that an aircraft takes",
            empty="1",
        ),
        Column(
            name="exceptions",
            kind=CellKind.TEXT,
            meaning="columns with a source and grade of their own: `column=source:grade`, then, if wanted,"
            " `:low..high`, then `!` where sources differ; separated by semicolons",
        ),
    ),
)
UNIT_TYPES: Final = Table(
    name="unit_types",
    key=("unit_type_id",),
    adds_to="unit_types",
    meaning="Types of unit that the packaged tables lack, and other values for those that they have. A new one needs"
    " `name` and `people`; its vehicles stand in `holdings`.",
    columns=(
        Column(name="unit_type_id", kind=CellKind.KEY, required=True, meaning="packaged id, or a new one"),
        Column(name="name", kind=CellKind.TEXT, meaning="what people call it"),
        Column(name="branch", kind=CellKind.TEXT, meaning="infantry, armour, logistics and so on"),
        _whole("people", "people", "strength", high=20_000),
        _whole("containers_teu", "TEU", "20-foot containers it brings", high=10_000, empty="none"),
        _whole("pallets", "pallets", "463L pallets it brings", high=10_000, empty="none"),
        Column(
            name="notional",
            kind=CellKind.YES_NO,
            meaning="whether it is made up to be plausible",
            empty="a new one counts as notional",
        ),
    ),
)
HOLDINGS: Final = Table(
    name="holdings",
    key=("unit_type_id", "platform_id"),
    adds_to="holdings",
    meaning="How many of a platform a unit type holds. A row replaces the packaged number; 0 removes it.",
    columns=(
        Column(
            name="unit_type_id", kind=CellKind.KEY, refers_to=Known.UNIT_TYPES, required=True, meaning="the unit type"
        ),
        Column(name="platform_id", kind=CellKind.KEY, refers_to=Known.PLATFORMS, required=True, meaning="a cargo type"),
        Column(
            name="items",
            kind=CellKind.WHOLE,
            unit="items",
            required=True,
            high=20_000,
            meaning="how many the unit holds, trailers and helicopters too",
        ),
        Column(name="unit", kind=CellKind.WORD, words=("items",), default="items", meaning="unit of `items`"),
    ),
)
FACTORS: Final = Table(
    name="factors",
    key=("factor_id",),
    adds_to="factors",
    meaning="Planning factors that the scenario adopts or sets otherwise, in the unit of the packaged factor. Every"
    " factor that a plan uses and no row adopts keeps its packaged value and is listed in the report as such.",
    columns=(
        Column(
            name="factor_id",
            kind=CellKind.KEY,
            refers_to=Known.FACTORS,
            required=True,
            meaning="one of the factors listed below",
        ),
        Column(
            name="low", kind=CellKind.NUMBER, low=-1e9, unit="as `unit`", meaning="lowest; needed for grade K, assumed"
        ),
        Column(
            name="likely",
            kind=CellKind.NUMBER,
            low=-1e9,
            unit="as `unit`",
            required=True,
            meaning="the value that the plan uses",
        ),
        Column(
            name="high",
            kind=CellKind.NUMBER,
            low=-1e9,
            unit="as `unit`",
            meaning="highest; needed for grade K, assumed",
        ),
        Column(name="unit", kind=CellKind.TEXT, required=True, meaning="unit, as the packaged factor has it"),
        Column(name="reason", kind=CellKind.TEXT, required=True, meaning="why the scenario adopts it"),
    ),
)
