// @ts-check
// The question before an action on many rows; Enter says yes, Escape no.

import { byId } from "../browser/elements.js";
import { closed, openDialog } from "./dialogs.js";

/**
 * Resolves with whether the reviewer agrees.
 * @param {{title: string, words: string, action: string}} question
 */
export async function confirmed({ title, words, action }) {
  const dialog = byId("confirming", HTMLDialogElement);
  const yes = byId("confirm-yes");
  byId("confirm-title").textContent = title;
  byId("confirm-words").textContent = words;
  yes.textContent = action;
  openDialog(dialog);
  yes.focus();
  return (await closed(dialog)) === "yes";
}
