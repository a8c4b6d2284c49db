// @ts-check
// Files in no article: what they say, what they might be a translation of, and why they are not.
/** @import { Loose } from "../types.js" */
/** @import { Search } from "../model/search.js" */

import { byId, el } from "../browser/elements.js";
import { language, nameOf, percent, say } from "../browser/language.js";
import { corpus } from "../state.js";
import { fileButton } from "./files.js";

const SHOWN = 150; // the others are shown when they are asked for

/** Returns the section with the files in no article, or null if there are none. */
export function looseSection() {
  if (!corpus.loose.length) return null;
  const more = corpus.loose.length - SHOWN;
  return el(
    "section",
    { id: "loose" },
    el("h2", { text: say("alone.title") }),
    el("p", { class: "lead", text: say("alone.lead") }),
    el("ul", { class: "articles", id: "loose-list" }, corpus.loose.slice(0, SHOWN).map(looseCard)),
    more > 0 ? el("p", { class: "lead", text: say("alone.more", { n: more }) }) : null,
  );
}

/** Returns what an empty corpus says, or null. */
export function emptySection() {
  if (corpus.articles.length || corpus.left_out.length) return null;
  const [title, text] = corpus.files.length
    ? [say("alone.no-article"), say("alone.no-article-lead")]
    : [say("alone.no-files"), say("alone.no-files-lead")];
  return el("section", { id: "empty" }, el("h2", { text: title }), el("p", { class: "lead", text }));
}

/** @param {Loose} loose */
function looseCard(loose) {
  const { file, title, index, rivals } = loose;
  const known = corpus.languages.find(({ code }) => code === file.language);
  const more = [known ? nameOf(known) : file.language, file.author, file.date].filter(Boolean);
  return el(
    "li",
    { class: "article-figure loose", id: `loose-${index}`, tabindex: "-1" },
    el("h3", { lang: file.language || null, dir: "auto", text: title }),
    el("p", { class: "meta" }, el("span", { translate: "no", text: file.file }), more.map((text) => ` · ${text}`)),
    el("p", {}, el("strong", { text: verdictOf(file) }), ": ", el("span", { lang: "en", text: file.reason || "" })),
    rivals.length
      ? el("ul", { class: "rivals", "aria-label": say("alone.nearest") }, rivals.map((rival) => rivalLine(file.file, rival)))
      : null,
    file.language ? fileButton("join-file", say("files.join-with"), file.file) : null,
    textOf(loose),
  );
}

/** @param {Record<string, string>} file */
function verdictOf({ verdict }) {
  const known = verdict === "alone" || verdict === "duplicate" || verdict === "rejected";
  return known ? say(`verdict.${verdict}`) : verdict || "";
}

/**
 * @param {string} own name
 * @param {[file: string, probability: number]} rival
 */
function rivalLine(own, [name, probability]) {
  const file = corpus.files.find((each) => each.file === name);
  const article = file && corpus.byArticle.get(file.article);
  const other = corpus.loose.find((each) => each.file.file === name);
  /** @type {Record<string, string | number>} */
  const data = article ? { do: "pick-article", article: article.index } : { do: "show-loose", loose: other?.index ?? -1 };
  const values = { percent: percent(probability, probability < 0.1 ? 1 : 0), title: article ? article.title : "" };
  const words = say(article ? "alone.probable-in" : "alone.probable", values);
  return el(
    "li",
    {},
    el("button", { type: "button", class: "link", translate: "no", data, text: name }),
    el("span", { class: "meta", text: words }),
    fileButton("join-file", say("alone.join"), own, name),
  );
}

/** @param {Loose} loose */
function textOf({ file, text }) {
  if (!text) return el("p", { class: "meta", text: say("alone.too-long") });
  if (!text.length) return null;
  const details = el("details", {}, el("summary", { text: say("alone.text", { n: text.length }) }));
  const paragraphs = text.map(([number, kind, words]) =>
    el(
      "p",
      { class: `paragraph ${kind}` },
      el("span", { class: "place", "aria-hidden": "true", text: number }),
      kind === "boilerplate" ? el("span", { class: "kind", lang: language(), text: say("row.boilerplate") }) : null,
      words,
    ),
  );
  details.append(el("div", { class: "text", lang: file.language || null, dir: "auto" }, paragraphs));
  return details;
}

/**
 * Opens the text of a file in no article and scrolls to it; the overview must be shown.
 * @param {number} index
 */
export function openLoose(index) {
  if (!document.getElementById(`loose-${index}`)) byId("loose-list").append(looseCard(corpus.loose[index]));
  const card = document.getElementById(`loose-${index}`);
  const details = card?.querySelector("details");
  if (details) details.open = true;
  card?.scrollIntoView({ block: "start" });
  card?.focus({ preventScroll: true });
}

/**
 * Tells beside the number of rows in how many files in no article the searched words are.
 * @param {Search | null} search
 */
export function drawLooseFound(search) {
  const found = search ? corpus.loose.filter((loose) => holds(loose, search)) : [];
  const button = byId("found-loose", HTMLButtonElement);
  button.hidden = !found.length;
  button.dataset.loose = found.length ? String(found[0].index) : "";
  button.textContent = say("rows.found-alone", { n: found.length });
}

/**
 * @param {Loose} loose
 * @param {Search} search
 */
function holds({ file, title, text }, search) {
  return search.inTexts([file.file, title, ...(text || []).map(([, , each]) => each)]);
}
