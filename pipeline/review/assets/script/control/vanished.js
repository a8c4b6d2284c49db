// @ts-check
// Looks for decisions that somebody's old copy of the file has taken away, and takes them back.

import { say } from "../browser/language.js";
import { SERVED, server } from "../browser/server.js";
import { log } from "../state.js";
import { announce } from "../view/status.js";
import { offerBack, offeredBack } from "../view/vanished.js";
import { afterChange, store } from "./sync.js";

const look = { total: 0 };

/** Offers vanished decisions, once and whenever the server's log has become shorter. */
export async function lookForVanished() {
  const before = look.total;
  look.total = server.known;
  if (!SERVED || (before && server.known >= before)) return;
  try {
    offerBack((await server.vanished()).filter(({ id }) => !log.ids.has(id)));
  } catch {
    look.total = 0; // asked again when the server answers
  }
}

/** Stores the vanished decisions again. */
export async function takeVanishedBack() {
  const decisions = offeredBack();
  offerBack([]);
  for (const decision of decisions) log.enter(decision, { unsaved: true });
  afterChange("");
  await store(decisions);
  announce(say("vanished.taken-back", { n: decisions.length }));
}
