// Symbols of units after APP-6, put into the map as images before anything asks for them. How each code is drawn was
// written down when the scripts were built; nothing of it is worked out here.
import type { Map } from "maplibre-gl";
import { FONT, type Palette } from "./style";

const SCALE = 0.22;
const RATIO = 2;

/** About the middle of the frame; `move` and `scale` bring the part there. */
type Part = { fill: string | null; stroke: string | null; width: number; move: [number, number]; scale?: number; d?: string; text?: string; x?: number; y?: number; size?: number };
export type Drawings = Record<string, { size: [number, number]; parts: Part[] }>;

/** Draw one code; what it shows is told in the key beside the map and in the table of units. */
export function drawn(drawings: Drawings, code: string): HTMLCanvasElement {
  const canvas = document.createElement("canvas"), { size, parts } = drawings[code] ?? { size: [1, 1], parts: [] }, zoom = SCALE * RATIO;
  canvas.width = Math.ceil(size[0] * zoom);
  canvas.height = Math.ceil(size[1] * zoom);
  const pen = canvas.getContext("2d");
  if (pen) for (const part of parts) {
    pen.setTransform(zoom, 0, 0, zoom, canvas.width / 2, canvas.height / 2);
    pen.translate(...part.move);
    pen.scale(part.scale ?? 1, part.scale ?? 1);
    put(pen, part);
  }
  return canvas;
}

function put(pen: CanvasRenderingContext2D, part: Part): void {
  pen.lineJoin = pen.lineCap = "round";
  pen.lineWidth = part.width / (part.scale ?? 1);
  if (part.fill) pen.fillStyle = part.fill;
  if (part.stroke) pen.strokeStyle = part.stroke;
  if (part.d) {
    const path = new Path2D(part.d);
    if (part.fill) pen.fill(path);
    if (part.stroke) pen.stroke(path);
  } else if (part.text) {
    pen.font = `bold ${part.size}px sans-serif`;
    pen.textAlign = "center";
    pen.fillText(part.text, part.x ?? 0, part.y ?? 0);
  }
}

/** Put the images of all codes on the map, and the layers that show units with them. */
export function addUnits(map: Map, drawings: Drawings, codes: Iterable<string>, colours: Palette): void {
  for (const code of new Set(codes)) {
    const canvas = drawn(drawings, code), context = canvas.getContext("2d");
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
