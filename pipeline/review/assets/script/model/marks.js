// @ts-check
// The places of findings and search hits in a text.
/** @import { Mark, Row } from "../types.js" */
/** @import { Search } from "./search.js" */

import { openFindings } from "./corpus.js";
import { unitOffset } from "./text.js";

/**
 * Returns the marks of a cell, ordered by place, in UTF-16 units of its text.
 * @param {Row} row
 * @param {string} code language of the cell
 * @param {string} text of the cell
 * @param {Search | null} search
 */
export function marksOf(row, code, text, search) {
  const marks = [...placesOfFindings(row, code, text), ...(search ? hits(text, search) : [])];
  return marks.sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * @param {string} text
 * @param {Search} search
 * @returns {Mark[]}
 */
function hits(text, search) {
  return search.hits(text).map(([start, end]) => ({ start, end, finding: null }));
}

/**
 * @param {Row} row
 * @param {string} code
 * @param {string} text
 */
function placesOfFindings(row, code, text) {
  /** @type {Mark[]} */
  const marks = [];
  for (const finding of openFindings(row)) {
    const { source, sourceSpan, target, targetSpan } = finding;
    for (const span of [source === code ? sourceSpan : null, target === code ? targetSpan : null]) {
      if (!span) continue;
      const start = unitOffset(text, span[0]);
      marks.push({ start, end: start + unitOffset(text.slice(start), span[1] - span[0]), finding });
    }
  }
  return marks;
}

/**
 * Returns the text of a paragraph that begins at `start` of its cell, split at the ends of the marks. Each
 * piece comes with its mark: that of the most severe finding, or else of a hit.
 * @param {string} text
 * @param {number} start
 * @param {Mark[]} marks
 * @returns {{text: string, mark: Mark | null}[]}
 */
export function pieces(text, start, marks) {
  const end = start + text.length;
  const inside = marks.filter((mark) => mark.start < end && mark.end > start && mark.end > mark.start);
  const cuts = new Set([start, end]);
  for (const mark of inside) {
    cuts.add(Math.max(start, mark.start));
    cuts.add(Math.min(end, mark.end));
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, k) => {
    const to = places[k + 1];
    const over = inside.filter((mark) => mark.start <= from && mark.end >= to);
    const weight = (/** @type {Mark} */ mark) => (mark.finding ? mark.finding.severity : Number.MAX_VALUE);
    const [mark = null] = over.sort((a, b) => weight(a) - weight(b));
    return { text: text.slice(from - start, to - start), mark };
  });
}
