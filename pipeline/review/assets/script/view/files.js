// @ts-check
// The files of an article and what was decided about files, to join and separate them.
/** @import { Article, Decision } from "../types.js" */
/** @import { File } from "../model/pairing.js" */

import { byId, el } from "../browser/elements.js";
import { nameOf, say } from "../browser/language.js";
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
    el("summary", { text: say("files.title") }),
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
    el("span", {}, `${languageOf(file)}: `, el("span", { translate: "no", text: file.file })),
    hasCompany ? fileButton("part-file", say("files.take-out"), file.file) : null,
    fileButton("join-file", say("files.join-with"), file.file),
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
  }, text, el("span", { class: "visually-hidden", translate: "no", text: `: ${other || file}` }));
}

/** @param {File} file */
function languageOf({ language }) {
  const known = corpus.languages.find(({ code }) => code === language);
  return known ? nameOf(known) : language;
}

/**
 * Asks which file another one belongs with; resolves with its name, or "".
 * @param {File} file
 */
export async function askPartner(file) {
  const dialog = byId("joining", HTMLDialogElement);
  const input = byId("joining-name", HTMLInputElement);
  const others = corpus.files.filter(({ language }) => language && language !== file.language);
  byId("joining-words").textContent = say("files.ask", { file: file.file });
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
    el("h2", { text: say("files.pending") }),
    el("ul", { class: "stale" }, pending.map(pairingLine)),
  );
}

/** @param {Decision} decision */
function pairingLine(decision) {
  const [first, ...others] = namesOf(decision);
  const words = decision.kind === "join"
    ? say("files.one-article", { files: [first, ...others].join(", ") })
    : say("files.not-with", { file: first, others: others.join(", ") });
  const name = decision.reviewer;
  return el(
    "li",
    { class: "stale-decision" },
    el("span", { text: `${name ? say("files.by", { words, name }) : words} ` }),
    el("button", { type: "button", class: "small", data: { do: "takeback", decision: decision.id }, text: say("row.take-back") }),
  );
}
