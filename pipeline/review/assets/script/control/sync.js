// @ts-check
// Decisions between this tab, this browser, its other tabs and the server.
/** @import { Decision } from "../types.js" */

import { byId } from "../browser/elements.js";
import { SERVED, server } from "../browser/server.js";
import { storage } from "../browser/storage.js";
import { paragraphsOf } from "../model/corpus.js";
import { replay } from "../model/replay.js";
import { corpus, current, log, view } from "../state.js";
import { drawOverview } from "../view/overview.js";
import { refocus, refresh } from "../view/rows.js";
import { announce, drawState } from "../view/status.js";

const NOT_KEPT = "This browser does not keep decisions: save them as a file before you close the page.";

/**
 * Shows what follows from the log after it has changed.
 * @param {string} words what is to be announced, if anything
 * @param {string} action whose button is to keep the focus
 */
export function afterChange(words, action = "") {
  const before = current.row;
  replay(corpus, log);
  if (before && !before.article.rows.includes(before)) {
    const held = new Set(paragraphsOf(before));
    current.row = before.article.rows.find((row) => paragraphsOf(row).some((p) => held.has(p))) || null;
  }
  const active = document.activeElement;
  const inside = byId("viewport").contains(active) || active === document.body;
  refresh(true);
  if (view.page === "overview") drawOverview();
  drawState();
  if (inside) refocus(action);
  if (words) announce(words);
}

/**
 * Stores decisions in this browser first, then with the server; what cannot be stored is tried again later.
 * @param {Decision[]} decisions
 */
export async function store(decisions) {
  const kept = await storage.keep(decisions, false);
  if (!kept && !SERVED) storage.failed = NOT_KEPT;
  if (storage.channel) storage.channel.postMessage("kept");
  if (SERVED) await send(decisions);
  drawState();
}

/** @param {Decision[]} decisions */
async function send(decisions) {
  try {
    const others = await server.turn("POST", { decisions });
    storage.failed = "";
    for (const decision of decisions) log.unsaved.delete(decision.id);
    await storage.keep(decisions, true);
    takeIn(others);
  } catch (error) {
    const why = messageOf(error);
    storage.failed = `Not stored: ${why}. The decisions stay in this browser and are sent again.`;
    drawState();
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Takes in what the server has from other tabs and people.
 * @param {Decision[]} decisions
 */
function takeIn(decisions) {
  const fresh = decisions.filter((decision) => log.enter(decision));
  for (const decision of decisions) log.unsaved.delete(decision.id);
  if (fresh.length) afterChange("");
}

/** Sends what is not stored yet, or asks for what is new. */
export async function synchronise() {
  if (!SERVED || document.hidden) return;
  const waiting = log.entries.filter((decision) => log.unsaved.has(decision.id));
  if (waiting.length) await send(waiting);
  else await receive();
  drawState();
}

async function receive() {
  try {
    takeIn(await server.turn("GET"));
    storage.failed = "";
  } catch (error) {
    const why = messageOf(error);
    const then = "Decisions stay in this browser and are sent later.";
    storage.failed = `The server does not answer (${why}). ${then}`;
  }
}

/** Takes in what this browser has of this page, also from other tabs; returns whether anything was new. */
export async function takeKept() {
  let more = false;
  for (const { decision, order, stored } of await storage.kept()) {
    storage.remember(decision, order);
    if (SERVED && stored) { // the server's log is what counts
      if (log.ids.has(decision.id)) log.own.add(decision.id);
      continue;
    }
    more = log.enter(decision, { own: true, unsaved: !stored && !log.ids.has(decision.id) }) || more;
  }
  if (more && !SERVED) inTheirOrder();
  return more;
}

/** Sorts what was decided here, so that every tab replays and saves the same log. */
function inTheirOrder() {
  /** @param {Decision} decision */
  const order = (decision) => storage.orders.get(decision.id) || Infinity;
  const own = log.entries.splice(log.given);
  log.entries.push(...own.sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1)));
}

/** Takes in what other tabs have kept; one that is hidden does so when it is shown. */
export async function catchUp() {
  if (!document.hidden && (await takeKept())) afterChange("");
}
