// @ts-check
// Synchronises decisions between this tab, the browser's storage, other tabs and the server.
/** @import { Decision } from "../types.js" */
/** @import { Answer } from "../browser/server.js" */

import { byId } from "../browser/elements.js";
import { say } from "../browser/language.js";
import { SERVED, server } from "../browser/server.js";
import { storage } from "../browser/storage.js";
import { conflictsOf } from "../model/conflicts.js";
import { paragraphsOf } from "../model/corpus.js";
import { replay } from "../model/replay.js";
import { corpus, current, log, view } from "../state.js";
import { addConflicts, drawConflicts } from "../view/conflicts.js";
import { drawOverview } from "../view/overview.js";
import { refocus, refresh } from "../view/rows.js";
import { announce, drawState } from "../view/status.js";
import { searchAgain } from "./searching.js";

const MOST_SENT = 4_000_000; // characters of a request, at most three bytes each

/** @type {(() => void)[]} called whenever the log has changed and the page shows it */
export const followers = [];

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
  for (const follower of followers) follower();
  searchAgain();
}

/**
 * Saves decisions in this browser, then on the server; failed saves are retried later.
 * @param {Decision[]} decisions
 */
export async function store(decisions) {
  const kept = await storage.keep(decisions, false, log.bases);
  if (!kept && !SERVED) storage.failed = say("failed.not-kept");
  if (storage.channel) storage.channel.postMessage("kept");
  if (SERVED) await synchronise();
  drawState();
}

/** @type {Promise<void> | null} */
let queued = null;

/** Sends what the server has not confirmed and takes in what others decided; calls in the meantime are one. */
export function synchronise() {
  if (!SERVED || (document.hidden && !log.unsaved.size)) return Promise.resolve();
  queued ??= server.turn(async () => {
    queued = null;
    await exchange();
    drawState();
  });
  return queued;
}

async function exchange() {
  const sent = portion(log.waiting());
  try {
    takeIn(await server.ask(sent.map((decision) => ({ ...decision, base: log.bases.get(decision.id) }))));
    storage.failed = "";
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    storage.failed = say(log.unsaved.size ? "failed.not-stored" : "failed.no-answer", { why });
    return;
  }
  if (!sent.length) return;
  await storage.keep(sent, true, log.bases);
  if (log.waiting().length) await exchange();
}

/**
 * Returns as many of the decisions as one request may have.
 * @param {Decision[]} decisions
 */
function portion(decisions) {
  let room = MOST_SENT;
  const end = decisions.findIndex(({ paragraphs, text }) => (room -= 500 + paragraphs.length + text.length) < 0);
  return end < 0 ? decisions : decisions.slice(0, Math.max(1, end));
}

/**
 * Takes over the server's order of the decisions, and says where it contradicts what was decided here.
 * @param {Answer} answer
 */
function takeIn({ decisions, total, corpus: made }) {
  byId("remade").hidden = made === document.documentElement.dataset.corpus;
  const { changed, fresh } = log.confirm(decisions, total);
  document.documentElement.dataset.sequence = String(total);
  const found = conflictsOf(log, fresh);
  if (changed) afterChange("");
  if (found.length) addConflicts(found);
  else if (changed) drawConflicts();
}

/** Loads this page's decisions from the browser's storage; returns whether any are new. */
export async function takeKept() {
  let more = false;
  for (const { decision, order, stored, base } of await storage.kept()) {
    storage.remember(decision, order);
    if (base !== undefined) log.bases.set(decision.id, Math.min(base, log.given));
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
