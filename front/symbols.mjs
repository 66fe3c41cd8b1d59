// Draws the symbols of the codes that are read from standard input, a JSON list, and writes them to the file named on
// the command line: of each its size, and its parts in drawing order about the middle of its frame.
import ms from "milsymbol";
import { readFileSync, writeFileSync } from "node:fs";
import { argv } from "node:process";

const MIDDLE = 100;
/** Half the height of capitals, as a share of the size of their font. */
const CAPITALS = 0.36;
const round = (number) => Math.round(number * 100) / 100;

/** What one instruction draws; those inside of others take from them what they do not say. */
function* parts(instructions, above) {
  for (const one of instructions.flat(Infinity)) {
    const told = { fill: one.fill ?? above.fill, stroke: one.stroke ?? above.stroke, width: one.strokewidth ?? above.width, by: above.by };
    if (one.type === "path") yield { ...told, d: one.d.replace(/z\s*Z$/, "z") };
    else if (one.type === "circle") yield { ...told, d: circle(one.cx, one.cy, one.r) };
    else if (one.type === "text") yield* words(one, told);
    else if (one.type === "translate") yield* parts([one.draw], { ...told, by: [above.by[0] + one.x * above.by[2], above.by[1] + one.y * above.by[2], above.by[2]] });
    else if (one.type === "scale") yield* parts([one.draw], { ...told, by: [above.by[0], above.by[1], above.by[2] * one.factor] });
    else throw new Error(`Symbols are not drawn with "${one.type}" yet; add it here and to what reads the file.`);
  }
}

/** A word about its middle, on the line that letters stand on. */
function* words({ text, x, y, fontsize, textanchor, alignmentBaseline }, told) {
  if (textanchor !== "middle" || alignmentBaseline !== "middle") throw new Error(`"${text}" does not stand about its middle; add that here.`);
  if (text) yield { ...told, text, x, y: round(y + CAPITALS * fontsize), size: fontsize };
}

const circle = (x, y, r) => `M${x - r},${y} a${r},${r} 0 1,0 ${2 * r},0 a${r},${r} 0 1,0 ${-2 * r},0 z`;
const colour = (value) => (value === false || value === "none" ? null : value);

function drawing(code) {
  const symbol = new ms.Symbol(code, { size: 100, outlineColor: "#ffffff", outlineWidth: 3, simpleStatusModifier: true });
  const { x1, x2, y1, y2 } = symbol.bbox, half = (low, high) => Math.ceil(Math.max(MIDDLE - low, high - MIDDLE) + 8);
  return {
    valid: symbol.isValid(),
    size: [2 * half(x1, x2), 2 * half(y1, y2)],
    parts: [...parts(symbol.drawInstructions, { fill: false, stroke: "black", width: 4, by: [-MIDDLE, -MIDDLE, 1] })].map(({ by, ...part }) => ({
      ...part, fill: colour(part.fill), stroke: colour(part.stroke), move: [round(by[0]), round(by[1])], ...(by[2] === 1 ? {} : { scale: by[2] }),
    })),
  };
}

const codes = JSON.parse(readFileSync(0, "utf-8"));
writeFileSync(argv[2], JSON.stringify(Object.fromEntries(codes.map((code) => [code, drawing(code)]))) + "\n");
