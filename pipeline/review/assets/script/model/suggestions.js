// @ts-check
// What the machine proposes for a finding: other words for its place in a text.
/** @import { Finding, Row } from "../types.js" */

import { cellText, openFindings } from "./corpus.js";
import { rewritten } from "./numbers.js";
import { commonEnds, unitOffset } from "./text.js";

/** Rules whose place is what is said a second time. */
const SAID_TWICE = ["typography.doubled-phrase", "completeness.repeated"];

/**
 * @typedef {object} Change of the text of a cell, in UTF-16 units
 * @property {number} column
 * @property {number} start
 * @property {number} end
 * @property {string} words that come there
 */

/**
 * Returns the change that a finding suggests, null if it suggests none.
 * @param {Finding} finding
 * @returns {Change | null}
 */
export function changeOf(finding) {
  const { row, target, targetSpan, suggestion, rule } = finding;
  const column = columnOf(row, target);
  if (column < 0 || !targetSpan) return null;
  const text = cellText(row.cells[column]);
  const [start, end] = targetSpan.map((point) => unitOffset(text, point));
  if (suggestion) return { column, start, end, words: suggestion };
  if (SAID_TWICE.includes(rule)) return { column, start: wordEnd(text, start), end, words: "" };
  const words = rule === "numbers.changed" ? sourceNumber(finding, text.slice(start, end)) : "";
  return words ? { column, start, end, words } : null;
}

/**
 * Returns the words that a finding suggests, to show them: "" if none, or if words only go.
 * @param {Finding} finding
 */
export function suggestedWords(finding) {
  return finding.suggestion || changeOf(finding)?.words || "";
}

/**
 * @param {Row} row
 * @param {string} language
 */
function columnOf(row, language) {
  return row.cells.findIndex((cell) => cell?.length && cell[0].language === language);
}

/**
 * Returns the end of the words before a place, so that no space stays behind.
 * @param {string} text
 * @param {number} start
 */
function wordEnd(text, start) {
  return text.slice(0, start).trimEnd().length;
}

/**
 * Returns the number of the source as the target writes it, "" if it is no other one.
 * @param {Finding} finding
 * @param {string} written in the target
 */
function sourceNumber({ row, source, target, sourceSpan }, written) {
  const column = columnOf(row, source);
  if (column < 0 || !sourceSpan) return "";
  const text = cellText(row.cells[column]);
  const [start, end] = sourceSpan.map((point) => unitOffset(text, point));
  const number = /^\s*\d/.test(written) ? rewritten(text.slice(start, end), source, target, written) : "";
  return number === written ? "" : number;
}

/**
 * Returns the text of a cell as it is proposed now: the last proposal, or what the file has.
 * @param {Row} row
 * @param {number} column
 * @param {string} [code] language of the column, for a cell that may be empty
 */
export function proposedText(row, column, code = row.cells[column]?.[0]?.language) {
  const cell = row.cells[column] || [];
  const last = row.review.proposals.filter(({ language }) => language === code).at(-1);
  return last ? last.text : cellText(cell);
}

/**
 * Returns the text of a cell with a change as well, null if it is proposed already or other words are.
 * @param {Row} row
 * @param {Change} change
 */
function withChange(row, { column, start, end, words }) {
  const before = cellText(row.cells[column]);
  const now = proposedText(row, column);
  if (now === before) return before.slice(0, start) + words + before.slice(end);
  const [same, sameEnd] = commonEnds(before, now);
  const shift = start >= before.length - sameEnd ? now.length - before.length : 0;
  if (!shift && end > same && start < before.length - sameEnd) return null;
  return now.slice(0, start + shift) + words + now.slice(end + shift);
}

/**
 * Returns the suggestion to take: that of the chosen finding, or the first in the row that is not proposed yet.
 * @param {Row} row
 * @param {Finding[]} shown open findings
 * @param {string} chosen id of a finding, or ""
 */
export function nextSuggestion(row, shown, chosen) {
  const found = [...shown, ...openFindings(row).filter(({ id }) => id === chosen)].flatMap((finding) => {
    const change = changeOf(finding);
    const text = change && withChange(row, change);
    return change && text !== null && text !== cellText(row.cells[change.column]) ? [{ finding, change, text }] : [];
  });
  found.sort((a, b) => a.change.column - b.change.column || a.change.start - b.change.start);
  return found.find(({ finding }) => finding.id === chosen) || found[0];
}
