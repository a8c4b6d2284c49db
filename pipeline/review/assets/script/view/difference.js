// @ts-check
// What changes from one text to another, as elements.

import { el } from "../browser/elements.js";
import { differences } from "../model/difference.js";

/**
 * Returns the second text with what was removed and added marked.
 * @param {string} before
 * @param {string} after
 * @param {boolean} always also if the texts have little in common; otherwise that is the second text alone
 */
export function differenceParts(before, after, always = false) {
  const pieces = differences(before, after);
  const same = pieces.reduce((sum, { kind, text }) => sum + (kind === "same" ? text.length : 0), 0);
  if (!always && 3 * same <= after.length) return [after];
  return pieces.map(({ kind, text }) => {
    if (kind === "removed") return el("del", { class: "removed", text });
    return kind === "added" ? el("mark", { class: "changed", text }) : text;
  });
}
