// @ts-check
// Joining files to an article and separating them; the next run obeys.

import { say } from "../browser/language.js";
import { joining, parting } from "../model/pairing.js";
import { corpus } from "../state.js";
import { askPartner } from "../view/files.js";
import { announce } from "../view/status.js";
import { decide } from "./decide.js";

/** @param {string} name */
function fileNamed(name) {
  return corpus.files.find(({ file }) => file === name);
}

/**
 * Decides that a file belongs to the article of another one; asks which if none is given.
 * @param {string} name
 * @param {string} other
 */
export async function joinFile(name, other) {
  const file = fileNamed(name);
  if (!file) return;
  const partnerName = other || (await askPartner(file));
  if (!partnerName) return;
  const partner = fileNamed(partnerName);
  const made = partner && joining(corpus, file, partner);
  if (!partner) announce(say("files.no-such", { file: partnerName }));
  else if (!made) announce(say("files.same"));
  else {
    const { decision, replaced } = made;
    const values = { file: name, other: partnerName, replaced: replaced ? replaced.file : "" };
    await decide([decision], say(replaced ? "files.joined-instead" : "files.joined", values));
  }
}

/**
 * Decides that a file does not belong to its article.
 * @param {string} name
 */
export function partFile(name) {
  const file = fileNamed(name);
  const decision = file && parting(corpus, file);
  if (decision) decide([decision], say("files.parted", { file: name }));
}
