// @ts-check
// The filter of the rows.
/** @import { Corpus, Counts, Filter, Row } from "../types.js" */

import { allRows, cellText, openFindings } from "./corpus.js";
import { decidedBy } from "./people.js";
import { folded } from "./text.js";

export const REVIEW_STATES = ["undecided", "approved", "rejected", "repaired", "commented"];

/** @returns {Filter} */
export function newFilter() {
  return {
    article: null, statuses: new Set(), reviews: new Set(), severities: new Set(),
    rule: "", confidence: 1, search: "", person: "", order: "",
  };
}

/**
 * Resets all conditions except the article.
 * @param {Filter} filter
 */
export function clearFilter(filter) {
  Object.assign(filter, { ...newFilter(), article: filter.article, order: filter.order });
}

/** @param {Filter} filter */
export function isFiltered(filter) {
  return filterTests(filter).length > 0;
}

/**
 * Returns the search text in lower case.
 * @param {Filter} filter
 */
export function searchWords(filter) {
  return folded(filter.search.trim());
}

/** @param {Row} row */
function reviewStates(row) {
  const { state, comments, proposals } = row.review;
  return [state || "undecided", ...(comments.length || proposals.length ? ["commented"] : [])];
}

/** @param {Row} row */
function severitiesOf(row) {
  return openFindings(row).map((finding) => finding.severity);
}

/** @param {Row} row */
function searchText(row) {
  if (row.searchText === null) {
    const found = row.findings.flatMap((f) => [f.id, f.message, f.suggestion]);
    row.searchText = folded([row.id, ...row.cells.map(cellText), ...found].join("\n"));
  }
  const { comments, proposals } = row.review;
  const said = [...comments, ...proposals].map((each) => each.text).join("\n");
  return said ? `${row.searchText}\n${folded(said)}` : row.searchText;
}

/**
 * Returns the tests by name, because the counts beside a choice ignore the test that it belongs to.
 * @param {Filter} filter
 */
function filterTests(filter) {
  const { statuses, reviews, severities, rule, confidence, person } = filter;
  const words = searchWords(filter);
  /** @type {[name: string, test: (row: Row) => boolean][]} */
  const tests = [];
  if (statuses.size) tests.push(["status", (row) => statuses.has(row.status)]);
  if (reviews.size) tests.push(["review", (row) => reviewStates(row).some((state) => reviews.has(state))]);
  if (severities.size) tests.push(["severity", (row) => severitiesOf(row).some((s) => severities.has(s))]);
  if (rule) tests.push(["rule", (row) => row.findings.some((f) => f.rule === rule)]);
  if (confidence < 1) tests.push(["confidence", (row) => (row.confidence ?? Infinity) <= confidence]);
  if (person) tests.push(["person", (row) => decidedBy(row, person)]);
  if (words) tests.push(["search", (row) => searchText(row).includes(words)]);
  return tests;
}

/**
 * Returns the rows that pass all tests, and the number of rows for each choice.
 * @param {Corpus} corpus
 * @param {Filter} filter
 */
export function filtered(corpus, filter) {
  const tests = filterTests(filter);
  /** @type {Row[]} */
  const shown = [];
  /** @type {Counts} */
  const counts = { status: {}, review: {}, severity: {}, rule: {} };
  for (const row of filter.article ? filter.article.rows : allRows(corpus)) {
    const failed = tests.filter(([, test]) => !test(row)).map(([name]) => name);
    if (!failed.length) shown.push(row);
    if (failed.length < 2) countRow(counts, row, failed[0]);
  }
  return { shown, counts };
}

/**
 * Counts a row for the choices that would show it: all, or those of the only test that it fails.
 * @param {Counts} counts
 * @param {Row} row
 * @param {string | undefined} failed
 */
function countRow(counts, row, failed) {
  const kinds = {
    status: () => [row.status],
    review: () => reviewStates(row),
    severity: () => new Set(severitiesOf(row)),
    rule: () => new Set(row.findings.map((finding) => finding.rule)),
  };
  for (const kind of /** @type {(keyof Counts)[]} */ (Object.keys(kinds))) {
    if (failed && failed !== kind) continue;
    for (const name of kinds[kind]()) counts[kind][name] = (counts[kind][name] || 0) + 1;
  }
}
