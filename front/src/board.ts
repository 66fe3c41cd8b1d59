// The board: the map with its time, the curve below it, and the table of units kept in step with both.
import { LngLatBounds, Map, setWorkerUrl, type GeoJSONSource } from "maplibre-gl";
import { Clock, told } from "./clock";
import { ClosureCurve } from "./curve";
import { Flows, placesOn } from "./flows";
import { read, type Curve, type Land, type Measure, type Places, type Routes, type Units, type Ways } from "./layers";
import { savePicture } from "./picture";
import { Positions, type Element } from "./positions";
import { palette, style } from "./style";
import { addUnits, drawn, type Drawings } from "./symbols";

type Words = Record<string, string>;
const SHOWN_BY: Record<string, string[]> = { units: ["units", "groups", "group-counts"], flows: ["flows"], places: ["places", "place-names"], road: ["road"], rail: ["rail"], sea: ["sea"], borders: ["borders", "names"] };
const FIT = { padding: 40 };
/** Symbols at one place stand in rows beside each other. */
const ROW = 5, STEP_X = 46, STEP_Y = 40;

const box = document.querySelector<HTMLElement>("#map")!;
const words = JSON.parse(document.querySelector("#words")!.textContent ?? "{}") as Words;

class Board {
  private readonly positions: Positions;
  private readonly flows: Flows;
  private readonly rows = new globalThis.Map<string, { state: HTMLElement; where: HTMLElement; called: HTMLElement }>();
  private elements: Element[] = [];
  private day = -1;
  private tableAt = -1;
  private at = 0;

  constructor(private readonly map: Map, private readonly places: Places, private readonly routes: Routes, private readonly units: Units, private readonly curve: ClosureCurve, private readonly drawings: Drawings) {
    this.positions = new Positions(units, routes, places);
    this.flows = new Flows(routes);
    for (const row of document.querySelectorAll<HTMLElement>("#units tr[data-unit]"))
      this.rows.set(row.dataset["unit"] ?? "", { state: row.querySelector(".state")!, where: row.querySelector(".where")!, called: row.querySelector(".called")! });
  }

  show(at: number, isPlaying: boolean): void {
    this.at = at;
    this.elements = this.positions.elements(at);
    this.source("units").setData({ type: "FeatureCollection", features: this.features() });
    const day = Math.floor(at / 1440);
    if (day !== this.day) {
      this.day = day;
      this.source("flows").setData(this.flows.on(day));
      this.source("places").setData(placesOn(this.places, day));
    }
    this.curve.show(at);
    if (!isPlaying || Math.abs(at - this.tableAt) >= 360) this.tell();
    box.dataset["at"] = String(Math.round(at));
    const paper = document.querySelector<HTMLAnchorElement>("#print");
    if (paper && !isPlaying) paper.search = String(new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(paper.search)), at: String(Math.round(at)) }));
  }

  private source(name: string): GeoJSONSource {
    return this.map.getSource(name) as GeoJSONSource;
  }

  private features(): GeoJSON.Feature<GeoJSON.Point>[] {
    const standing = new globalThis.Map<number, number>();
    return this.elements.map((element, id) => {
      const unit = this.units.units[element.unit];
      const number = element.place < 0 ? 0 : (standing.get(element.place) ?? 0);
      if (element.place >= 0) standing.set(element.place, number + 1);
      const offset = element.place < 0 ? [0, 0] : [(number % ROW) * STEP_X, Math.floor(number / ROW) * STEP_Y - STEP_Y / 2];
      return { type: "Feature", geometry: { type: "Point", coordinates: [element.longitude, element.latitude] },
        properties: { id, symbol: unit?.symbol, nation: unit?.nation, people: element.people, loads: element.loads, offset, text_offset: [(offset[0] as number) / 10, (offset[1] as number) / 10 + 1.6] } };
    });
  }

  /** The table says what the map shows. */
  private tell(): void {
    this.tableAt = this.at;
    this.units.units.forEach((unit, number) => {
      const cells = this.rows.get(unit.uln), is = this.positions.whereabouts(number, this.at);
      if (!cells) return;
      cells.state.textContent = words[is.state] ?? is.state;
      cells.where.textContent = this.name(is.spot.place) + (is.spot.towards < 0 ? "" : ` → ${this.name(is.spot.towards)}`);
    });
  }

  /** Names of units in the table become buttons that show the unit on the map. */
  private offer(): void {
    this.units.units.forEach((unit, number) => {
      const called = this.rows.get(unit.uln)?.called;
      if (!called) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain called";
      button.textContent = called.textContent;
      button.title = words["show"] ?? "";
      button.addEventListener("click", () => this.look(number));
      called.replaceWith(button);
    });
  }

  private look(unit: number): void {
    const own = this.elements.filter((element) => element.unit === unit);
    const most = own.reduce<Element | undefined>((best, element) => (!best || element.loads > best.loads ? element : best), undefined);
    if (!most) return;
    this.map.jumpTo({ center: [most.longitude, most.latitude], zoom: Math.max(this.map.getZoom(), 7) });
    document.querySelector("#chosen")?.replaceChildren(...this.aboutElement(most));
    box.scrollIntoView({ block: "nearest" });
  }

  private name(place: number): string {
    return this.places.places[place]?.name ?? "";
  }

  listen(): void {
    this.offer();
    const chosen = document.querySelector<HTMLElement>("#chosen")!;
    this.map.on("click", (event) => {
      const [found] = this.map.queryRenderedFeatures(event.point, { layers: ["units", "groups", "places"].filter((layer) => this.map.getLayer(layer)) });
      chosen.replaceChildren(...(found ? this.about(found.layer.id, found.properties) : [line(words["empty"] ?? "")]));
    });
  }

  private about(layer: string, told: Record<string, unknown>): HTMLElement[] {
    if (layer === "places") return this.aboutPlace(Number(told["number"]));
    const ids = layer === "groups" ? String(told["ids"]).trim().split(" ").map(Number) : [Number(told["id"])];
    const elements = ids.flatMap((id) => this.elements[id] ?? []);
    if (elements.length === 1 && elements[0]) return this.aboutElement(elements[0]);
    const list = document.createElement("ul");
    list.append(...elements.slice(0, 12).map((element) => item(`${this.units.units[element.unit]?.nation} ${this.units.units[element.unit]?.name}`)));
    if (elements.length > 12) list.append(item(`+ ${elements.length - 12}`));
    return [title(`${elements.length} ${words["units"]}`), line(`${elements.reduce((sum, element) => sum + element.people, 0)} ${words["people"]}`), list];
  }

  private aboutElement(element: Element): HTMLElement[] {
    const unit = this.units.units[element.unit]!, leg = this.routes.legs[element.leg];
    const where = leg ? `${this.name(leg.origin)} → ${this.name(leg.destination)}` : this.name(element.place);
    const symbol = drawn(this.drawings, unit.symbol);
    symbol.setAttribute("role", "img");
    symbol.setAttribute("aria-label", unit.name);
    return [symbol, title(`${unit.nation} ${unit.name}`), line(unit.uln), line(where), line(`${element.loads} ${words["loads"]}, ${element.people} ${words["people"]}`)];
  }

  private aboutPlace(number: number): HTMLElement[] {
    const load = this.places.loads.find((row) => row.place === number), resource = this.places.resources[load?.resource[this.day] ?? -1];
    const full = load && resource ? [line(`${words["full"]}: ${resource.kind}, ${Math.round(100 * (load.share[this.day] ?? 0))} %`)] : [];
    const here = this.elements.filter((element) => element.place === number), list = document.createElement("ul");
    list.append(...here.slice(0, 12).map((element) => item(`${this.units.units[element.unit]?.nation} ${this.units.units[element.unit]?.name}`)));
    return [title(this.name(number)), ...full, ...(here.length ? [line(`${here.length} ${words["units"]}`), list] : [])];
  }

  fit(): void {
    const bounds = boundsOf(this.places);
    if (bounds) this.map.fitBounds(bounds, { ...FIT, animate: false });
  }
}

/** Everything that the plan uses; nothing where it uses no place. */
function boundsOf(places: Places): LngLatBounds | undefined {
  const bounds = new LngLatBounds();
  for (const place of places.places) if (place.used) bounds.extend([place.longitude_deg, place.latitude_deg]);
  return bounds.isEmpty() ? undefined : bounds;
}

function made(name: string, text: string): HTMLElement {
  const node = document.createElement(name);
  node.textContent = text;
  return node;
}
const title = (text: string): HTMLElement => made("h3", text);
const line = (text: string): HTMLElement => made("p", text);
const item = (text: string): HTMLElement => made("li", text);

function switches(map: Map): void {
  for (const box of document.querySelectorAll<HTMLInputElement>("[data-shows]")) {
    const put = (): void => (SHOWN_BY[box.dataset["shows"] ?? ""] ?? []).forEach((layer) => map.setLayoutProperty(layer, "visibility", box.checked ? "visible" : "none"));
    box.addEventListener("change", put);
    if (!box.checked) put(); // what is on stays untouched: a layer that is told anything is cut into tiles again
  }
}

async function start(): Promise<void> {
  const file = (name: string): string => box.dataset[name] ?? "", layers = box.dataset["layers"] ?? "", layer = (name: string): string => layers.replace("LAYER", name);
  const [land, ways, places, routes, units, curve, drawings] = await Promise.all([
    read<Land>(file("land")), read<Ways>(file("ways")), read<Places>(layer("places")), read<Routes>(layer("routes")), read<Units>(layer("units")), read<Curve>(layer("curve")), read<Drawings>(file("symbols")),
  ]);
  let clock: Clock | undefined;
  const plot = new ClosureCurve(document.querySelector<HTMLElement>("#curve")!, curve, words, (at) => clock?.set(at));
  document.querySelector<HTMLSelectElement>("#measure")?.addEventListener("change", (event) => plot.use((event.target as HTMLSelectElement).value as Measure));
  setWorkerUrl(new URL(file("worker"), location.href).href);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  // What is shown at first is known before the map is, so that nothing is cut into tiles twice; and nothing fades in,
  // since each frame of it is drawn anew, which takes long without a graphics card.
  const bounds = boundsOf(places), view = bounds ? { bounds, fitBoundsOptions: FIT } : { center: [20, 50] as [number, number], zoom: 4 };
  const map = new Map({ container: box, style: style(land, ways, palette()), ...view, minZoom: 2.5, maxZoom: 11, maxBounds: [[-26, 30], [51, 73]], attributionControl: false, dragRotate: false, pitchWithRotate: false, fadeDuration: 0, canvasContextAttributes: { preserveDrawingBuffer: true } });
  map.getCanvas().setAttribute("aria-label", words["map"] ?? "");
  await map.once("style.load");
  addUnits(map, drawings, units.units.map((unit) => unit.symbol), palette());
  const board = new Board(map, places, routes, units, plot, drawings);
  board.listen();
  switches(map);
  clock = new Clock(units.c_day, words, (at, isPlaying) => board.show(at, isPlaying));
  clock.set(Number(document.querySelector<HTMLInputElement>("#at")!.value));
  document.querySelector("#zoom-in")?.addEventListener("click", () => map.zoomIn({ animate: !calm }));
  document.querySelector("#zoom-out")?.addEventListener("click", () => map.zoomOut({ animate: !calm }));
  document.querySelector("#zoom-all")?.addEventListener("click", () => board.fit());
  document.querySelector("#picture")?.addEventListener("click", () => savePicture(map, words["banner"] ?? "", told(Number(box.dataset["at"] ?? 0), units.c_day)));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => location.reload());
  await map.once("idle");
  box.dataset["drawn"] = "yes";
}

start().catch((error: unknown) => {
  const says = box.querySelector<HTMLElement>(".map-says");
  if (says) {
    says.textContent = words["failed"] ?? "";
    says.hidden = false;
  }
  console.error(error);
});
