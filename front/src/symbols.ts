// Symbols of units after APP-6, drawn into the map as images before anything asks for them.
import type { Map } from "maplibre-gl";
import ms from "milsymbol";
import { FONT, type Palette } from "./style";

const SIZE = 22;
const RATIO = 2;

/** Draw one code; what it shows is told in the key beside the map and in the table of units. */
export function drawn(code: string): HTMLCanvasElement {
  return new ms.Symbol(code, { size: SIZE, outlineColor: "#ffffff", outlineWidth: 3, simpleStatusModifier: true }).asCanvas(RATIO);
}

/** Put the images of all codes on the map, and the layers that show units with them. */
export function addUnits(map: Map, codes: Iterable<string>, colours: Palette): void {
  for (const code of new Set(codes)) {
    const canvas = drawn(code), context = canvas.getContext("2d");
    if (context) map.addImage(code, context.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: RATIO });
  }
  const text = { "text-color": colours.ink, "text-halo-color": colours.halo, "text-halo-width": 1.6 };
  map.addLayer({ id: "groups", type: "circle", source: "units", filter: ["has", "point_count"], paint: { "circle-color": "#80e0ff", "circle-stroke-color": "#0b3a55", "circle-stroke-width": 1.5, "circle-radius": ["interpolate", ["linear"], ["get", "point_count"], 2, 10, 60, 22] } });
  map.addLayer({ id: "group-counts", type: "symbol", source: "units", filter: ["has", "point_count"], layout: { "text-field": ["get", "point_count_abbreviated"], "text-font": FONT, "text-size": 12, "text-allow-overlap": true }, paint: { "text-color": "#06202f" } });
  map.addLayer({
    id: "units", type: "symbol", source: "units", filter: ["!", ["has", "point_count"]],
    layout: { "icon-image": ["get", "symbol"], "icon-allow-overlap": true, "icon-offset": ["get", "offset"], "text-field": ["get", "nation"], "text-font": FONT, "text-size": 10, "text-offset": ["get", "text_offset"], "text-optional": true, "text-allow-overlap": false },
    paint: text,
  });
}
