// @ts-check
// How much of the corpus is decided and needs a look, counted by article and only where something changed.
/** @import { Article, Corpus } from "../types.js" */

import { STATUSES, openFindings } from "./corpus.js";
import { isProblem } from "./problems.js";

/**
 * @typedef {object} Tally
 * @property {number} rows
 * @property {number} decided
 * @property {number} problems rows to look at
 * @property {number} open findings
 * @property {Record<string, number>} statuses rows by status
 */

/** The tallies of a corpus; only articles of another version are counted again. */
export class Tallies {
  /** @type {number[]} by index of the article */
  versions = [];
  /** @type {Tally[]} */
  known = [];
  sum = emptyTally();

  /** @param {Corpus} corpus */
  constructor(corpus) {
    this.corpus = corpus;
  }

  /**
   * @param {Article} article
   * @returns {Tally}
   */
  of(article) {
    const { index, version } = article;
    if (this.versions[index] !== version) {
      if (this.known[index]) add(this.sum, this.known[index], -1);
      this.versions[index] = version;
      this.known[index] = tallyOf(article);
      add(this.sum, this.known[index], 1);
    }
    return this.known[index];
  }

  /** Returns the tally of all articles. */
  total() {
    for (const article of this.corpus.articles) this.of(article);
    return this.sum;
  }
}

/**
 * @param {Article} article
 * @returns {Tally}
 */
function tallyOf(article) {
  const tally = emptyTally();
  tally.rows = article.rows.length;
  for (const row of article.rows) {
    tally.decided += row.review.state ? 1 : 0;
    tally.problems += isProblem(row) ? 1 : 0;
    tally.open += openFindings(row).length;
    tally.statuses[row.status] += 1;
  }
  return tally;
}

/**
 * @param {Tally} sum
 * @param {Tally} tally
 * @param {number} times
 */
function add(sum, tally, times) {
  for (const name of /** @type {const} */ (["rows", "decided", "problems", "open"])) sum[name] += times * tally[name];
  for (const status of STATUSES) sum.statuses[status] += times * tally.statuses[status];
}

/** @returns {Tally} */
function emptyTally() {
  const statuses = Object.fromEntries(STATUSES.map((status) => [status, 0]));
  return { rows: 0, decided: 0, problems: 0, open: 0, statuses };
}
