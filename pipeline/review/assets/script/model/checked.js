// @ts-check
// How the findings of a row change with another text.
/** @import { Row } from "../types.js" */
/** @import { Checked, CheckedFinding } from "../browser/server.js" */

/**
 * Returns which findings are gone, new and left; those that somebody has dismissed are left out.
 * @param {Row} row
 * @param {Checked} checked
 */
export function changesOf(row, { before, after }) {
  const known = new Set(row.findings.filter(({ dismissed }) => dismissed).map(({ rule, message }) => `${rule} ${message}`));
  const open = (/** @type {CheckedFinding} */ [rule, , , , message]) => !known.has(`${rule} ${message}`);
  const left = before.filter(open);
  /** @type {CheckedFinding[]} */
  const same = [];
  /** @type {CheckedFinding[]} */
  const fresh = [];
  for (const finding of after.filter(open)) {
    const at = left.findIndex((each) => keyOf(each) === keyOf(finding));
    if (at < 0) fresh.push(finding);
    else same.push(...left.splice(at, 1));
  }
  return { gone: left, fresh, same };
}

/** @param {CheckedFinding} finding */
function keyOf([rule, , source, target, message]) {
  return [rule, source, target, message].join("\n");
}
