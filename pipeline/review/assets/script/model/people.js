// @ts-check
// Who decided what: names and times of the decisions about a row.
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

/**
 * Returns who gave a row its state, and when: "approved by Ewa (2026-01-31 09:30) and Jan (2026-02-01 10:00)".
 * @param {Row} row
 */
export function saidOf({ review }) {
  const people = review.by.map(({ reviewer, time }) => {
    const when = time.slice(0, 16).replace("T", " ");
    return `${reviewer || "somebody"}${when ? ` (${when})` : ""}`;
  });
  return people.length ? `${review.state} by ${people.join(" and ")}` : review.state;
}
