// @ts-check
// The dialogs for help and for text input. On closing, the focus returns to where it was.
/** @import { MessageKey } from "../types.js" */

import { byId, el } from "../browser/elements.js";
import { onLanguage, say } from "../browser/language.js";
import { languageTag } from "../model/tags.js";
import { writable } from "../model/text.js";
import { HELP } from "./keys.js";

/** @param {HTMLDialogElement} dialog */
export function openDialog(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
}

/**
 * Resolves with the value of the pressed button. It does not wait for the later event "close", because a key
 * pressed in between would reach the page before the answer.
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string>}
 */
export function closed(dialog) {
  const ended = new AbortController();
  return new Promise((resolve) => {
    /** @param {string} value */
    const end = (value) => {
      ended.abort();
      resolve(value);
    };
    /** @param {SubmitEvent} event */
    const submitted = (event) => {
      event.preventDefault();
      const value = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "";
      dialog.close(value);
      end(value);
    };
    dialog.addEventListener("submit", submitted, { signal: ended.signal });
    // Closed with Escape. If the dialog is open, this is the late event of its previous use.
    dialog.addEventListener("close", () => dialog.open || end(""), { signal: ended.signal });
  });
}

/**
 * Prompts for a text; resolves with null on cancel.
 * @param {{title: string, hint: string, value: string, lang: string, action: string}} question
 */
export async function ask({ title, hint, value, lang, action }) {
  const dialog = byId("writing", HTMLDialogElement);
  const area = byId("writing-text", HTMLTextAreaElement);
  byId("writing-title").textContent = title;
  byId("writing-hint").textContent = hint;
  byId("writing-save").textContent = action;
  area.lang = languageTag(lang);
  area.value = value;
  /** @param {KeyboardEvent} event as in the editor of a text */
  area.onkeydown = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    byId("writing-save").click();
  };
  openDialog(dialog);
  area.focus();
  area.setSelectionRange(value.length, value.length);
  return (await closed(dialog)) === "save" ? writable(area.value) : null;
}

export function openHelp() {
  const dialog = byId("help", HTMLDialogElement);
  if (!dialog.open) openDialog(dialog);
}

onLanguage(drawHelp);

export function drawHelp() {
  const sections = HELP.map(([title, keys]) =>
    el("section", {}, el("h3", { text: say(title) }), el("dl", {}, keys.map(helpLine))),
  );
  byId("help-keys").replaceChildren(...sections);
}

/** @param {[key: string, message: MessageKey]} line */
function helpLine([key, message]) {
  const names = key.split("  ").map((each) => el("kbd", { text: each }));
  return el("div", {}, el("dt", {}, names), el("dd", { text: say(message) }));
}
