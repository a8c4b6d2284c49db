// @ts-check
// Decisions that were stored and are not in the server's file any more, offered back.
/** @import { Decision } from "../types.js" */

import { byId } from "../browser/elements.js";
import { onLanguage, say } from "../browser/language.js";

/** @type {Decision[]} */
let offered = [];

onLanguage(() => offerBack(offered));

/**
 * Offers decisions back; none hides the offer.
 * @param {Decision[]} decisions
 */
export function offerBack(decisions) {
  offered = decisions;
  byId("vanished").hidden = !decisions.length;
  const names = [...new Set(decisions.map(({ reviewer }) => reviewer).filter(Boolean))].join(", ");
  const { length: n } = decisions;
  byId("vanished-words").textContent = n ? say(names ? "vanished.gone-by" : "vanished.gone", { n, names }) : "";
}

/** Returns the decisions that are offered. */
export function offeredBack() {
  return offered;
}
