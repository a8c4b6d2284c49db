// @ts-check
// Repairs: each decision lists the paragraphs that form a row.
/** @import { Paragraph, Row } from "../types.js" */

import { cellText, paragraphsOf } from "./corpus.js";

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
  if (name === "split") return paragraphsOf(row).length > 1;
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
 * Returns the rows after moving a paragraph of the column to the row above (-1) or below (1).
 * @param {Row} row
 * @param {number} step
 * @param {number} column
 * @returns {Paragraph[][]}
 */
export function moved(row, step, column) {
  const cell = row.cells[column] || [];
  const going = step < 0 ? cell[0] : cell[cell.length - 1];
  const rest = paragraphsOf(row).filter((paragraph) => paragraph !== going);
  const grown = [...paragraphsBeside(row, step), going];
  return (step < 0 ? [grown, rest] : [rest, grown]).filter((paragraphs) => paragraphs.length);
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

/**
 * Returns the two rows after a split, or null if one would be empty.
 * @param {Row} row
 * @param {number[]} cuts number of paragraphs of each language in the upper row
 * @returns {Paragraph[][] | null}
 */
export function parted(row, cuts) {
  const above = row.cells.flatMap((cell, k) => (cell || []).slice(0, cuts[k]));
  const below = row.cells.flatMap((cell, k) => (cell || []).slice(cuts[k]));
  return above.length && below.length ? [above, below] : null;
}

/**
 * Suggests where to split a row: in each language halfway through its text.
 * If no language has several paragraphs, the column's language gets its own row.
 * @param {Row} row
 * @param {number} column
 */
export function likelyCuts(row, column) {
  if (row.cells.every((cell) => !cell || cell.length < 2)) {
    const filled = row.cells.map((cell) => Boolean(cell && cell.length));
    const alone = filled[column] ? column : filled.lastIndexOf(true);
    return filled.map((has, k) => (has && k !== alone ? 1 : 0));
  }
  return row.cells.map((cell) => (!cell || cell.length < 2 ? (cell || []).length : halfway(cell)));
}

/**
 * Returns the paragraph boundary nearest to the middle of the text.
 * @param {Paragraph[]} cell two or more paragraphs
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
  return best;
}
