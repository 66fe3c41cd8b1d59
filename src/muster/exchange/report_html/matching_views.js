// What a nation and what everybody sees: cover in bands, own offers and tours.

const BANDS = [["met", "met"], ["surplus", "surplus"], ["partly", "partly"], ["unmet", "unmet"], ["not released", "kept"]];
const BAND_WORDS = { met: "met", surplus: "more than met", partly: "partly met", unmet: "unmet" };
const quarterName = (quarter) => `Q${quarter + 1}`;

function drawNation() {
  hide("heat", "unfilled", "asks", "prices", "withdrawals", "burden", "whatifs", "likely", "sustained", "shares-chart", "months-table");
  byId("months-table").parentElement.hidden = true;
  const serving = data.offers.filter((row) => row.serving), most = Math.max(0, ...data.people);
  byId("marks").textContent = `${data.name} · own offers and shared facts only · ${plural(data.months, "month")} from C-day · release ${data.number}`;
  byId("brief").textContent = data.offers.length
    ? `${count(serving.length)} of ${plural(data.offers.length, "own offer")} serve, in ${plural(data.rows.length, "requirement")}, with at most ${count(most)} people in place at one time. How well these requirements are covered by all nations together is told in bands.`
    : "This nation offers nothing in this matching.";
  byId("tiles").append(
    tile("main", "Own offers that serve", count(serving.length), `of ${count(data.offers.length)}`),
    tile("", "Most own people in place", count(most), most ? `from ${monthName(data.people.indexOf(most))}, ${cDay(data.month_starts_d[data.people.indexOf(most)])}` : "nobody serves"),
    tile("", "Own people-months", count(data.people.reduce((sum, value) => sum + value, 0)), "in place"),
    tile("", "Own tours", count(data.tours.unit.length), `of at most ${plural(data.rotation.tour_months, "month")}`),
    tile("", "Requirements served in", count(data.rows.length), "cover of all in bands"));
  hide("totals-table");
  drawBands("bands-table", data.rows, "Requirements in which own units serve, and how well all nations together cover them", "own_requirements", "Own units serve nowhere.");
  byId("people-chart").append(peopleChart("Own people in place"));
  drawRota();
  drawOffers();
  const columns = (name) => [{ name, get: (row) => row.name, head: true }, { name: "Kind", get: (row) => row.kind }, { name: "What it says", get: (row) => row.says }];
  orNote("gates-table", data.gates, "No own offer waits for a gate.", { caption: "Gates that own offers wait for, as this matching supposes them", csv: "gates", columns: columns("Gate") });
  orNote("caveats-table", data.caveats, "There is no own caveat of service.", { caption: "Own caveats of service", csv: "caveats", columns: columns("Caveat") });
}

function drawReleasable() {
  hide("heat", "months", "rotation", "unfilled", "asks", "prices", "withdrawals", "whatifs", "burden", "likely", "offers", "terms");
  const force = data.totals[0], told = force.bands.filter((band) => band !== null && band !== "not released"), bands = new Set(told);
  byId("marks").textContent = `Release ${data.number} · ${plural(data.months, "month")} from C-day · no nation's part can be worked out from it`;
  byId("brief").textContent = (told.length
    ? bands.size === 1 ? `The need of the whole force is ${BAND_WORDS[told[0]]} in every quarter that is told. ` : `The need of the whole force is told quarter by quarter: ${force.bands.map((band, quarter) => `${quarterName(quarter)} ${band === null ? "no need" : BAND_WORDS[band] || band}`).join(", ")}. `
    : "Nothing is released of the force as a whole. ") +
    `${plural(data.released, "band")} are shown and ${count(data.kept_back)} kept back, because with them somebody could work out what one nation contributes.`;
  const rows = data.rows.flatMap((row) => row.bands.filter((band) => band !== null));
  byId("tiles").append(...BANDS.map(([band, look]) => tile(look === "unmet" ? "bad" : look === "met" || look === "surplus" ? "good" : "", `Requirement-quarters ${band}`, count(rows.filter((each) => each === band).length), `of ${count(rows.length)}`)));
  drawBands("totals-table", data.totals, "The force and its components, quarter by quarter", "totals_in_bands", "Nothing is required.");
  drawBands("bands-table", data.rows, "Requirements, quarter by quarter", "requirements_in_bands", "Nothing is required.");
}

function drawBands(id, rows, caption, csv, none) {
  byId("bands-legend").replaceChildren(...BANDS.map(([band, look]) => el("span", {}, el("span", { class: `swatch band-${look}` }), band)));
  const single = rows.some((row) => row.criticality !== null);
  orNote(id, rows, none, {
    caption, csv, search: rows.length > 12, page: 60, print: true,
    columns: [
      ...(single ? [{ name: "Requirement", get: (row) => row.name, head: true }] : []), { name: single ? "Name" : "What", get: (row) => row.title, head: !single },
      ...(single ? [{ name: "Component", get: (row) => row.component }, { name: "Place", get: (row) => row.place }, { name: "Criticality", get: (row) => row.criticality, num: true }] : []),
      ...data.quarter_starts_d.slice(0, -1).map((day, quarter) => ({ name: `${quarterName(quarter)} ${cDay(day)}`, csv: quarterName(quarter), get: (row) => row.bands[quarter], show: (row) => bandCell(row, quarter) })),
    ],
  });
}

function bandCell(row, quarter) {
  const band = row.bands[quarter];
  if (band === null) return el("span", { class: "band none" }, "no need");
  const earlier = row.since[quarter] !== null && row.since[quarter] !== data.number;
  return el("span", { class: `band band-${BANDS.find(([name]) => name === band)[1]}`, title: earlier ? `as of release ${row.since[quarter]}` : null }, earlier ? `${band} *` : band);
}
