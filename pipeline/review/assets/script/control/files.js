// @ts-check
// Joining files to an article and separating them; the next run obeys.

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
  if (!partner) announce(`there is no file ${partnerName}`);
  else if (!made) announce("they are of one language, or in one article already");
  else {
    const instead = made.replaced ? `, in place of ${made.replaced.file}` : "";
    await decide([made.decision], `the next run puts ${name} together with ${partnerName}${instead}`);
  }
}

/**
 * Decides that a file does not belong to its article.
 * @param {string} name
 */
export function partFile(name) {
  const file = fileNamed(name);
  const decision = file && parting(corpus, file);
  if (decision) decide([decision], `the next run takes ${name} out of its article`);
}
