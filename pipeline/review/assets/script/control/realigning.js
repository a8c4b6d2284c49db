// @ts-check
// Live realignment: after a repair the server aligns the rest of the article anew, between what people have decided.
/** @import { Article } from "../types.js" */
/** @import { Wanted } from "../model/anew.js" */

import { say } from "../browser/language.js";
import { REALIGNS, server } from "../browser/server.js";
import { anew, takeAnew } from "../model/anew.js";
import { corpus } from "../state.js";
import { announce, announced } from "../view/status.js";
import { afterChange, followers } from "./sync.js";

let busy = false;

/** Follows what is decided from now on. */
export function realignFromNowOn() {
  anew.on = REALIGNS;
  followers.push(followRepairs);
}

/** Asks for the rows of the first article that wants them, and of the others after it. */
export async function followRepairs() {
  const [next] = anew.wanted;
  document.documentElement.dataset.realigning = next ? "yes" : "";
  if (busy || !next) return;
  busy = true;
  const answered = await realign(...next);
  busy = false;
  if (answered) await followRepairs();
}

/**
 * Shows an article as it is aligned anew; returns whether the server has answered.
 * @param {Article} article
 * @param {Wanted} wanted
 */
async function realign(article, { key, decisions }) {
  try {
    const { rows, reason } = await server.realign(article.id, decisions.map((each) => ({ ...each, article: article.id })));
    if (!rows || !takeAnew(corpus, article, key, rows)) {
      stop(reason || say("failed.other-rows"));
      return true;
    }
  } catch {
    return false; // asked again after the next change
  }
  const before = new Set(article.rows);
  afterChange("");
  const changed = article.rows.filter((row) => row.anew && !before.has(row)).length;
  if (changed) announce([announced(), say("said.anew", { n: changed })].filter(Boolean).join("; "));
  return true;
}

/** @param {string} reason */
function stop(reason) {
  anew.on = false;
  anew.wanted.clear();
  announce(say("said.not-anew", { reason }));
}
