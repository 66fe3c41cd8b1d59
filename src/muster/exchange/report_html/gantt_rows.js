// The rows of the Gantt chart as trees: nation, unit, line and load; or fleet and asset.

const memo = new Map();
const once = (name, make) => { if (!memo.has(name)) memo.set(name, make()); return memo.get(name); };

/** Indices of steps by load, of voyages by asset, of waits by load, of loads by line. */
const stepsOf = (load) => once("steps", () => groupBy(data.steps.load)).get(load) || [];
const voyagesOf = (asset) => once("voyages", () => groupBy(data.voyages.asset)).get(asset) || [];
const waitsOf = (load) => once("waits", () => groupBy(data.waits.load)).get(load) || [];
const loadsOf = (line) => once("loads", () => groupBy(data.loads.line)).get(line) || [];
const voyageLoads = (voyage) => once("voyage loads", () => groupBy(data.steps.voyage)).get(voyage) || [];

function groupBy(keys) {
  const groups = new Map();
  keys.forEach((key, index) => { if (groups.has(key)) groups.get(key).push(index); else groups.set(key, [index]); });
  return groups;
}

function makeNode(kind, label, fields = {}) {
  return { kind, label, kids: [], open: false, words: label.toLowerCase(), ...fields };
}

function lineNode(index) {
  const line = data.lines[index];
  const node = makeNode("line", `${line.uln} ${line.name}`, { index });
  node.kids = loadsOf(index).map((load) => makeNode("load", data.loads.id[load], { index: load, note: data.loads.cargo[load] }));
  return node;
}

function unitNodes(indices) {
  const units = new Map(), loose = [];
  for (const index of indices) {
    const parent = data.lines[index].parent;
    if (!parent) loose.push(lineNode(index));
    else {
      if (!units.has(parent)) units.set(parent, makeNode("group", parent));
      units.get(parent).kids.push(lineNode(index));
    }
  }
  return [...units.values(), ...loose];
}

function makeTree(view) {
  if (view === "asset") {
    return data.fleets.map((fleet, number) => {
      const node = makeNode("fleet", fleet.name, { index: number });
      node.kids = fleet.assets.map((asset) => makeNode("asset", data.assets[asset], { index: asset }));
      return node;
    });
  }
  const all = data.lines.map((_, index) => index);
  if (view === "unit") return unitNodes(all);
  return data.nations.map((code, nation) => {
    const node = makeNode("group", code, { open: true });
    node.kids = unitNodes(all.filter((index) => data.lines[index].nation === nation));
    return node;
  }).filter((node) => node.kids.length);
}

/** Rows to show: open branches, or what holds the words with what is above it. */
function flatten(roots, words) {
  const rows = [];
  const found = (node) => {
    if (node.found === undefined || node.foundFor !== words) {
      node.foundFor = words;
      node.self = node.words.includes(words);
      node.found = node.self;
      for (const kid of node.kids) if (found(kid)) node.found = true;
    }
    return node.found;
  };
  const visit = (node, depth, above) => {
    if (words && !above && !found(node)) return;
    node.depth = depth;
    rows.push(node);
    const searching = words && !node.self && !above;
    if (node.open || searching) for (const kid of node.kids) visit(kid, depth + 1, above || (words && node.self));
  };
  for (const root of roots) visit(root, 0, false);
  return rows;
}

/** How many loads are on the move under a node, on average by quarter day; for the small profile of a closed branch. */
function profileOf(node) {
  if (node.profile) return node.profile;
  const bins = new Float32Array(Math.ceil(data.end_min / 360) + 1);
  const add = (from, to) => { for (let bin = Math.floor(from / 360); bin <= Math.min(bins.length - 1, Math.floor((to - 1) / 360)); bin += 1) bins[bin] += (Math.min(to, (bin + 1) * 360) - Math.max(from, bin * 360)) / 360; };
  const visit = (part) => {
    if (part.kind === "load") for (const step of stepsOf(part.index)) add(data.steps.start_min[step], data.steps.end_min[step]);
    else if (part.kind === "asset") for (const voyage of voyagesOf(part.index)) add(data.voyages.load_start_min[voyage], data.voyages.unload_end_min[voyage]);
    else part.kids.forEach(visit);
  };
  visit(node);
  node.profile = { bins, most: Math.max(0.01, ...bins) };
  return node.profile;
}

function linesUnder(node) {
  if (node.kind === "line") return [data.lines[node.index]];
  return node.lines || (node.lines = node.kids.flatMap(linesUnder));
}

/** A row in words, for tips and for those who listen. */
function rowWords(node) {
  if (node.kind === "line") {
    const line = data.lines[node.index];
    const fate = line.closure_min === null ? `does not move: ${line.reason}` : `closes ${when(line.closure_min)}${line.lateness_min ? `, ${duration(line.lateness_min)} late` : ", in time"}`;
    return `${line.uln} ${line.name} (${data.nations[line.nation]}, priority ${line.priority})\nready ${when(line.ready_min)}, required ${when(line.required_min)}\n${fate}\n${waitText(line)}`;
  }
  if (node.kind === "load") {
    const load = node.index;
    return `${data.loads.id[load]}: ${count(data.loads.people[load])} people, ${count(data.loads.vehicles[load])} vehicles, ${tenth(data.loads.mass_t[load])} t of ${data.loads.cargo[load]}`;
  }
  if (node.kind === "asset") return `${node.label}: ${plural(voyagesOf(node.index).length, "voyage")}`;
  if (node.kind === "fleet") return `${node.label}: ${plural(node.kids.length, "asset")}`;
  const lines = linesUnder(node), late = lines.filter((line) => line.lateness_min > 0).length;
  return `${node.label}: ${plural(lines.length, "line")}, ${count(late)} late, ${count(lines.filter((line) => line.closure_min === null).length)} unmoved`;
}
