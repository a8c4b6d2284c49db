// @ts-check
// Files in no article: what they say, what they might be a translation of, and why they are not.
/** @import { Loose } from "../types.js" */

import { byId, el } from "../browser/elements.js";
import { count, folded } from "../model/text.js";
import { corpus } from "../state.js";
import { fileButton } from "./files.js";

const SHOWN = 150; // the others are shown when they are asked for
/** @type {Readonly<Record<string, string>>} */
const VERDICTS = { alone: "Alone", duplicate: "A version", rejected: "Rejected" };

/** Returns the section with the files in no article, or null if there are none. */
export function looseSection() {
  if (!corpus.loose.length) return null;
  const more = corpus.loose.length - SHOWN;
  const lead = "Nobody sees them in the corpus. Each tells the nearest files and why they are not its translation.";
  return el(
    "section",
    { id: "loose" },
    el("h2", { text: "Files in no article" }),
    el("p", { class: "lead", text: lead }),
    el("ul", { class: "articles", id: "loose-list" }, corpus.loose.slice(0, SHOWN).map(looseCard)),
    more > 0 ? el("p", { class: "lead", text: `${count(more, "more file")}: see the list beside.` }) : null,
  );
}

/** Returns what an empty corpus says, or null. */
export function emptySection() {
  if (corpus.articles.length || corpus.left_out.length) return null;
  const [title, text] = corpus.files.length
    ? ["No article", "No two of the raw files translate each other. Below, each says why."]
    : ["No raw files", "The folder was empty. Put the texts into it, and run synoptic align again."];
  return el("section", { id: "empty" }, el("h2", { text: title }), el("p", { class: "lead", text }));
}

/** @param {Loose} loose */
function looseCard(loose) {
  const { file, title, index, rivals } = loose;
  const language = corpus.languages.find(({ code }) => code === file.language);
  const meta = [file.file, language?.name || file.language, file.author, file.date].filter(Boolean).join(" · ");
  return el(
    "li",
    { class: "article-figure loose", id: `loose-${index}`, tabindex: "-1" },
    el("h3", { lang: file.language || null, dir: "auto", text: title }),
    el("p", { class: "meta", text: meta }),
    el("p", {}, el("strong", { text: VERDICTS[file.verdict] || file.verdict || "" }), `: ${file.reason || ""}`),
    rivals.length
      ? el("ul", { class: "rivals", "aria-label": "Nearest files" }, rivals.map((rival) => rivalLine(file.file, rival)))
      : null,
    file.language ? fileButton("join-file", "Join with…", file.file) : null,
    textOf(loose),
  );
}

/**
 * @param {string} own name
 * @param {[file: string, probability: number]} rival
 */
function rivalLine(own, [name, probability]) {
  const file = corpus.files.find((each) => each.file === name);
  const article = file && corpus.byArticle.get(file.article);
  const other = corpus.loose.find((each) => each.file.file === name);
  const percent = `${(100 * probability).toFixed(probability < 0.1 ? 1 : 0)} %`;
  /** @type {Record<string, string | number>} */
  const data = article ? { do: "pick-article", article: article.index } : { do: "show-loose", loose: other?.index ?? -1 };
  const where = article ? `, in the article “${article.title}”` : "";
  return el(
    "li",
    {},
    el("button", { type: "button", class: "link", data, text: name }),
    el("span", { class: "meta", text: ` ${percent} probable${where} ` }),
    fileButton("join-file", "Join", own, name),
  );
}

/** @param {Loose} loose */
function textOf({ file, text }) {
  if (!text) return el("p", { class: "meta", text: "Its text would be too much for this page." });
  if (!text.length) return null;
  const details = el("details", {}, el("summary", { text: `Text, ${text.length} ¶` }));
  const paragraphs = text.map(([number, kind, words]) =>
    el(
      "p",
      { class: `paragraph ${kind}` },
      el("span", { class: "place", "aria-hidden": "true", text: number }),
      kind === "boilerplate" ? el("span", { class: "kind", lang: "en", text: "boilerplate" }) : null,
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
 * @param {string} words in lower case, or ""
 */
export function drawLooseFound(words) {
  const found = words ? corpus.loose.filter((loose) => holds(loose, words)) : [];
  const button = byId("found-loose", HTMLButtonElement);
  button.hidden = !found.length;
  button.dataset.loose = found.length ? String(found[0].index) : "";
  button.textContent = `and ${found.length} ${found.length === 1 ? "file" : "files"} in no article`;
}

/**
 * @param {Loose} loose
 * @param {string} words
 */
function holds({ file, title, text }, words) {
  return [file.file, title, ...(text || []).map(([, , each]) => each)].some((each) => folded(each).includes(words));
}
