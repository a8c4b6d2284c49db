// @ts-check
// The bar at the top: the progress of the review, and whether everything is saved.

import { byId } from "../browser/elements.js";
import { SERVED } from "../browser/server.js";
import { settings } from "../browser/settings.js";
import { storage } from "../browser/storage.js";
import { allRows } from "../model/corpus.js";
import { count } from "../model/text.js";
import { corpus, log } from "../state.js";
import { drawForecast } from "./doubts.js";
import { drawPeople } from "./people.js";
import { stackedBar } from "./pictures.js";

/**
 * Announces a text to screen readers.
 * @param {string} text
 */
export function announce(text) {
  byId("status").textContent = text;
}

export function drawState() {
  drawForecast();
  drawPeople();
  const rows = allRows(corpus);
  const decided = rows.filter((row) => row.review.state).length;
  const left = rows.length - decided;
  const [done, all] = [decided, rows.length].map((number) => number.toLocaleString("en"));
  byId("progress").textContent = `${done} of ${all} decided`;
  byId("progress-bar").replaceChildren(
    stackedBar([["approved", decided], ["room", left]], `${decided} of ${rows.length} rows decided`),
  );
  const unsaved = SERVED ? log.unsaved.size : Math.max(0, log.own.size - savedCount());
  byId("stored").textContent = storedWords(unsaved);
  byId("save").classList.toggle("primary", !SERVED && unsaved > 0);
  const undoable = log.entries.some((decision) => log.own.has(decision.id) && decision.kind !== "withdraw");
  byId("undo", HTMLButtonElement).disabled = !undoable;
  byId("failure").textContent = storage.failed;
  byId("failure").hidden = !storage.failed;
}

/** @param {number} unsaved */
function storedWords(unsaved) {
  if (SERVED) return unsaved ? `${unsaved} not stored yet` : "all stored";
  return log.own.size ? `${count(log.own.size, "decision")} in this browser` : "";
}

/** Returns the number of decisions in the last saved file. */
function savedCount() {
  return Number(settings.get(`saved ${storage.place}`) || 0);
}

/** @param {number} number */
export function rememberSaved(number) {
  settings.set(`saved ${storage.place}`, String(number));
}
