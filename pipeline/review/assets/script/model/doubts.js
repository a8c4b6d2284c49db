// @ts-check
// Which rows to look at first, and how many errors the others hide: the rules of pipeline/decisions/doubts.py.
/** @import { Corpus, MessageKey, Row, Values } from "../types.js" */

import { openFindings, paragraphsOf } from "./corpus.js";

const INTERCEPT = 0.09;
const SLOPE = 0.57;
const PRIOR = 3;
const SUREST = 5e-5;
const POINTS = [25, 5, 1, 0]; // by severity
const NEUTRAL = 3;

/**
 * @typedef {{factor: number, truth: number}} Learned how many times more errors than expected were found, and
 *   how probable it is that a finding is true
 * @typedef {{rows: number, toLookAt: number, now: number, after: number}} Forecast
 */

/**
 * Returns the chance that a row of this confidence is not exactly right, before anything is reviewed.
 * @param {number} confidence
 */
export function chanceWrong(confidence) {
  const doubt = Math.min(Math.max(1 - confidence, SUREST), 1 - SUREST);
  return 1 / (1 + Math.exp(-INTERCEPT - SLOPE * Math.log(doubt / (1 - doubt))));
}

/**
 * Yields the rows of the run with their review. One that was taken apart counts as repaired;
 * boilerplate was not compared with the other languages, so it cannot be wrong.
 * @param {Corpus} corpus
 * @returns {Generator<{row: Row, state: string, compared: boolean, chance: number}, void>}
 */
function* cases(corpus) {
  for (const { base, rows } of corpus.articles) {
    const there = base === rows ? null : new Set(rows);
    for (const row of base) {
      const state = !there || there.has(row) ? row.review.state : "repaired";
      const compared = !openFindings(row).some(({ rule }) => rule === "completeness.boilerplate");
      yield { row, state, compared, chance: compared ? chanceWrong(row.confidence ?? 1) : 0 };
    }
  }
}

/**
 * Returns what the review has taught so far.
 * @param {Corpus} corpus
 * @returns {Learned}
 */
export function learned(corpus) {
  let [found, expected, dismissed, confirmed] = [PRIOR, PRIOR, 0, 0];
  for (const { row, state, compared, chance } of cases(corpus)) {
    const open = openFindings(row).length;
    dismissed += row.findings.length - open;
    if (state === "rejected" || row.review.proposals.length) confirmed += open;
    if (!state || row.settled || !compared) continue;
    found += state === "approved" ? 0 : 1;
    expected += chance;
  }
  return { factor: found / expected, truth: (1 + confirmed) / (2 + confirmed + dismissed) };
}

/**
 * Returns how many rows to look at, and how many errors are expected before and after.
 * @param {Corpus} corpus
 * @returns {Forecast}
 */
export function forecast(corpus) {
  const { factor } = learned(corpus);
  const result = { rows: 0, toLookAt: 0, now: 0, after: 0 };
  for (const { row, state, chance } of cases(corpus)) {
    result.rows += 1;
    if (state) continue;
    const wrong = Math.min(1, factor * chance);
    result.now += wrong;
    if (isToLookAt(row)) result.toLookAt += 1;
    else result.after += wrong;
  }
  return result;
}

/**
 * Returns a forecast in words.
 * @param {Forecast} forecast
 * @param {(key: MessageKey, values?: Values) => string} say
 */
export function sentence({ rows, toLookAt, after }, say) {
  const n = Math.round(after);
  if (toLookAt) {
    const errors = say(n ? "forecast.remain-after" : "forecast.less-after", { n, rows });
    return say("forecast.sentence", { rows: say("forecast.to-look-at", { n: toLookAt }), errors });
  }
  const errors = say(n ? "forecast.remain" : "forecast.less", { n, rows: say("rows.count", { n: rows }) });
  return say("forecast.sentence", { rows: say("forecast.nothing"), errors });
}

/**
 * Returns the expected harm of the rows, in points, by the serial of each paragraph: rows made by a repair
 * later on find their place by it.
 * @param {Corpus} corpus
 * @returns {Map<number, number>}
 */
export function harms(corpus) {
  const { factor, truth } = learned(corpus);
  const found = new Map();
  for (const { row, state, chance } of cases(corpus)) {
    const wrong = Math.min(1, factor * chance);
    const points = openFindings(row).reduce((sum, { severity }) => sum + POINTS[severity], 0);
    const harm = state ? 0 : wrong * POINTS[1] + (1 - wrong) * points * truth;
    for (const { serial } of paragraphsOf(row)) found.set(serial, harm);
  }
  return found;
}

/**
 * Returns rows in the order of their articles' harm, and inside an article of their own if `rowsToo`.
 * @param {Row[]} rows in reading order
 * @param {Map<number, number>} harm by paragraph
 * @param {boolean} rowsToo
 */
export function byHarm(rows, harm, rowsToo) {
  /** @type {Map<Row, number>} */
  const of = new Map(
    rows.map((row) => [row, Math.max(0, ...paragraphsOf(row).map(({ serial }) => harm.get(serial) || 0))]),
  );
  const sums = new Map();
  for (const [{ article }, points] of of) sums.set(article, (sums.get(article) || 0) + points);
  return [...rows].sort(
    (a, b) =>
      sums.get(b.article) - sums.get(a.article) ||
      a.article.index - b.article.index ||
      (rowsToo ? (of.get(b) || 0) - (of.get(a) || 0) : 0),
  );
}

/**
 * Returns whether a row is to be looked at; a proposed text alone does not decide it.
 * @param {Row} row
 */
function isToLookAt(row) {
  return !row.review.state && (row.unsure || openFindings(row).some(({ severity }) => severity < NEUTRAL));
}
