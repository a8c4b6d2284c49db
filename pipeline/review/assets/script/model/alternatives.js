// @ts-check
// What the machine proposes for the alignment: the runner-up of a row, and a text that fits another row better.
/** @import { Finding, Paragraph, Row } from "../types.js" */

import { openFindings, paragraphsOf } from "./corpus.js";
import { shifted } from "./repair.js";

const NEIGHBOUR = "meaning.neighbour";
const PLACE = /\brow (\d+)\b/; // of the other text, in the message of that rule
const MUTUAL = /\bthe other way round\b/;

/**
 * @typedef {object} Alternative
 * @property {Paragraph[][]} rows that it makes
 * @property {number} column
 * @property {Paragraph[]} coming the text that comes into the row
 * @property {Row} from where it is now
 * @property {boolean} exchanged whether the row's own text goes there
 * @property {number | null} probability of a runner-up
 */

/**
 * Returns what is proposed for the alignment of a row, if anything: for the chosen finding, otherwise for the
 * first, otherwise its runner-up. Rows that somebody has decided have none.
 * @param {Row} row
 * @param {string} chosen id of a finding, or ""
 * @returns {Alternative | null}
 */
export function alternativeOf(row, chosen) {
  if (row.review.state || !row.base) return null;
  const findings = openFindings(row).filter(({ rule }) => rule === NEIGHBOUR);
  const finding = findings.find(({ id }) => id === chosen) || findings[0];
  return (finding ? ofNeighbour(row, finding) : null) || ofRival(row);
}

/**
 * @param {Row} row
 * @param {Finding} finding
 */
function ofNeighbour(row, { target, message }) {
  const [, number] = PLACE.exec(message) || [];
  const column = row.cells.findIndex((cell) => cell?.[0]?.language === target);
  const coming = row.article.base[Number(number) - 1]?.cells[column] || [];
  const from = coming.length ? holderOf(row, coming[0]) : undefined;
  if (column < 0 || !from || from === row) return null;
  return MUTUAL.test(message) ? exchange(row, from, column) : takeOver(row, from, column);
}

/** @param {Row} row */
function ofRival(row) {
  if (!row.rival || !row.unsure) return null;
  const [column, number, probability] = row.rival;
  const own = row.cells[column] || [];
  const from = row.article.rows.find((each) => (each.cells[column] || []).some((p) => p.number === number));
  const paragraph = from?.cells[column]?.find((p) => p.number === number);
  if (!from || !paragraph || from === row) return null;
  const beside = !own.length || own.some((p) => Math.abs(p.number - number) === 1);
  if (!beside) return { ...exchange(row, from, column), probability };
  const rest = paragraphsOf(from).filter((p) => p !== paragraph);
  const rows = [[...paragraphsOf(row), paragraph], rest].filter((paragraphs) => paragraphs.length);
  return { rows, column, coming: [paragraph], from, exchanged: false, probability };
}

/**
 * @param {Row} row
 * @param {Paragraph} paragraph
 */
function holderOf(row, paragraph) {
  return row.article.rows.find((each) => paragraphsOf(each).includes(paragraph));
}

/**
 * @param {Row} row
 * @param {number} column
 */
function without(row, column) {
  const own = row.cells[column] || [];
  return paragraphsOf(row).filter((paragraph) => !own.includes(paragraph));
}

/**
 * Exchanges the texts of a column between two rows.
 * @param {Row} row
 * @param {Row} from
 * @param {number} column
 * @returns {Alternative}
 */
function exchange(row, from, column) {
  const [own, coming] = [row, from].map((each) => each.cells[column] || []);
  const rows = [[...without(row, column), ...coming], [...without(from, column), ...own]];
  return { rows: rows.filter((each) => each.length), column, coming, from, exchanged: own.length > 0, probability: null };
}

/**
 * Brings the text of another row here; what was here becomes a row of its own. From the row beside it, the texts
 * behind it follow up to the next gap, as a whole column has moved on.
 * @param {Row} row
 * @param {Row} from
 * @param {number} column
 * @returns {Alternative}
 */
function takeOver(row, from, column) {
  const step = row.number - from.number;
  const [own, coming] = [row, from].map((each) => each.cells[column] || []);
  const moved = Math.abs(step) === 1 ? shifted(from, step, column) : null;
  const made = moved || [[...without(row, column), ...coming], without(from, column)];
  const rows = made.map((paragraphs) => paragraphs.filter((paragraph) => !own.includes(paragraph)));
  const all = [...rows, own].filter((paragraphs) => paragraphs.length);
  return { rows: all, column, coming, from, exchanged: false, probability: null };
}
