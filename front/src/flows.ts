// Flows and loads of one day as features of the map.
import { pairs, type Places, type Routes } from "./layers";

type Points = GeoJSON.FeatureCollection<GeoJSON.Point>;
type Lines = GeoJSON.FeatureCollection<GeoJSON.LineString>;

/** What is on its way on a day, by leg; the weight is its share of the largest flow of the plan, as a root. */
export class Flows {
  private readonly byDay = new Map<number, Map<number, number>>();
  private most = 1;
  private readonly courses: [number, number][][];

  constructor(private readonly routes: Routes) {
    this.courses = routes.legs.map((leg) => pairs(leg.points, 1000));
    const { leg, day, mass_t } = routes.flows;
    leg.forEach((number, row) => {
      const of = this.byDay.get(day[row] as number) ?? new Map<number, number>();
      of.set(number, (of.get(number) ?? 0) + (mass_t[row] as number));
      this.byDay.set(day[row] as number, of);
      this.most = Math.max(this.most, of.get(number) as number);
    });
  }

  on(day: number): Lines {
    const features = [...(this.byDay.get(day) ?? [])].map(([leg, mass]): GeoJSON.Feature<GeoJSON.LineString> => ({
      type: "Feature", properties: { mode: this.routes.legs[leg]?.mode, weight: Math.sqrt(mass / this.most), leg },
      geometry: { type: "LineString", coordinates: this.courses[leg] ?? [] },
    }));
    return { type: "FeatureCollection", features: features.filter((feature) => feature.geometry.coordinates.length > 1) };
  }
}

/** Places that the plan uses, with how full the fullest of their resources is on a day. */
export function placesOn(places: Places, day: number): Points {
  const load = new Map(places.loads.map((row) => [row.place, row]));
  const features = places.places.flatMap((place, number): GeoJSON.Feature<GeoJSON.Point>[] => {
    const share = load.get(number)?.share[day] ?? 0;
    if (!place.used && !share) return [];
    return [{ type: "Feature", id: number, properties: { number, name: place.name, share, weight: share + (place.used ? 1 : 0) },
      geometry: { type: "Point", coordinates: [place.longitude_deg, place.latitude_deg] } }];
  });
  return { type: "FeatureCollection", features };
}
