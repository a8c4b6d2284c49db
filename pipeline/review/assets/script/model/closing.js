// @ts-check
// Many rows at a time: which rows an action on an article, a selection or a filter is about.
/** @import { Article, Finding, Row } from "../types.js" */

import { openFindings } from "./corpus.js";
import { byHarm } from "./doubts.js";
import { pressing } from "./problems.js";

/** @param {Row} row */
function isClean(row) {
  return pressing(row).length === 0;
}

/**
 * Returns the undecided rows of an article without an open finding, up to a row if there is one.
 * @param {Row[]} shown the rows that the filter shows
 * @param {Article} article
 * @param {Row} [end]
 */
export function approvable(shown, article, end) {
  return shown.filter(
    (row) => row.article === article && !row.review.state && isClean(row) && (!end || row.number <= end.number),
  );
}

/**
 * Returns the undecided rows of an article that have an open finding.
 * @param {Row[]} shown
 * @param {Article} article
 */
export function leftOver(shown, article) {
  return shown.filter((row) => row.article === article && !row.review.state && !isClean(row));
}

/**
 * Returns the article to go on with: of those with an undecided row that with the greatest expected harm.
 * @param {Row[]} rows
 * @param {Article} article which is left
 * @param {Map<number, number>} harm by paragraph
 * @returns {Article | undefined}
 */
export function nextWorst(rows, article, harm) {
  const open = rows.filter((row) => !row.review.state && row.article !== article);
  return byHarm(open, harm, false)[0]?.article;
}

/**
 * Returns the open findings of a rule in some rows.
 * @param {Row[]} rows
 * @param {Finding} finding
 */
export function alike(rows, { rule }) {
  return rows.flatMap(openFindings).filter((finding) => finding.rule === rule);
}

/**
 * Returns the rows between two of those shown, both included, in the order of the page.
 * @param {Row[]} shown
 * @param {Row} one
 * @param {Row} other
 */
export function between(shown, one, other) {
  const ends = [shown.indexOf(one), shown.indexOf(other)].sort((a, b) => a - b);
  return ends[0] < 0 ? [other] : shown.slice(ends[0], ends[1] + 1);
}

/**
 * Returns whether rows stand one behind the other in one article.
 * @param {Row[]} rows in the order of the page
 */
export function areNeighbours(rows) {
  const numbers = rows.map(({ number }) => number).sort((a, b) => a - b);
  return rows.every((row) => row.article === rows[0].article) && numbers.every((n, k) => n === numbers[0] + k);
}
