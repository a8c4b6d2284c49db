// @ts-check
// The drafts that wait to be saved: below their rows, and all of them on the overview.
/** @import { Draft } from "../browser/drafts.js" */
/** @import { Row } from "../types.js" */

import { drafts } from "../browser/drafts.js";
import { el } from "../browser/elements.js";
import { nameOf, say } from "../browser/language.js";
import { rowById } from "../model/corpus.js";
import { corpus, editing } from "../state.js";

/**
 * Returns a line for each draft of a row that is not being edited.
 * @param {Row} row
 * @param {boolean} here whether it is the current row
 */
export function draftLines(row, here) {
  return row.cells.flatMap((_, column) => {
    const language = corpus.languages[column];
    const { code } = language;
    const draft = drafts.get(row.id, code);
    if (!draft || (editing.row === row && editing.column === column)) return [];
    const data = { column, draft: code, row: row.id };
    return [el(
      "li",
      { class: "note remark draft" },
      el("span", { class: "severity", text: say("draft.of", { language: nameOf(language) }) }),
      el("span", { class: "body" }, el("span", { class: "proposed", lang: code, dir: "auto", text: draft.text })),
      el("span", { class: "draft-tools" },
        el("button", { type: "button", class: "small", tabindex: here ? null : "-1", data: { do: "edit-draft", ...data } }, say("draft.go-on")),
        discardButton(row.id, code, here)),
    )];
  });
}

/**
 * @param {string} row id
 * @param {string} language
 * @param {boolean} here
 */
function discardButton(row, language, here) {
  return el("button", {
    type: "button", class: "small", tabindex: here ? null : "-1", data: { do: "discard-draft", row, draft: language },
  }, say("draft.discard"));
}

/** Returns the section with all drafts, or null if there are none. */
export function draftsSection() {
  const all = drafts.all();
  if (!all.length) return null;
  return el(
    "section",
    { id: "drafts" },
    el("h2", { text: say("draft.title") }),
    el("p", { class: "lead", text: say("draft.lead") }),
    el("ul", { class: "stale" }, all.map(draftItem)),
  );
}

/** @param {Draft} draft */
function draftItem({ row: id, language, text, article }) {
  const row = rowById(corpus, id);
  const title = corpus.byArticle.get(article)?.title || article;
  const where = row ? say("draft.row", { row: String(row.number), title }) : say("draft.row-gone", { title });
  return el(
    "li",
    { class: "stale-decision" },
    el("strong", { text: where }),
    el("q", { lang: language, dir: "auto", text }),
    row ? el("button", { type: "button", class: "small", data: { do: "go-to-row", row: id } }, say("go-there")) : null,
    discardButton(id, language, true),
  );
}
