"use strict";
// What every part of the page shares: the data, elements, words for figures and times, colours, the time shown.

const data = JSON.parse(document.getElementById("data").textContent);
const DAY_MIN = 1440;
const MODES = ["road", "rail", "sea", "air"];
const MEASURES = [["people", "People"], ["vehicles", "Vehicles"], ["mass_t", "Tonnes"]];
const byId = (id) => document.getElementById(id);

/** An element with attributes and children; texts become text nodes, never markup. */
function el(name, attributes = {}, ...children) {
  const svg = ["svg", "path", "line", "rect", "text", "g", "circle", "title", "polygon", "clipPath"].includes(name);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (key === "css") for (const [property, setting] of Object.entries(value)) node.style.setProperty(property, setting);
    else node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const count = (value) => (value === null || value === undefined ? "–" : whole.format(value));
const tenth = (value) => (value === null || value === undefined ? "–" : one.format(value));
const percent = (share) => (share === null || share === undefined ? "–" : `${share * 100 < 9.95 && share > 0 ? one.format(share * 100) : whole.format(share * 100)}\u00a0%`);
const plural = (number, word, words) => `${count(number)} ${number === 1 ? word : words || `${word}s`}`;
const two = (number) => String(number).padStart(2, "0");

/** A plan minute as an offset from C-day: C+12 06:30. */
function offset(minute) {
  const day = Math.floor(minute / DAY_MIN), rest = minute - day * DAY_MIN;
  const clock = rest ? ` ${two(Math.floor(rest / 60))}:${two(Math.floor(rest % 60))}` : "";
  return `C${day < 0 ? "−" : "+"}${Math.abs(day)}${clock}`;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/** A plan minute as a date-time group, or null while C-day has no date. */
function dateTimeGroup(minute) {
  if (data.c_day === null) return null;
  const at = new Date(Date.parse(`${data.c_day}T00:00:00Z`) + minute * 60000);
  return `${two(at.getUTCDate())}${two(at.getUTCHours())}${two(at.getUTCMinutes())}Z ${MONTHS[at.getUTCMonth()]} ${two(at.getUTCFullYear() % 100)}`;
}

/** A plan minute as people read it. */
function when(minute) {
  if (minute === null || minute === undefined) return "–";
  const group = dateTimeGroup(minute);
  return group === null ? offset(minute) : `${offset(minute)} · ${group}`;
}

/** Minutes as days and hours. */
function duration(minutes) {
  const hours = Math.round(minutes / 60);
  if (minutes < 60) return `${Math.round(minutes)} min`;
  return hours < 48 ? `${hours} h` : `${one.format(minutes / DAY_MIN)} d`;
}

/** Colours of the page, read again when the scheme changes. */
let colours = {};
function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["bg", "surface", "ink", "muted", "rule", "faint", "accent", "late", "good", "road", "rail", "sea", "air", "water", "land",
    "border", "graticule", "friend", "friend-line", "heat-0", "heat-1", "heat-2", "heat-3", "heat-4", "heat-5", "focus"];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}
readColours();

/** The moment shown by map, curve, Gantt and load; who draws it listens. */
const moment = {
  minute: 0,
  listeners: [],
  set(minute) {
    this.minute = Math.max(0, Math.min(data.end_min, minute));
    for (const listener of this.listeners) listener(this.minute);
  },
};

/** Redraw everything after a change of scheme, size or before printing. */
const painters = [];
function repaint() {
  readColours();
  for (const paint of painters) paint();
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
matchMedia("print").addEventListener("change", () => setTimeout(repaint, 0));
addEventListener("beforeprint", repaint);
addEventListener("afterprint", repaint);

/** A canvas drawn in CSS pixels at the screen's sharpness; gives its context and size. */
function sharpen(canvas, width, height) {
  const ratio = Math.max(1, window.devicePixelRatio || 1);
  const pixels = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) [canvas.width, canvas.height] = pixels;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** Call at most once a frame. */
function onceAFrame(paint) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; paint(); });
  };
}

const tip = byId("tip");
function showTip(event, text) {
  if (!text) { tip.hidden = true; return; }
  tip.textContent = text;
  tip.hidden = false;
  const width = tip.offsetWidth, height = tip.offsetHeight;
  tip.style.left = `${Math.max(4, Math.min(innerWidth - width - 6, event.clientX + 14))}px`;
  tip.style.top = `${event.clientY + height + 22 > innerHeight ? event.clientY - height - 10 : event.clientY + 16}px`;
}
const hideTip = () => { tip.hidden = true; };

/** Cut a text to a width, with an ellipsis. */
function fitText(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  let low = 0, high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle; else high = middle - 1;
  }
  return `${text.slice(0, low).trimEnd()}…`;
}

const siteName = (index) => (index === null || index < 0 ? "" : data.sites[index].name);
const resourceName = (id) => { const row = data.resources[resourceIndex.get(id)]; return !row ? id : row.kind === "fleet" ? `fleet ${id}` : `${row.name}, ${row.kind_name}`; };
const resourceIndex = new Map(data.resources.map((row, index) => [row.resource_id, index]));
const font = (size, weight = 400) => `${weight} ${size}px "Segoe UI", "Helvetica Neue", "Liberation Sans", Arial, sans-serif`;
