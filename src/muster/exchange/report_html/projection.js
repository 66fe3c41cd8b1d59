// Lambert's conformal conic projection on a sphere, fitted to the sites of the plan. Units: earth radii, y down.

const RADIANS = Math.PI / 180;

function makeProjection(sites) {
  const latitudes = sites.map((site) => site.latitude_deg).sort((a, b) => a - b);
  const longitudes = sites.map((site) => site.longitude_deg).sort((a, b) => a - b);
  const low = latitudes[0] ?? 45, high = latitudes.at(-1) ?? 55, spread = Math.max(4, high - low);
  const first = (low + spread / 6) * RADIANS, second = (low + (spread * 5) / 6) * RADIANS;
  const middle = longitudes.length ? (longitudes[0] + longitudes.at(-1)) / 2 : 15;
  const stretch = (latitude) => Math.tan(Math.PI / 4 + latitude / 2);
  const cone = Math.log(Math.cos(first) / Math.cos(second)) / Math.log(stretch(second) / stretch(first)) || Math.sin(first);
  const factor = (Math.cos(first) * stretch(first) ** cone) / cone;
  return (longitude_deg, latitude_deg) => {
    const latitude = Math.max(-60, Math.min(88, latitude_deg)) * RADIANS;
    const turn = ((((longitude_deg - middle + 540) % 360) + 360) % 360) - 180;
    const radius = factor / stretch(latitude) ** cone, angle = cone * turn * RADIANS;
    return [radius * Math.sin(angle), radius * Math.cos(angle)];
  };
}

/** A path of projected points, closed where asked. */
function pathOf(points, closed = false) {
  const path = new Path2D();
  points.forEach(([x, y], index) => (index ? path.lineTo(x, y) : path.moveTo(x, y)));
  if (closed) path.closePath();
  return path;
}

/** Meridians and parallels every five degrees around the sites. */
function graticulePath(project, sites) {
  const latitudes = sites.map((site) => site.latitude_deg), longitudes = sites.map((site) => site.longitude_deg);
  const round = (value, way) => way(value / 5) * 5;
  const south = Math.max(-55, round(Math.min(...latitudes), Math.floor) - 20), north = Math.min(85, round(Math.max(...latitudes), Math.ceil) + 15);
  const west = round(Math.min(...longitudes), Math.floor) - 40, east = Math.min(west + 340, round(Math.max(...longitudes), Math.ceil) + 40);
  const path = new Path2D();
  const line = (points) => points.forEach(([longitude, latitude], index) => path[index ? "lineTo" : "moveTo"](...project(longitude, latitude)));
  for (let longitude = west; longitude <= east; longitude += 5) line(steps(south, north).map((latitude) => [longitude, latitude]));
  for (let latitude = south; latitude <= north; latitude += 5) line(steps(west, east).map((longitude) => [longitude, latitude]));
  return path;
}

/** Middle and size of the largest ring of each country, projected. */
function countryMiddles(countries, project) {
  return Object.entries(countries).filter(([, rings]) => rings.length).map(([code, rings]) => {
    const ring = rings.reduce((most, other) => (other.length > most.length ? other : most)), points = [];
    for (let index = 0; index < ring.length; index += 2) points.push(project(ring[index] / 100, ring[index + 1] / 100));
    let [area, x, y] = [0, 0, 0];
    points.forEach(([ax, ay], index) => {
      const [bx, by] = points[(index + 1) % points.length], part = ax * by - bx * ay;
      [area, x, y] = [area + part, x + (ax + bx) * part, y + (ay + by) * part];
    });
    return { code, middle: area ? [x / (3 * area), y / (3 * area)] : points[0], size: Math.sqrt(Math.abs(area) / 2) };
  });
}

const steps = (from, to) => Array.from({ length: Math.floor(to - from) + 1 }, (_, index) => from + index);

/** Projected points with the length along them, for a place part of the way. */
function measured(points) {
  const along = [0];
  for (let index = 1; index < points.length; index += 1) {
    along.push(along[index - 1] + Math.hypot(points[index][0] - points[index - 1][0], points[index][1] - points[index - 1][1]));
  }
  return { points, along, length: along.at(-1) };
}

function partOfTheWay({ points, along, length }, part) {
  const wanted = part * length;
  let low = 0, high = along.length - 1;
  while (high - low > 1) { const middle = (low + high) >> 1; if (along[middle] <= wanted) low = middle; else high = middle; }
  const rest = along[high] - along[low] ? (wanted - along[low]) / (along[high] - along[low]) : 0;
  return [points[low][0] + (points[high][0] - points[low][0]) * rest, points[low][1] + (points[high][1] - points[low][1]) * rest];
}
