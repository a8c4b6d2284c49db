// @ts-check
// Entry point of the page.

import { drafts } from "./browser/drafts.js";
import { byId } from "./browser/elements.js";
import { SERVED, server } from "./browser/server.js";
import { settings } from "./browser/settings.js";
import { storage } from "./browser/storage.js";
import { resumeEditing } from "./control/editing.js";
import { listen } from "./control/events.js";
import { restorePlace, returnTo, setTheme } from "./control/pages.js";
import { followRepairs, realignFromNowOn } from "./control/realigning.js";
import { searchAgain } from "./control/searching.js";
import { catchUp, synchronise, takeKept } from "./control/sync.js";
import { lookForVanished } from "./control/vanished.js";
import { replay } from "./model/replay.js";
import { corpus, log } from "./state.js";
import { readConflicts } from "./view/conflicts.js";
import { readCompact } from "./view/compact.js";
import { drawHelp } from "./view/dialogs.js";
import { drawFixed } from "./view/fixed.js";
import { offerDownloads } from "./view/handing.js";
import { keepPlaces, placeBeforeReload, withoutEntry } from "./view/place.js";
import { printRows, printedRows, refresh } from "./view/rows.js";
import { buildSide } from "./view/side.js";
import { drawState } from "./view/status.js";

const POLL = 1000; // milliseconds between requests for what others decided

async function start() {
  drawFixed();
  setTheme(settings.get("theme"));
  readCompact();
  await readLog();
  byId("reviewer", HTMLInputElement).value = settings.reviewer;
  byId("keys-on", HTMLInputElement).checked = settings.get("keys") !== "off";
  listen();
  offerDownloads();
  addEventListener("beforeunload", (event) => {
    if (storage.pending || (storage.failed && log.unsaved.size)) event.preventDefault();
  });
  addEventListener("storage", drafts.read); // another tab has kept or discarded one
  listenForPrinting();
  drawHelp();
  buildSide();
  realignFromNowOn();
  replay(corpus, log);
  refresh(false);
  const reloaded = placeBeforeReload();
  if (reloaded) {
    returnTo(reloaded);
    resumeEditing();
  }
  else restorePlace(history.state);
  searchAgain();
  keepPlaces();
  addEventListener("popstate", ({ state }) => {
    withoutEntry(() => restorePlace(state));
    searchAgain();
  });
  drawState();
  followRepairs();
  readConflicts();
  await keepUp();
  document.documentElement.dataset.ready = "yes";
}

/** Shows all rows to a printer; browsers tell of it by an event, tools by the medium. */
function listenForPrinting() {
  addEventListener("beforeprint", printRows);
  addEventListener("afterprint", printedRows);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? printRows() : printedRows()));
}

/** Loads the decisions in the page and those stored in this browser. */
async function readLog() {
  for (const decision of JSON.parse(byId("decision-data").textContent)) log.enter(decision);
  log.given = log.entries.length;
  server.known = log.entries.length;
  await storage.open();
  if (!SERVED && "BroadcastChannel" in window) storage.listen(catchUp);
  await takeKept();
  drafts.read();
}

/** Starts synchronising with other tabs and the server. */
async function keepUp() {
  const look = SERVED ? synchroniseAndLook : catchUp;
  if (SERVED) setInterval(look, POLL);
  document.addEventListener("visibilitychange", look);
  await look();
}

async function synchroniseAndLook() {
  await synchronise();
  await lookForVanished();
}

start();
