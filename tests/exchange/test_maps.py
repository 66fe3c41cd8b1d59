import json
import sqlite3
import struct
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

from exchange.scenario_files import ten_line
from movement.clean_plan import clean_plan, clean_problem
from muster.exchange import geojson, geopackage, kml
from muster.exchange.features import Feature, cut_at_antimeridian, plan_features, scenario_features
from muster.exchange.scenario import read_scenario
from muster.measures import Timeline

AT = datetime(2027, 3, 1, 12, tzinfo=UTC)
KML = {"k": kml.NAMESPACE}


def dated_features() -> tuple[Feature, ...]:
    """Features of the clean plan with C-day on 1 March 2027."""
    problem = clean_problem()
    return plan_features(replace(problem, timeline=Timeline(c_day=date(2027, 3, 1))), clean_plan())


def test_a_plan_becomes_places_routes_and_trips_that_carry_every_load_once_a_leg() -> None:
    problem, plan = clean_problem(), clean_plan()
    features = plan_features(problem, plan)
    steps = sum(len(move.steps) for move in plan.moves)
    for layer in ("routes", "trips"):
        loads = [feature.properties["loads"] for feature in features if feature.layer == layer]
        assert sum(count for count in loads if isinstance(count, int)) == steps
    assert {feature.feature_id for feature in features if feature.layer == "places"} == set(problem.site_of)
    arrived = {f.feature_id: f.properties["in_people"] for f in features if f.layer == "places"}
    assert arrived["CAMP"] == sum(problem.load_of[move.load_id].people for move in plan.moves)


def test_a_scenario_becomes_its_places_and_lines() -> None:
    inputs = read_scenario(ten_line()).movement_inputs()
    features = {feature.feature_id: feature for feature in scenario_features(inputs)}
    tanks = features["POL-01"]
    stops = [inputs.places[name] for name in ("PL-SWIETOSZOW", "PLRZE", "UA-YAVORIV-CAMP")]
    assert tanks.parts == (tuple((place.latitude_deg, place.longitude_deg) for place in stops),)
    assert (tanks.properties["people"], tanks.properties["staging"]) == (110, "PLRZE")
    assert features["UA-YAVORIV-CAMP"].is_point


def test_geojson_has_longitude_first_and_nothing_that_rfc_7946_forbids() -> None:
    document = json.loads(geojson.encode(dated_features()))
    assert set(document) == {"type", "features"}
    camp = next(feature for feature in document["features"] if feature["id"] == "places/CAMP")
    assert camp["geometry"] == {"type": "Point", "coordinates": [28.6, 50.3]}
    route = next(feature for feature in document["features"] if feature["properties"]["layer"] == "routes")
    assert route["geometry"]["type"] == "LineString"
    assert route["properties"]["starts_at"].startswith("2027-03-0")
    assert len({feature["id"] for feature in document["features"]}) == len(document["features"])


def test_a_line_over_the_180th_meridian_is_cut_there() -> None:
    assert cut_at_antimeridian([(10.0, 170.0), (20.0, -170.0), (20.0, -160.0)]) == (
        ((10.0, 170.0), (15.0, 180.0)),
        ((15.0, -180.0), (20.0, -170.0), (20.0, -160.0)),
    )
    far = Feature(layer="routes", feature_id="X", name="X", parts=cut_at_antimeridian([(0.0, 179.0), (0.0, -179.0)]))
    assert json.loads(geojson.encode([far]))["features"][0]["geometry"] == {
        "type": "MultiLineString",
        "coordinates": [[[179.0, 0.0], [180.0, 0.0]], [[-180.0, 0.0], [-179.0, 0.0]]],
    }


def test_kml_has_a_folder_for_each_layer_and_times_on_trips() -> None:
    features = dated_features()
    root = ET.fromstring(kml.encode(features, title="Clean & small"))
    assert root.findtext("k:Document/k:name", namespaces=KML) == "Clean & small"
    folders = {folder.findtext("k:name", namespaces=KML): folder for folder in root.iterfind(".//k:Folder", KML)}
    assert set(folders) == {"places", "routes", "trips"}
    trips = folders["trips"].findall("k:Placemark", KML)
    assert len(trips) == sum(feature.layer == "trips" for feature in features)
    begin = trips[0].findtext("k:TimeSpan/k:begin", namespaces=KML)
    assert begin is not None
    assert datetime.fromisoformat(begin).tzinfo is not None
    point = folders["places"].findtext(".//k:coordinates", namespaces=KML)
    assert point == "10.000000,50.000000"


def test_a_geopackage_opens_as_sqlite_with_the_registers_of_the_standard() -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(geopackage.encode(dated_features(), at=AT))
    ask = connection.execute
    assert ask("PRAGMA application_id").fetchone() == (0x47504B47,)
    assert ask("PRAGMA user_version").fetchone() == (10300,)
    assert ask("PRAGMA integrity_check").fetchone() == ("ok",)
    assert ask("PRAGMA foreign_key_check").fetchall() == []
    assert ask("SELECT table_name, data_type, srs_id, last_change FROM gpkg_contents").fetchall() == [
        (layer, "features", 4326, "2027-03-01T12:00:00.000Z") for layer in ("places", "routes", "trips")
    ]
    assert ask("SELECT table_name, geometry_type_name FROM gpkg_geometry_columns").fetchall() == [
        ("places", "POINT"),
        ("routes", "MULTILINESTRING"),
        ("trips", "MULTILINESTRING"),
    ]
    assert {srs for (srs,) in ask("SELECT srs_id FROM gpkg_spatial_ref_sys")} == {-1, 0, 4326}
    people = ask("SELECT people, typeof(people), starts_at FROM trips ORDER BY fid LIMIT 1").fetchone()
    assert people[1] == "integer"
    assert people[2].startswith("2027-03-0")
    connection.close()


def test_the_geometry_of_a_geopackage_is_its_header_and_well_known_binary() -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(geopackage.encode(dated_features(), at=AT))
    (camp,) = connection.execute("SELECT geom FROM places WHERE id = 'CAMP'").fetchone()
    assert struct.unpack("<2sBBi", camp[:8]) == (b"GP", 0, 1, 4326)
    assert struct.unpack("<BIdd", camp[8:]) == (1, 1, 28.6, 50.3)
    (route,) = connection.execute("SELECT geom FROM routes LIMIT 1").fetchone()
    assert struct.unpack("<2sBBi", route[:8]) == (b"GP", 0, 3, 4326)
    order, kind, parts, part_order, part_kind, positions = struct.unpack("<BIIBII", route[40:58])
    assert (order, kind, parts, part_order, part_kind) == (1, 5, 1, 1, 2)
    assert len(route) == 58 + 16 * positions
    connection.close()
