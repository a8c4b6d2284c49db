// @ts-check
// The filter of the rows.
/** @import { Article, Corpus, Counts, Filter, Finding, Row } from "../types.js" */

import { openFindings } from "./corpus.js";
import { decidedBy } from "./people.js";
import { searchOf } from "./search.js";

export const REVIEW_STATES = /** @type {const} */ (
  ["undecided", "approved", "rejected", "repaired", "commented", "dismissed"]
);

/** @returns {Filter} */
export function newFilter() {
  return {
    article: null, statuses: new Set(), reviews: new Set(), severities: new Set(),
    rule: "", confidence: 1, search: "", way: "", found: null, news: new Set(), person: "", order: "",
  };
}

/**
 * Resets all conditions except the article.
 * @param {Filter} filter
 */
export function clearFilter(filter) {
  Object.assign(filter, { ...newFilter(), article: filter.article, order: filter.order, way: filter.way });
}

/** @param {Filter} filter */
export function isFiltered(filter) {
  return filterTests(filter).length > 0;
}

/** @param {Row} row */
function reviewStates(row) {
  const { state, comments, proposals } = row.review;
  return [
    state || "undecided",
    ...(comments.length || proposals.length ? ["commented"] : []),
    ...(row.findings.some((finding) => finding.dismissed) ? ["dismissed"] : []),
  ];
}

/** @param {Row} row */
function severitiesOf(row) {
  return openFindings(row).map((finding) => finding.severity);
}

/**
 * Returns the rules of the open findings of a row, and of the dismissed ones if those are asked for.
 * @param {Row} row
 * @param {Filter} filter
 */
function rulesOf(row, { reviews }) {
  const findings = reviews.has("dismissed") ? row.findings : openFindings(row);
  return new Set(findings.map((finding) => finding.rule));
}

/** @param {Row} row */
function newsOf(row) {
  return [...(row.isNew ? ["segments"] : []), ...(openFindings(row).some(({ isNew }) => isNew) ? ["findings"] : [])];
}

/**
 * Returns the tests by name, because the counts beside a choice ignore the test that it belongs to.
 * @param {Filter} filter
 */
function filterTests(filter) {
  const { statuses, reviews, severities, rule, confidence, person, news } = filter;
  const search = searchOf(filter);
  /** @type {[name: string, test: (row: Row) => boolean][]} */
  const tests = [];
  if (statuses.size) tests.push(["status", (row) => statuses.has(row.status)]);
  if (reviews.size) tests.push(["review", (row) => reviewStates(row).some((state) => reviews.has(state))]);
  if (severities.size) tests.push(["severity", (row) => severitiesOf(row).some((s) => severities.has(s))]);
  if (rule) tests.push(["rule", (row) => rulesOf(row, filter).has(rule)]);
  if (confidence < 1) tests.push(["confidence", (row) => (row.confidence ?? Infinity) <= confidence]);
  if (person) tests.push(["person", (row) => decidedBy(row, person)]);
  if (news.size) tests.push(["news", (row) => newsOf(row).some((each) => news.has(each))]);
  if (search) tests.push(["search", search.inRow]);
  return tests;
}

/**
 * The rows of an article that pass all tests, and the number of its rows for each choice.
 * @typedef {{version: number, shown: Row[], counts: Counts}} Part
 */

/** The rows that pass the filter, kept by article: a decision costs no more than its article. */
export class Selection {
  /** @type {Row[]} */
  shown = [];
  /** @type {Counts} */
  counts = noCounts();
  /** @type {Part[]} by index of the article */
  parts = [];
  key = "";

  /**
   * Applies the filter to what has changed; returns whether other rows are shown now.
   * @param {Corpus} corpus
   * @param {Filter} filter
   */
  update(corpus, filter) {
    const key = filterKey(filter);
    const other = key !== this.key;
    if (other) Object.assign(this, { key, parts: [], counts: noCounts() });
    const articles = filter.article ? [filter.article] : corpus.articles;
    let changed = other;
    for (const article of articles) {
      const old = this.parts[article.index];
      if (old && old.version === article.version) continue;
      const part = partOf(article, filter);
      this.parts[article.index] = part;
      if (old) addCounts(this.counts, old.counts, -1);
      addCounts(this.counts, part.counts, 1);
      changed ||= !old || !sameRows(old.shown, part.shown);
    }
    if (changed) this.shown = articles.flatMap(({ index }) => this.parts[index].shown);
    return changed;
  }
}

/** @returns {Counts} */
function noCounts() {
  return { status: {}, review: {}, severity: {}, rule: {}, news: {} };
}

/** @param {Filter} filter */
function filterKey({ article, statuses, reviews, severities, news, found, ...single }) {
  const sets = [statuses, reviews, severities, news].map((set) => [...set]);
  return JSON.stringify([article && article.id, sets, found?.version, single]);
}

/**
 * @param {Article} article
 * @param {Filter} filter
 * @returns {Part}
 */
function partOf(article, filter) {
  const tests = filterTests(filter);
  /** @type {Part} */
  const part = { version: article.version, shown: [], counts: noCounts() };
  for (const row of article.rows) {
    const failed = tests.filter(([, test]) => !test(row)).map(([name]) => name);
    if (!failed.length) part.shown.push(row);
    if (failed.length < 2) countRow(part.counts, row, filter, failed[0]);
  }
  return part;
}

/**
 * @param {Counts} sum
 * @param {Counts} counts
 * @param {number} times
 */
function addCounts(sum, counts, times) {
  for (const kind of /** @type {(keyof Counts)[]} */ (Object.keys(counts))) {
    for (const [name, number] of Object.entries(counts[kind])) {
      sum[kind][name] = (sum[kind][name] || 0) + times * number;
    }
  }
}

/**
 * @param {Row[]} before
 * @param {Row[]} after
 */
function sameRows(before, after) {
  return before.length === after.length && before.every((row, k) => row === after[k]);
}

/**
 * Counts a row for the choices that would show it: all, or those of the only test that it fails.
 * @param {Counts} counts
 * @param {Row} row
 * @param {Filter} filter
 * @param {string | undefined} failed
 */
function countRow(counts, row, filter, failed) {
  const kinds = {
    status: () => [row.status],
    review: () => reviewStates(row),
    severity: () => new Set(severitiesOf(row)),
    rule: () => rulesOf(row, filter),
    news: () => newsOf(row),
  };
  for (const kind of /** @type {(keyof Counts)[]} */ (Object.keys(kinds))) {
    if (failed && failed !== kind) continue;
    for (const name of kinds[kind]()) counts[kind][name] = (counts[kind][name] || 0) + 1;
  }
}

/**
 * Returns the finding that a dismissal is about: the chosen one, or the first open one that the filter shows.
 * @param {Row} row
 * @param {Filter} filter
 * @param {string} chosen id of a finding, or ""
 * @returns {Finding | undefined}
 */
export function findingToDismiss(row, filter, chosen) {
  const open = openFindings(row);
  const search = searchOf(filter);
  const shown = findingsShown(row, filter);
  /** @param {Finding} finding */
  const isFound = ({ id, message, suggestion }) => search?.inTexts([id, message, suggestion]);
  return open.find(({ id }) => id === chosen) || shown.find(isFound) || shown[0];
}

/**
 * Returns the open findings of a row that the filter shows.
 * @param {Row} row
 * @param {Filter} filter
 */
export function findingsShown(row, { severities, rule }) {
  return openFindings(row).filter(
    (finding) => (!rule || finding.rule === rule) && (!severities.size || severities.has(finding.severity)),
  );
}
