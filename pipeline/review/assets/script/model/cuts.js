// @ts-check
// Where a row is cut in two, in each language: between two paragraphs, or inside one.
/** @import { Paragraph, Row } from "../types.js" */

import { cellText } from "./corpus.js";
import { headAt, partsOf } from "./parts.js";

/**
 * A place in a cell.
 * @typedef {object} Cut
 * @property {number} at number of whole paragraphs above
 * @property {number} inside place in the next one, in UTF-16 units; 0 if it stays below whole
 *
 * @typedef {{paragraph: Paragraph, head: string}} Division of a paragraph
 */

/**
 * Returns where the sentences of a paragraph begin, but for the first.
 * @param {Paragraph} paragraph
 */
export function sentenceStarts({ text, language, kind }) {
  if (kind === "code") return [...text.matchAll(/\n/g)].map(({ index }) => index + 1).filter((at) => headAt(text, at));
  const segmenter = new Intl.Segmenter(language, { granularity: "sentence" });
  return [...segmenter.segment(text)].map(({ index }) => index).filter((at) => headAt(text, at));
}

/**
 * Returns the places where a cell can be cut at a paragraph or a sentence, from top to bottom.
 * @param {Paragraph[]} cell
 * @returns {Cut[]}
 */
function stopsOf(cell) {
  const inner = cell.flatMap((paragraph, at) => [0, ...sentenceStarts(paragraph)].map((inside) => ({ at, inside })));
  return [...inner, { at: cell.length, inside: 0 }];
}

/**
 * Returns the cut at the next stop above (-1) or below (1).
 * @param {Paragraph[]} cell
 * @param {Cut} cut
 * @param {number} step
 */
export function cutBeside(cell, cut, step) {
  const stops = stopsOf(cell).filter((stop) => step * compare(stop, cut) > 0);
  return stops.at(step < 0 ? -1 : 0) || cut;
}

/**
 * Returns the cut one character or one word further in the same text, or as it is at the end.
 * @param {Paragraph[]} cell
 * @param {Cut} cut
 * @param {number} step -1 or 1
 * @param {"grapheme" | "word"} unit
 */
export function cutNear(cell, cut, step, unit) {
  const at = cut.inside || step > 0 ? cut.at : cut.at - 1;
  const paragraph = cell[at];
  if (!paragraph) return cut;
  const inside = at === cut.at ? cut.inside : paragraph.text.length;
  const pieces = [...new Intl.Segmenter(paragraph.language, { granularity: unit }).segment(paragraph.text)];
  const places = pieces.map(({ index }) => index).filter((place) => headAt(paragraph.text, place));
  const found = places.filter((place) => step * (place - inside) > 0).at(step < 0 ? -1 : 0);
  return found === undefined ? cutBeside(cell, cut, step) : { at, inside: found };
}

/**
 * @param {Cut} one
 * @param {Cut} other
 */
function compare(one, other) {
  return one.at - other.at || one.inside - other.inside;
}

/** @param {Row} row */
export function canCut(row) {
  const all = row.cells.flatMap((cell) => cell || []);
  return all.length > 1 || all.some(({ text }) => [...text].length > 1);
}

/**
 * Returns the paragraphs of the rows after a cut and what is split for it, null if a row would be empty. Of two
 * parts of which one is in one language only, that one is not decided: its counterpart may be elsewhere.
 * @param {Row} row
 * @param {Cut[]} cuts one for each language
 * @returns {{rows: Paragraph[][], divisions: Division[]} | null}
 */
export function parted(row, cuts) {
  /** @type {Division[]} */
  const divisions = [];
  /** @type {[Paragraph[], Paragraph[]]} */
  const [above, below] = [[], []];
  row.cells.forEach((cell, k) => {
    const { at, inside } = cuts[k];
    (cell || []).forEach((paragraph, n) => {
      const head = n === at && inside ? headAt(paragraph.text, inside) : null;
      if (head === null) (n < at ? above : below).push(paragraph);
      else {
        const [first, second] = partsOf(paragraph, head);
        divisions.push({ paragraph, head });
        above.push(first);
        below.push(second);
      }
    });
  });
  if (!above.length || !below.length) return null;
  const rows = [above, below].filter((part) => languagesIn(part) > 1);
  return { rows: rows.length ? rows : [above, below], divisions };
}

/** @param {Paragraph[]} paragraphs */
function languagesIn(paragraphs) {
  return new Set(paragraphs.map(({ language }) => language)).size;
}

/**
 * Suggests where to cut a row. In a language with several paragraphs that is halfway through its text; one with a
 * single paragraph of several sentences is cut as far down as the others. If no language has several paragraphs,
 * the column's language gets its own row, or alone in the row, it is cut at a sentence.
 * @param {Row} row
 * @param {number} column
 * @returns {Cut[]}
 */
export function likelyCuts(row, column) {
  const filled = row.cells.flatMap((cell, k) => (cell && cell.length ? [k] : []));
  if (filled.every((k) => row.cells[k]?.length === 1) && filled.length > 1) {
    const alone = filled.includes(column) ? column : filled.at(-1);
    return row.cells.map((cell, k) => ({ at: cell && cell.length && k !== alone ? 1 : 0, inside: 0 }));
  }
  const several = row.cells.map((cell) => (cell && cell.length > 1 ? halfway(cell) : null));
  const share = shareAbove(row, several);
  return row.cells.map((cell, k) => several[k] || (cell && cell.length ? near(cell, share) : { at: 0, inside: 0 }));
}

/**
 * Returns how much of the text is above the cuts of the languages that have one.
 * @param {Row} row
 * @param {(Cut | null)[]} cuts
 */
function shareAbove(row, cuts) {
  const shares = row.cells.flatMap((cell, k) => {
    const cut = cuts[k];
    return cell && cut ? [cellText(cell.slice(0, cut.at)).length / cellText(cell).length] : [];
  });
  return shares.length ? shares.reduce((sum, share) => sum + share, 0) / shares.length : 0.5;
}

/**
 * Returns the sentence of a single paragraph nearest to a share of its text; one of a single sentence stays above.
 * @param {Paragraph[]} cell
 * @param {number} share
 * @returns {Cut}
 */
function near(cell, share) {
  const [paragraph] = cell;
  const wanted = share * paragraph.text.length;
  const [best] = sentenceStarts(paragraph).sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
  return best ? { at: 0, inside: best } : { at: 1, inside: 0 };
}

/**
 * Returns the paragraph boundary nearest to the middle of the text.
 * @param {Paragraph[]} cell two or more paragraphs
 * @returns {Cut}
 */
function halfway(cell) {
  const half = cellText(cell).length / 2;
  let sum = 0;
  let best = 1;
  let nearest = Infinity;
  cell.slice(0, -1).forEach((paragraph, k) => {
    sum += paragraph.text.length + 2;
    if (Math.abs(sum - half) < nearest) {
      nearest = Math.abs(sum - half);
      best = k + 1;
    }
  });
  return { at: best, inside: 0 };
}
