// @ts-check
// The files of an article and what was decided about files, to join and separate them.
/** @import { Article, Decision } from "../types.js" */
/** @import { File } from "../model/pairing.js" */

import { byId, el } from "../browser/elements.js";
import { namesOf, pendingPairings } from "../model/pairing.js";
import { corpus, log } from "../state.js";
import { closed, openDialog } from "./dialogs.js";

/**
 * Returns the files of an article, each with a button to take it out.
 * @param {Article} article
 */
export function filesOfArticle({ files }) {
  if (!files.length) return null;
  return el(
    "details",
    { class: "own-files" },
    el("summary", { text: "Files" }),
    el("ul", {}, files.map((file) => fileLine(file, files.length > 1))),
  );
}

/**
 * @param {File} file
 * @param {boolean} hasCompany
 */
function fileLine(file, hasCompany) {
  return el(
    "li",
    {},
    el("span", { text: `${languageOf(file)}: ${file.file}` }),
    hasCompany ? fileButton("part-file", "Take out", file.file) : null,
    fileButton("join-file", "Join with…", file.file),
  );
}

/**
 * Returns a button that does something with a file, and perhaps another one.
 * @param {string} action
 * @param {string} text
 * @param {string} file
 */
export function fileButton(action, text, file, other = "") {
  return el("button", {
    type: "button", class: "small", data: { do: action, file, other },
  }, text, el("span", { class: "visually-hidden", text: `: ${other || file}` }));
}

/** @param {File} file */
function languageOf({ language }) {
  return corpus.languages.find(({ code }) => code === language)?.name || language;
}

/**
 * Asks which file another one belongs with; resolves with its name, or "".
 * @param {File} file
 */
export async function askPartner(file) {
  const dialog = byId("joining", HTMLDialogElement);
  const input = byId("joining-name", HTMLInputElement);
  const others = corpus.files.filter(({ language }) => language && language !== file.language);
  byId("joining-words").textContent = `${file.file} belongs to the same article as:`;
  byId("joining-names").replaceChildren(...others.map((each) => el("option", { value: each.file }, languageOf(each))));
  input.value = "";
  openDialog(dialog);
  input.focus();
  return (await closed(dialog)) === "join" ? input.value.trim() : "";
}

/** Returns the section with what the next run will do about files, or null if that is nothing. */
export function pairingsSection() {
  const pending = pendingPairings(corpus, log);
  if (!pending.length) return null;
  return el(
    "section",
    { id: "pairings" },
    el("h2", { text: "Files after the next run" }),
    el("ul", { class: "stale" }, pending.map(pairingLine)),
  );
}

/** @param {Decision} decision */
function pairingLine(decision) {
  const [first, ...others] = namesOf(decision);
  const words = decision.kind === "join"
    ? `${[first, ...others].join(", ")} are one article`
    : `${first} does not belong with ${others.join(", ")}`;
  const by = decision.reviewer ? `, by ${decision.reviewer}` : "";
  return el(
    "li",
    { class: "stale-decision" },
    el("span", { text: `${words}${by} ` }),
    el("button", { type: "button", class: "small", data: { do: "takeback", decision: decision.id }, text: "Take back" }),
  );
}
