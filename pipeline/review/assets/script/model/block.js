// @ts-check
// Rows that were moved together in one language: a finding tells of the first of them.
/** @import { Finding, Row } from "../types.js" */

import { openFindings } from "./corpus.js";

const MOVED = "completeness.moved";
const ONE = /\bthe one that follows it\b/;
const MORE = /\bthe ([\d,]+) that follow it\b/;

/**
 * Returns the rows that a finding of a moved text is about and that nobody has decided; none for another finding.
 * @param {Finding} finding
 * @returns {Row[]}
 */
export function blockOf({ rule, row, message, dismissed }) {
  if (rule !== MOVED || dismissed || !row.article.rows.includes(row)) return [];
  const more = ONE.test(message) ? 1 : Number((MORE.exec(message) || ["", "0"])[1].replaceAll(",", ""));
  const { base, rows } = row.article;
  const behind = base.slice(base.indexOf(row) + 1).filter(({ moved }) => moved);
  const there = new Set(rows);
  return [row, ...behind.slice(0, more)].filter((each) => there.has(each) && !each.review.state);
}

/**
 * Returns the block of the chosen finding of a row, or of its first that has one.
 * @param {Row} row
 * @param {string} chosen id of a finding, or ""
 */
export function blockIn(row, chosen) {
  const findings = openFindings(row);
  const finding = findings.find(({ id }) => id === chosen) || findings.find(({ rule }) => rule === MOVED);
  return finding ? blockOf(finding) : [];
}
