// Why the force closes when it does, and what one more of a bottleneck would save.

const NAMED_CAUSES = new Set(["resource", "staging", "fleet", "permit", "caveat", "lock"]);

/** What holds the closure up, link by link: each begins where the one before ends. */
function drawChain() {
  const day = (minute) => Math.round((minute / DAY_MIN) * 100) / 100;
  orNote("chain-table", data.chain, "Nothing moves.", {
    caption: "From the ready date at which it begins to the closure: each stretch begins where the one before ends, and together they are the whole time",
    csv: "critical_chain", page: 30, print: true,
    columns: [
      { name: "From", csv: "from_c_d", get: (row) => day(row.start_min), show: (row) => offset(row.start_min), num: true },
      { name: "Lasts", csv: "lasts_d", get: (row) => day(row.end_min - row.start_min), show: (row) => duration(row.end_min - row.start_min), num: true },
      { name: "Load", get: (row) => row.load, head: true },
      { name: "At", get: (row) => siteName(row.origin) },
      { name: "What happens", get: (row) => (row.cause === null ? `moves to ${siteName(row.destination)} by ${row.what}` : chainWait(row)) },
    ],
  });
}

function chainWait(row) {
  return `waits: ${causeText(row.cause, NAMED_CAUSES.has(row.cause) ? row.what : "")}${row.behind ? `, behind ${row.behind}` : ""}`;
}

/** What one more unit of each bottleneck saves, where that was worked out. */
function drawUnitValues() {
  const values = data.unit_values;
  byId("unit-values").hidden = !values;
  if (!values) return;
  const day = (minute) => (minute === null ? null : Math.round((minute / DAY_MIN) * 100) / 100);
  const clear = (minutes, isClear) => (isClear ? tenth(minutes / DAY_MIN) : "not distinguishable");
  makeTable(byId("unit-values-table"), {
    caption: `Planned again with one more, ${count(values.steps)} steps each. Plans of the unchanged problem with ${values.unchanged.length} seeds lie ` +
      `${tenth(values.closure_spread_min / DAY_MIN)} days of closure and ${tenth(values.lateness_spread_min / DAY_MIN)} weighted days of lateness apart; what saves no more is not distinguishable from luck.`,
    csv: "unit_values",
    columns: [
      { name: "Place or fleet", get: (row) => resourceName(row.name), head: true },
      { name: "One more", get: (row) => row.unit },
      { name: "Part in the bound", csv: "bound_share", get: (row) => row.price, show: (row) => percent(row.price), num: true },
      { name: "Days of closure by the bound", csv: "dual_d", get: (row) => day(row.dual_min), show: (row) => (row.dual_min === null ? "–" : tenth(row.dual_min / DAY_MIN)), num: true },
      { name: "Days of closure saved", csv: "closure_saved_d", get: (row) => day(row.closure_min), show: (row) => clear(row.closure_min, row.is_closure_clear), num: true },
      { name: "Weighted days of lateness saved", csv: "lateness_saved_d", get: (row) => day(row.weighted_lateness_min), show: (row) => clear(row.weighted_lateness_min, row.is_lateness_clear), num: true },
    ],
    rows: values.values,
  });
}
