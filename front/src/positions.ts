// Where every load is at a time, and the units as the map shows them: loads of a unit that are together are one symbol.
// The rules are those of muster.hq.board.units: under way from departure to arrival, else where the last leg ended.
import { pairs, type Leg, type Places, type Routes, type Units } from "./layers";

export type State = "at origin" | "moving" | "on the way" | "closed" | "stays";
export type Spot = { place: number; towards: number };
export type Element = { unit: number; longitude: number; latitude: number; loads: number; people: number; leg: number; place: number };
export type Whereabouts = { state: State; spot: Spot; loads: number; moving: number; closed: number };

type Course = { points: [number, number][]; along: number[] };

export class Positions {
  private readonly stepsOf: number[][];
  private readonly loadsOf: number[][];
  private readonly courses: (Course | undefined)[];

  constructor(private readonly units: Units, private readonly routes: Routes, private readonly places: Places) {
    this.stepsOf = units.loads.unit.map(() => []);
    units.steps.load.forEach((load, step) => this.stepsOf[load]?.push(step));
    this.loadsOf = units.units.map(() => []);
    units.loads.unit.forEach((unit, load) => this.loadsOf[unit]?.push(load));
    this.courses = new Array(routes.legs.length);
  }

  /** The last step that has begun; -1 where the load has not departed. */
  private stepAt(load: number, at: number): number {
    const steps = this.stepsOf[load] ?? [];
    for (let i = steps.length - 1; i >= 0; i--) if ((this.units.steps.departure_min[steps[i] as number] as number) <= at) return steps[i] as number;
    return -1;
  }

  whereabouts(unit: number, at: number): Whereabouts {
    const steps = this.units.steps, spots = new Map<string, { spot: Spot; loads: number }>();
    const loads = this.loadsOf[unit] ?? [];
    let origin = 0, moving = 0, closed = 0, moves = 0;
    for (const load of loads) {
      const step = this.stepAt(load, at), own = this.stepsOf[load] ?? [];
      const spot = this.spot(load, step, at), key = `${spot.place}>${spot.towards}`;
      const there = spots.get(key) ?? { spot, loads: 0 };
      there.loads++;
      spots.set(key, there);
      if (step < 0) origin++;
      if (spot.towards >= 0) moving++;
      if (own.length) moves++;
      if (own.length && (steps.end_min[own[own.length - 1] as number] as number) <= at) closed++;
    }
    let most: { spot: Spot; loads: number } | undefined;
    for (const there of spots.values()) if (!most || there.loads > most.loads) most = there;
    const rest: State = origin === loads.length ? "at origin" : "on the way";
    const state: State = !moves ? "stays" : closed === loads.length ? "closed" : moving ? "moving" : rest;
    return { state, spot: most?.spot ?? { place: -1, towards: -1 }, loads: loads.length, moving, closed };
  }

  private spot(load: number, step: number, at: number): Spot {
    if (step < 0) return { place: this.units.loads.origin[load] ?? -1, towards: -1 };
    const leg = this.routes.legs[this.units.steps.leg[step] as number] as Leg;
    if (at < (this.units.steps.arrival_min[step] as number)) return { place: leg.origin, towards: leg.destination };
    return { place: leg.destination, towards: -1 };
  }

  /** Symbols to draw: one for the loads of a unit that are at one place, or on one leg since the same minute. */
  elements(at: number): Element[] {
    const found = new Map<string, Element>(), { steps, loads } = this.units;
    loads.unit.forEach((unit, load) => {
      const step = this.stepAt(load, at), spot = this.spot(load, step, at);
      const isMoving = spot.towards >= 0;
      const key = isMoving ? `${unit}/${steps.leg[step]}/${steps.departure_min[step]}` : `${unit}@${spot.place}`;
      const there = found.get(key);
      if (there) {
        there.loads++;
        there.people += loads.people[load] as number;
        return;
      }
      const [longitude, latitude] = isMoving ? this.onLeg(step, at) : this.at(spot.place);
      found.set(key, { unit, longitude, latitude, loads: 1, people: loads.people[load] as number,
        leg: isMoving ? (steps.leg[step] as number) : -1, place: isMoving ? -1 : spot.place });
    });
    return [...found.values()];
  }

  private at(place: number): [number, number] {
    const site = this.places.places[place];
    return site ? [site.longitude_deg, site.latitude_deg] : [0, 0];
  }

  private onLeg(step: number, at: number): [number, number] {
    const { steps } = this.units, leg = steps.leg[step] as number;
    const from = steps.departure_min[step] as number, until = steps.arrival_min[step] as number;
    const { points, along } = this.course(leg);
    const want = ((at - from) / Math.max(1, until - from)) * (along[along.length - 1] as number);
    let next = 1;
    while (next < along.length - 1 && (along[next] as number) < want) next++;
    const before = points[next - 1], after = points[next];
    if (!before || !after) return before ?? this.at(this.routes.legs[leg]?.origin ?? -1);
    const start = along[next - 1] as number, span = (along[next] as number) - start, share = span ? Math.min(1, (want - start) / span) : 0;
    return [before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])];
  }

  private course(leg: number): Course {
    const known = this.courses[leg];
    if (known) return known;
    const points = pairs((this.routes.legs[leg] as Leg).points, 1000), along = [0];
    for (let i = 1; i < points.length; i++) {
      const [x, y] = points[i] as [number, number], [px, py] = points[i - 1] as [number, number];
      along.push((along[i - 1] as number) + Math.hypot((x - px) * Math.cos((y * Math.PI) / 180), y - py));
    }
    return (this.courses[leg] = { points, along });
  }
}
