// The map behind the plan, drawn from two files of this server. Colours come from the style sheet, so that light and
// dark are told in one place; labels are drawn from the fonts of the machine.
import type { ExpressionSpecification, FilterSpecification, GeoJSONSourceSpecification, StyleSpecification } from "maplibre-gl";
import { pairs, type Land, type Mode, type Ways } from "./layers";

export const FONT = ["sans-serif"];
export const MODES: Mode[] = ["road", "rail", "sea", "air"];

const LIGHT = { water: "#dfe9f1", land: "#fbfaf6", host: "#fff6d8", coast: "#9fb2c2", border: "#8b8f98", way: "#d9cfbd", track: "#c3c7cf", lane: "#c9dae7", ink: "#2a3340", halo: "#ffffff", country: "#6b7380" };
const DARK = { water: "#0f1722", land: "#1b2430", host: "#2d2a1a", coast: "#41566b", border: "#6d7784", way: "#3a3a36", track: "#39424e", lane: "#1a2a3b", ink: "#e6eaf0", halo: "#10161f", country: "#93a0b0" };
export type Palette = typeof LIGHT & Record<Mode, string> & { late: string; full: string; free: string };

/** Host nation of the mission; its land is set apart by a tint. */
const HOST = "UKR";
/** Smaller countries have no name on the map, in square degrees. */
const NAMED_DEG2 = 0.8;

export function palette(): Palette {
  const told = getComputedStyle(document.documentElement), named = (name: string) => told.getPropertyValue(`--${name}`).trim();
  const base = matchMedia("(prefers-color-scheme: dark)").matches ? DARK : LIGHT;
  return { ...base, road: named("road"), rail: named("rail"), sea: named("sea"), air: named("air"), late: named("late"), full: named("full"), free: named("free") };
}

type Feature = GeoJSON.Feature;
type Point = [number, number];

/** What lies behind the plan as one source: every source more is cut into tiles, sent and drawn by itself. */
function base(land: Land, ways: Ways): GeoJSONSourceSpecification {
  const lines: Record<string, number[][]> = { border: land.borders, coast: land.coasts, ...ways };
  const features = [...countries(land), ...names(land), ...Object.entries(lines).map(([kind, flat]): Feature => ({
    type: "Feature", properties: { kind }, geometry: { type: "MultiLineString", coordinates: flat.map((line) => pairs(line, 100)) },
  }))];
  return { type: "geojson", data: { type: "FeatureCollection", features }, buffer: 32, maxzoom: 12 };
}

function countries(land: Land): Feature[] {
  return Object.entries(land.countries).map(([code, rings]) => ({
    type: "Feature", properties: { kind: "land", code },
    geometry: { type: "MultiPolygon", coordinates: rings.map((ring) => { const points = pairs(ring, 100); return [[...points, points[0] as Point]]; }) },
  }));
}

/** Codes of countries at the middle of their largest ring. */
function names(land: Land): Feature[] {
  return Object.entries(land.countries).flatMap(([code, rings]): Feature[] => {
    const points = pairs(rings[0] ?? [], 100);
    let area = 0, x = 0, y = 0;
    points.forEach(([px, py], i) => {
      const [qx, qy] = points[(i + 1) % points.length] as Point, cross = px * qy - qx * py;
      area += cross; x += (px + qx) * cross; y += (py + qy) * cross;
    });
    if (Math.abs(area) / 2 < NAMED_DEG2) return [];
    return [{ type: "Feature", properties: { kind: "name", code }, geometry: { type: "Point", coordinates: [x / (3 * area), y / (3 * area)] } }];
  });
}

const of = (kind: string): { source: string; filter: FilterSpecification } => ({ source: "base", filter: ["==", ["get", "kind"], kind] });

export const EMPTY: GeoJSONSourceSpecification = { type: "geojson", data: { type: "FeatureCollection", features: [] } };

/** Everything but the symbols of units, whose images come later. */
export function style(land: Land, ways: Ways, colours: Palette): StyleSpecification {
  const byMode: ExpressionSpecification = ["match", ["get", "mode"], "road", colours.road, "rail", colours.rail, "sea", colours.sea, colours.air];
  const text = { "text-color": colours.ink, "text-halo-color": colours.halo, "text-halo-width": 1.4 };
  return {
    version: 8,
    sources: {
      base: base(land, ways), flows: EMPTY, places: EMPTY,
      units: { ...EMPTY, cluster: true, clusterRadius: 34, clusterMaxZoom: 6, clusterProperties: { people: ["+", ["get", "people"]], loads: ["+", ["get", "loads"]], ids: ["concat", ["concat", ["get", "id"], " "]] } },
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": colours.water } },
      { id: "land", type: "fill", ...of("land"), paint: { "fill-color": ["case", ["==", ["get", "code"], HOST], colours.host, colours.land] } },
      { id: "sea", type: "line", ...of("sea"), paint: { "line-color": colours.lane, "line-width": 0.7, "line-dasharray": [3, 3] } },
      { id: "road", type: "line", ...of("road"), paint: { "line-color": colours.way, "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.4, 8, 1.4] } },
      { id: "rail", type: "line", ...of("rail"), paint: { "line-color": colours.track, "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.4, 8, 1.2] } },
      { id: "coasts", type: "line", ...of("coast"), paint: { "line-color": colours.coast, "line-width": 0.8 } },
      { id: "borders", type: "line", ...of("border"), paint: { "line-color": colours.border, "line-width": 1, "line-dasharray": [4, 2] } },
      { id: "names", type: "symbol", ...of("name"), layout: { "text-field": ["get", "code"], "text-font": FONT, "text-size": 12, "text-letter-spacing": 0.25 }, paint: { "text-color": colours.country, "text-halo-color": colours.land, "text-halo-width": 1 } },
      { id: "flows", type: "line", source: "flows", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": byMode, "line-opacity": 0.85, "line-width": ["interpolate", ["linear"], ["get", "weight"], 0, 1.2, 1, 9] } },
      { id: "places", type: "circle", source: "places", paint: { "circle-color": ["case", [">", ["get", "share"], 0.9], colours.full, colours.free], "circle-radius": ["interpolate", ["linear"], ["get", "share"], 0, 2.5, 1, 8], "circle-stroke-color": colours.halo, "circle-stroke-width": 1.2 } },
      { id: "place-names", type: "symbol", source: "places", minzoom: 4.5, layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "text-offset": [0, 1.1], "text-anchor": "top", "text-optional": true, "symbol-sort-key": ["-", 0, ["get", "weight"]] }, paint: text },
    ],
  };
}
