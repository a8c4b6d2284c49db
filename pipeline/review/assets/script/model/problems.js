// @ts-check
// Which rows want work: those in doubt, and those with a finding that nobody has answered.
/** @import { Finding, Row } from "../types.js" */

import { cellText, openFindings } from "./corpus.js";
import { differences } from "./difference.js";
import { unitOffset } from "./text.js";

const NEUTRAL = 3; // the severity of findings that only inform

/**
 * Returns the open findings of a row that are more than neutral and that no proposed text answers.
 * @param {Row} row
 */
export function pressing(row) {
  return openFindings(row).filter((finding) => finding.severity < NEUTRAL && !isAnswered(row, finding));
}

/**
 * Returns whether a row wants work: it is undecided and may be wrong, or has such a finding.
 * @param {Row} row
 */
export function isProblem(row) {
  return !row.review.state && (row.unsure || pressing(row).length > 0);
}

/**
 * Returns whether the last proposal for a language of a finding changes its place, or the text if it has none.
 * @param {Row} row
 * @param {Finding} finding
 */
function isAnswered(row, { source, sourceSpan, target, targetSpan }) {
  if (!row.review.proposals.length) return false;
  return [[target, targetSpan], [source, sourceSpan]].some(([language, span]) => {
    const proposal = row.review.proposals.findLast((each) => each.language === language);
    const text = cellText(row.cells.find((cell) => cell?.[0]?.language === language) || null);
    if (!proposal || proposal.text === text) return false;
    if (!Array.isArray(span)) return language === target || !targetSpan;
    return changes(text, proposal.text, unitOffset(text, span[0]), unitOffset(text, span[1]));
  });
}

/**
 * Returns whether a change of a text touches a place in it.
 * @param {string} before
 * @param {string} after
 * @param {number} start
 * @param {number} end
 */
function changes(before, after, start, end) {
  let at = 0;
  for (const { kind, text } of differences(before, after)) {
    if (kind === "added") {
      if (at >= start && at <= end) return true;
      continue;
    }
    if (kind === "removed" && at < end && at + text.length > start) return true;
    at += text.length;
  }
  return false;
}
