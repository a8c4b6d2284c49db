// @ts-check
// Charts as inline SVG; each has its numbers as text beside it or in its label.
/** @import { Article, Cell, Paragraph } from "../types.js" */

import { svg } from "../browser/elements.js";
import { decimal, numberText, say } from "../browser/language.js";

/**
 * Returns a stacked bar.
 * @param {[name: string, number: number][]} parts
 * @param {string} label
 */
export function stackedBar(parts, label) {
  const total = parts.reduce((sum, [, number]) => sum + number, 0) || 1;
  let x = 0;
  return svg(
    "svg",
    { class: "bar", viewBox: "0 0 1000 10", preserveAspectRatio: "none", role: "img", "aria-label": label },
    svg("rect", { class: "rail", width: 1000, height: 10 }),
    parts.map(([name, number]) => {
      const width = (1000 * number) / total;
      const rect = svg("rect", { class: name, x, width, height: 10 });
      x += width;
      return number ? rect : null;
    }),
  );
}

/**
 * Returns a histogram over 0..1 with equal bins.
 * @param {number[]} values
 * @param {number} bins
 */
export function histogram(values, bins) {
  /** @type {number[]} */
  const counts = new Array(bins).fill(0);
  for (const value of values) counts[Math.min(bins - 1, Math.floor(value * bins))] += 1;
  return counts;
}

/**
 * Returns a histogram whose bars, on click, filter by the confidence at their upper end. Heights are square
 * roots of the counts, to keep the few weak rows visible.
 * @param {number[]} counts
 * @param {string} label
 */
export function columns(counts, label) {
  const most = Math.sqrt(Math.max(1, ...counts));
  return svg(
    "svg",
    { class: "columns", viewBox: "0 0 1000 220", role: "img", "aria-label": label },
    [0, 0.5, 0.9, 1].map((at) =>
      svg(
        "g",
        { class: "axis" },
        svg("line", { x1: 1000 * at, x2: 1000 * at, y1: 0, y2: 196 }),
        svg("text", { x: Math.min(985, Math.max(12, 1000 * at)), y: 216, "text-anchor": "middle", text: numberText(at) }),
      ),
    ),
    counts.map((number, k) => {
      return number ? column(number, k / counts.length, (k + 1) / counts.length, most) : null;
    }),
  );
}

/**
 * @param {number} number
 * @param {number} from
 * @param {number} to
 * @param {number} most square root of the largest count
 */
function column(number, from, to, most) {
  const height = Math.max(4, (186 * Math.sqrt(number)) / most);
  const level = levelOf(from);
  const [x, width] = [1000 * from, 1000 * (to - from)];
  return svg(
    "g",
    { class: "pick", data: { do: "pick-confidence", confidence: to } },
    svg("title", { text: say("overview.bin-hint", { n: number, from: decimal(from), to: decimal(to) }) }),
    svg("rect", { class: `level ${level}`, x: x + 3, y: 196 - height, width: width - 6, height, rx: 3 }),
    svg("text", { class: "value", x: x + width / 2, y: 190 - height, "text-anchor": "middle", text: numberText(number) }),
  );
}

/** @param {number | null} confidence */
export function levelOf(confidence) {
  if (confidence === null) return "unknown";
  return confidence >= 0.9 ? "high" : confidence >= 0.5 ? "middle" : "low";
}

const GAP = 34; // between the rails of an article

/** @typedef {[from: number, to: number]} Place on a rail, 0..1000 */

/** @param {number} rail */
function height(rail) {
  return 10 + GAP * rail;
}

/**
 * Returns an article as one rail per language and a thread for each row. Threads lean or are missing where
 * the languages diverge. Paragraphs are as long as their texts.
 * @param {Article} article
 */
export function strip(article) {
  const rails = article.languages.flatMap((there, k) => (there ? [k] : []));
  const places = rails.map((k) => railPlaces(article, k));
  /** @type {Map<string, string>} */
  const threads = new Map();
  let lone = "";
  for (const row of article.rows) {
    const filled = rails
      .map((k, rail) => ({ rail, spans: placed(row.cells[k], places[rail]) }))
      .filter(({ spans }) => spans.length);
    const kind = row.unsure ? "unsure" : row.status;
    for (let n = 0; n + 1 < filled.length; n += 1) {
      threads.set(kind, (threads.get(kind) || "") + thread(filled[n], filled[n + 1]));
    }
    if (filled.length === 1) lone += lines(filled[0].spans, filled[0].rail);
  }
  const unmatched = article.rows.filter((row) => row.status !== "aligned").length;
  return svg(
    "svg",
    {
      class: "strip",
      viewBox: `0 0 1000 ${height(rails.length - 1) + 10}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": say("overview.strip", { n: article.rows.length, apart: unmatched }),
    },
    [...threads].map(([kind, path]) => svg("path", { class: `thread ${kind}`, d: path })),
    places.map((each, rail) => svg("path", { class: "rail", d: lines([...each.values()], rail) })),
    lone ? svg("path", { class: "lone", d: lone }) : null,
  );
}

/**
 * @param {Cell} cell
 * @param {Map<Paragraph, Place>} places
 */
function placed(cell, places) {
  return (cell || []).map((paragraph) => places.get(paragraph)).filter((place) => place !== undefined);
}

/**
 * @param {Place[]} spans
 * @param {number} rail
 */
function lines(spans, rail) {
  return spans.map(([from, to]) => `M${from} ${height(rail)}L${to} ${height(rail)}`).join("");
}

/**
 * Returns the path from the paragraphs of one rail to those of a lower one.
 * @param {{rail: number, spans: Place[]}} upper
 * @param {{rail: number, spans: Place[]}} lower
 */
function thread(upper, lower) {
  const [left, right] = [upper.spans[0][0], upper.spans[upper.spans.length - 1][1]];
  const [low, high] = [lower.spans[0][0], lower.spans[lower.spans.length - 1][1]];
  const [top, bottom] = [height(upper.rail) + 3, height(lower.rail) - 3];
  return `M${left} ${top}L${right} ${top}L${high} ${bottom}L${low} ${bottom}Z`;
}

/**
 * Returns the start and end of each paragraph of a language on its rail.
 * @param {Article} article
 * @param {number} k column of the language
 * @returns {Map<Paragraph, Place>}
 */
function railPlaces(article, k) {
  const paragraphs = article.rows.flatMap((row) => row.cells[k] || []).sort((a, b) => a.number - b.number);
  const sizes = paragraphs.map((paragraph) => 12 + paragraph.text.length);
  const total = sizes.reduce((sum, size) => sum + size, 0) || 1;
  const space = Math.min(2, 300 / Math.max(1, paragraphs.length));
  /** @param {number} x */
  const rounded = (x) => Math.round(100 * x) / 100;
  let at = 0;
  return new Map(
    paragraphs.map((paragraph, n) => {
      const width = (1000 * sizes[n]) / total;
      const from = at;
      at += width;
      return [paragraph, [rounded(from), rounded(from + Math.max(0.4, width - space))]];
    }),
  );
}
