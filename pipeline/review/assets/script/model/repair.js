// @ts-check
// Repairs: each decision lists the paragraphs that form a row.
/** @import { Paragraph, Row } from "../types.js" */

import { paragraphsOf } from "./corpus.js";
import { canCut } from "./cuts.js";

/**
 * @param {Row} row
 * @param {number} step -1 for the row above, 1 for the one below
 * @returns {Row | undefined}
 */
function neighbour(row, step) {
  return row.article.rows[row.article.rows.indexOf(row) + step];
}

/**
 * @param {Row} row
 * @param {number} step
 */
function paragraphsBeside(row, step) {
  const beside = neighbour(row, step);
  if (!beside) throw new RangeError(`row ${row.number} is the ${step < 0 ? "first" : "last"}`);
  return paragraphsOf(beside);
}

/**
 * Returns whether an action applies to a row and the language of a column.
 * @param {string} name
 * @param {Row} row
 * @param {number} column
 */
export function canDo(name, row, column) {
  const cell = row.cells[column];
  const filled = Boolean(cell && cell.length);
  if (name === "merge") return Boolean(neighbour(row, 1));
  if (name === "carry") return row.cells[column] !== null; // it may be put into a row without text
  if (name === "split") return canCut(row);
  if (name === "moveup") return filled && Boolean(neighbour(row, -1));
  if (name === "movedown") return filled && Boolean(neighbour(row, 1));
  if (name === "shiftup") return shifted(row, -1, column) !== null;
  if (name === "shiftdown") return shifted(row, 1, column) !== null;
  if (name === "propose") return cell !== null;
  return true;
}

/**
 * Returns the paragraphs of the repaired rows, in the order of their creation.
 * @param {Row} row
 * @returns {Paragraph[][]}
 */
export function merged(row) {
  return [[...paragraphsOf(row), ...paragraphsBeside(row, 1)]];
}

/**
 * Returns the paragraphs of several rows together.
 * @param {Row[]} rows
 * @returns {Paragraph[]}
 */
export function joined(rows) {
  return rows.flatMap(paragraphsOf);
}

/**
 * Returns the row above (-1) or below (1) after moving a paragraph of the column there. What is left in its row is
 * not decided: that it has lost a text does not say that it has what belongs there.
 * @param {Row} row
 * @param {number} step
 * @param {number} column
 * @returns {Paragraph[][]}
 */
export function moved(row, step, column) {
  const cell = row.cells[column] || [];
  const going = step < 0 ? cell[0] : cell[cell.length - 1];
  return [[...paragraphsBeside(row, step), going]];
}

/**
 * Returns the rows after shifting a column by one row up (-1) or down (1): its texts from this row to the next
 * one without text, which takes the last of them. Null if there is nothing to shift.
 * On a row without text, a shift up begins with the row below; a text shifted onto another one joins it.
 * @param {Row} row
 * @param {number} step
 * @param {number} column
 * @returns {Paragraph[][] | null}
 */
export function shifted(row, step, column) {
  const { rows } = row.article;
  const filled = (/** @type {number} */ k) => Boolean(rows[k]?.cells[column]?.length);
  const at = rows.indexOf(row);
  const start = step < 0 && !filled(at) ? at + 1 : at;
  let end = start;
  while (filled(end)) end += 1;
  if (start === end || start + step < 0) return null;
  const going = (/** @type {number} */ k) => (k >= start && k < end && rows[k].cells[column]) || [];
  const made = [];
  for (let k = Math.min(start, start + step); k < Math.max(end, end + step); k += 1) {
    const gone = going(k);
    const stay = rows[k] ? paragraphsOf(rows[k]).filter((paragraph) => !gone.includes(paragraph)) : [];
    made.push([...stay, ...going(k - step)]);
  }
  return made.filter((paragraphs) => paragraphs.length);
}
