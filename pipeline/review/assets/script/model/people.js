// @ts-check
// Who decided what: names in the decisions about a row.
/** @import { Decision, Row } from "../types.js" */

/**
 * Returns the decisions that have an effect on a row.
 * @param {Row} row
 */
function decisionsAbout({ review, findings }) {
  return [...review.by, ...review.comments, ...review.proposals, ...findings.flatMap((f) => f.dismissedBy)];
}

/**
 * Returns whether a person decided something about a row.
 * @param {Row} row
 * @param {string} person
 */
export function decidedBy(row, person) {
  return decisionsAbout(row).some(({ reviewer }) => reviewer === person);
}

/**
 * Returns the names in a log, sorted.
 * @param {Decision[]} entries
 */
export function namesIn(entries) {
  const names = new Set(entries.map(({ reviewer }) => reviewer).filter(Boolean));
  return [...names].sort((a, b) => a.localeCompare(b));
}
