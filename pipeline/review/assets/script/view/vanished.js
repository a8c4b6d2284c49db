// @ts-check
// Decisions that were stored and are not in the server's file any more, offered back.
/** @import { Decision } from "../types.js" */

import { byId } from "../browser/elements.js";
import { count } from "../model/text.js";

/** @type {Decision[]} */
let offered = [];

/**
 * Offers decisions back; none hides the offer.
 * @param {Decision[]} decisions
 */
export function offerBack(decisions) {
  offered = decisions;
  byId("vanished").hidden = !decisions.length;
  const names = [...new Set(decisions.map(({ reviewer }) => reviewer).filter(Boolean))].join(", ");
  const by = names ? ` (by ${names})` : "";
  const verb = decisions.length === 1 ? "is" : "are";
  byId("vanished-words").textContent = decisions.length
    ? `${count(decisions.length, "stored decision")}${by} ${verb} not in decisions.csv any more. Was an older copy saved over it?`
    : "";
}

/** Returns the decisions that are offered. */
export function offeredBack() {
  return offered;
}
