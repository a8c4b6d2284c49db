// @ts-check
// How much of the corpus is decided and needs a look, counted by article and only where something changed.
/** @import { Article, Corpus } from "../types.js" */

import { STATUSES, isProblem, openFindings } from "./corpus.js";

/**
 * @typedef {object} Tally
 * @property {number} rows
 * @property {number} decided
 * @property {number} problems rows to look at
 * @property {number} open findings
 * @property {Record<string, number>} statuses rows by status
 */

/** @type {WeakMap<Article, {version: number, tally: Tally}>} */
const known = new WeakMap();

/**
 * @param {Article} article
 * @returns {Tally}
 */
export function tallyOf(article) {
  const old = known.get(article);
  if (old && old.version === article.version) return old.tally;
  const tally = emptyTally();
  tally.rows = article.rows.length;
  for (const row of article.rows) {
    tally.decided += row.review.state ? 1 : 0;
    tally.problems += isProblem(row) ? 1 : 0;
    tally.open += openFindings(row).length;
    tally.statuses[row.status] += 1;
  }
  known.set(article, { version: article.version, tally });
  return tally;
}

/** @param {Corpus} corpus */
export function totalTally(corpus) {
  const total = emptyTally();
  for (const article of corpus.articles) {
    const { rows, decided, problems, open, statuses } = tallyOf(article);
    total.rows += rows;
    total.decided += decided;
    total.problems += problems;
    total.open += open;
    for (const status of STATUSES) total.statuses[status] += statuses[status];
  }
  return total;
}

/** @returns {Tally} */
function emptyTally() {
  const statuses = Object.fromEntries(STATUSES.map((status) => [status, 0]));
  return { rows: 0, decided: 0, problems: 0, open: 0, statuses };
}
