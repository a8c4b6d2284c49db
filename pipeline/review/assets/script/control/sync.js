// @ts-check
// Synchronises decisions between this tab, the browser's storage, other tabs and the server.
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
 * Updates the page after the log has changed.
 * @param {string} words announcement, or ""
 * @param {string} action action whose button keeps the focus
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
 * Saves decisions in this browser, then on the server; failed saves are retried later.
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
 * Adds decisions that the server has from other tabs and people.
 * @param {Decision[]} decisions
 */
function takeIn(decisions) {
  const fresh = decisions.filter((decision) => log.enter(decision));
  for (const decision of decisions) log.unsaved.delete(decision.id);
  if (fresh.length) afterChange("");
}

/** Sends unsaved decisions, or fetches new ones. */
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

/** Loads this page's decisions from the browser's storage; returns whether any are new. */
export async function takeKept() {
  let more = false;
  for (const { decision, order, stored } of await storage.kept()) {
    storage.remember(decision, order);
    if (SERVED && stored) { // the server's log takes precedence
      if (log.ids.has(decision.id)) log.own.add(decision.id);
      continue;
    }
    more = log.enter(decision, { own: true, unsaved: !stored && !log.ids.has(decision.id) }) || more;
  }
  if (more && !SERVED) inTheirOrder();
  return more;
}

/** Sorts this browser's decisions, so every tab replays and saves the same log. */
function inTheirOrder() {
  /** @param {Decision} decision */
  const order = (decision) => storage.orders.get(decision.id) || Infinity;
  const own = log.entries.splice(log.given);
  log.entries.push(...own.sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1)));
}

/** Loads decisions of other tabs; a hidden tab waits until it is shown. */
export async function catchUp() {
  if (!document.hidden && (await takeKept())) afterChange("");
}
