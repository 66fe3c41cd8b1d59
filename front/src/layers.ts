// The layers of the board as the server sends them: columns and numbers. Times are minutes after C-day.

export type Place = { place: string; name: string; country: string; latitude_deg: number; longitude_deg: number; used: boolean };
export type PlaceLoad = { place: number; share: number[]; resource: number[] };
export type Places = { places: Place[]; resources: { name: string; kind: string }[]; loads: PlaceLoad[] };

export type Mode = "road" | "rail" | "sea" | "air";
/** `points`: longitude and latitude in turn, in thousandths of a degree. */
export type Leg = { mode: Mode; carrier: string; origin: number; destination: number; points: number[] };
export type Flows = { leg: number[]; day: number[]; nation: number[]; people: number[]; vehicles: number[]; mass_t: number[]; nations: string[] };
export type Routes = { legs: Leg[]; flows: Flows };

export type Unit = { uln: string; name: string; nation: string; symbol: string; origin: number; destination: number; people: number; vehicles: number };
export type Steps = { load: number[]; leg: number[]; departure_min: number[]; arrival_min: number[]; end_min: number[] };
export type Units = { end_min: number; c_day: string | null; units: Unit[]; loads: { unit: number[]; origin: number[]; people: number[] }; steps: Steps };

export type Measure = "people" | "vehicles" | "mass_t";
export type Curve = { step_min: number; closed: Record<Measure, number[]>; required: Record<Measure, number[]>; c_day: string | null; closure_min: number | null };

/** `countries`: rings of hundredths of a degree, longitude and latitude in turn; the lines likewise. */
export type Land = { countries: Record<string, number[][]>; borders: number[][]; coasts: number[][] };
export type Ways = { road: number[][]; rail: number[][]; sea: number[][] };

export async function read<T>(address: string): Promise<T> {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as T;
}

/** Longitude and latitude in turn as pairs of degrees. */
export function pairs(flat: number[], scale: number): [number, number][] {
  const points: [number, number][] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) points.push([(flat[i] as number) / scale, (flat[i + 1] as number) / scale]);
  return points;
}
