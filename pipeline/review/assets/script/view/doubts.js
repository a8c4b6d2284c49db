// @ts-check
// The forecast in the head of the page, and the order of the rows.
/** @import { Row } from "../types.js" */

import { byId } from "../browser/elements.js";
import { onLanguage, say } from "../browser/language.js";
import { byHarm, forecast, harms, sentence } from "../model/doubts.js";
import { corpus, filter, log } from "../state.js";

const SOON = 120; // milliseconds: the forecast reads all rows, and a decision must not wait for that

let waiting = 0;
let drawn = "";

onLanguage(() => {
  drawn = "";
  drawForecast();
});

/** Draws the forecast soon if the log has changed; several calls in the meantime are one. */
export function drawForecast() {
  const { entries } = log;
  const key = `${entries.length} ${entries.length ? entries[entries.length - 1].id : ""}`;
  if (key === drawn) return;
  drawn = key;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    byId("forecast").textContent = sentence(forecast(corpus), say);
  }, SOON);
}

/** @type {Map<number, number>} */
let known = new Map();

/**
 * Returns rows in the chosen order. The harm is that of the moment when it was chosen, so that no row moves
 * away from whoever decides it.
 * @param {Row[]} rows in reading order
 */
export function inOrder(rows) {
  return filter.order ? byHarm(rows, known, filter.order === "rows") : rows;
}

/** @param {string} order "", "articles" or "rows" */
export function chooseOrder(order) {
  known = harms(corpus);
  filter.order = order;
}
