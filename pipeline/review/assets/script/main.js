// @ts-check
// Entry point of the page.

import { byId } from "./browser/elements.js";
import { SERVED, server } from "./browser/server.js";
import { settings } from "./browser/settings.js";
import { storage } from "./browser/storage.js";
import { listen } from "./control/events.js";
import { setTheme, showPage } from "./control/pages.js";
import { catchUp, synchronise, takeKept } from "./control/sync.js";
import { replay } from "./model/replay.js";
import { corpus, log } from "./state.js";
import { drawHelp } from "./view/dialogs.js";
import { offerDownloads } from "./view/handing.js";
import { refresh } from "./view/rows.js";
import { drawState } from "./view/status.js";

async function start() {
  setTheme(settings.get("theme"));
  await readLog();
  byId("reviewer", HTMLInputElement).value = settings.reviewer;
  byId("keys-on", HTMLInputElement).checked = settings.get("keys") !== "off";
  listen();
  offerDownloads();
  addEventListener("beforeunload", (event) => {
    if (storage.pending || (storage.failed && log.unsaved.size)) event.preventDefault();
  });
  drawHelp();
  replay(corpus, log);
  refresh(false);
  showPage("overview");
  drawState();
  await keepUp();
  document.documentElement.dataset.ready = "yes";
}

/** Loads the decisions in the page and those stored in this browser. */
async function readLog() {
  for (const decision of JSON.parse(byId("decision-data").textContent)) log.enter(decision);
  log.given = log.entries.length;
  server.known = log.entries.length;
  await storage.open();
  if (!SERVED && "BroadcastChannel" in window) storage.listen(catchUp);
  await takeKept();
}

/** Starts synchronising with other tabs and the server. */
async function keepUp() {
  const look = SERVED ? synchronise : catchUp;
  if (SERVED) setInterval(look, 3000);
  document.addEventListener("visibilitychange", look);
  await look();
}

start();
