// @ts-check
// The bar at the top: the progress of the review, and whether everything is saved.

import { byId, el } from "../browser/elements.js";
import { onLanguage, say } from "../browser/language.js";
import { SERVED, server } from "../browser/server.js";
import { settings } from "../browser/settings.js";
import { storage } from "../browser/storage.js";
import { log, tallies } from "../state.js";
import { drawForecast } from "./doubts.js";
import { drawPeople } from "./people.js";
import { stackedBar } from "./pictures.js";

/**
 * Says what happened, on the page and to screen readers; the line fades by itself.
 * @param {string} text
 */
export function announce(text) {
  byId("status").replaceChildren(el("span", { class: "said", text })); // a new element also says it again
}

/** Returns what was said last. */
export function announced() {
  return byId("status").textContent || "";
}

let drawn = "";

onLanguage(() => {
  byId("status").replaceChildren(); // what it says is in another language
  drawn = "";
  drawState();
});

export function drawState() {
  drawForecast();
  drawPeople();
  const { rows, decided } = tallies.total();
  const unsaved = SERVED ? log.unsaved.size : Math.max(0, log.own.size - savedCount());
  const [stored, undoable] = [storedWords(unsaved), log.lastOwn() !== undefined];
  const state = JSON.stringify([rows, decided, unsaved, stored, undoable, storage.failed]);
  if (state === drawn) return;
  drawn = state;
  byId("progress").textContent = say("bar.progress", { n: decided, all: rows });
  byId("progress-bar").replaceChildren(
    stackedBar([["approved", decided], ["room", rows - decided]], say("bar.progress-label", { n: decided, all: rows })),
  );
  byId("stored").textContent = stored;
  byId("save").classList.toggle("primary", !SERVED && unsaved > 0);
  byId("undo", HTMLButtonElement).disabled = !undoable;
  byId("failure").textContent = storage.failed;
  byId("failure").hidden = !storage.failed;
}

/** @param {number} unsaved */
function storedWords(unsaved) {
  if (SERVED && unsaved) return say("bar.not-stored", { n: unsaved });
  if (SERVED) return say(server.reached ? "bar.all-stored" : "bar.not-connected");
  return log.own.size ? say("bar.in-browser", { n: log.effective().length }) : "";
}

/** Returns the number of decisions in the last saved file. */
function savedCount() {
  return Number(settings.get(`saved ${storage.place}`) || 0);
}

/** @param {number} number */
export function rememberSaved(number) {
  settings.set(`saved ${storage.place}`, String(number));
}
