// @ts-check
// What looks damaged: marks in paragraphs, lines below rows and below the heads of articles.
/** @import { Article, Paragraph, Row } from "../types.js" */
/** @import { Damage } from "../model/suspicions.js" */

import { el } from "../browser/elements.js";
import { language, nameOf, say } from "../browser/language.js";
import { concerns, damageInRow, damageOf, damagedRows } from "../model/suspicions.js";
import { corpus } from "../state.js";

const SHOWN_RANGES = 12;

/** @param {Damage} damage */
function wordsOf({ name }) {
  return corpus.suspicions?.[name] || name;
}

/**
 * Returns the mark of a paragraph, null if nothing is wrong with it.
 * @param {Paragraph} paragraph
 * @param {Damage[]} damages of its article
 */
export function damageMark(paragraph, damages) {
  const words = damages.filter((damage) => concerns(damage, paragraph)).map(wordsOf);
  if (!words.length) return null;
  const text = el("span", { lang: language(), text: say("damage.mark") });
  return el("span", { class: "kind", lang: "en", title: words.join("; ") }, text);
}

/**
 * Returns in words what looks damaged in a row: for each suspicion where, in the page's language, and what.
 * @param {Row} row
 * @returns {[where: string, what: HTMLElement][]}
 */
export function damageTexts(row) {
  return damageInRow(row).map((damage) => {
    const known = corpus.languages.find(({ code }) => code === damage.language);
    const place = `${known ? nameOf(known) : damage.language} ¶ ${damage.numbers}`;
    return [say("damage.line", { place }), adviceOn(damage)];
  });
}

/** @param {Damage} damage */
function adviceOn(damage) {
  return el("span", { lang: "en", text: wordsOf(damage) });
}

/**
 * Returns the lines below the head of an article, each with a button that goes to the next of the rows.
 * @param {Article} article
 */
export function damageLines(article) {
  return damageOf(article).map((damage, k) => {
    const place = `${damage.file} ¶ ${rangesOf(damage)}`;
    const button = el("button", {
      type: "button", class: "small", data: { do: "next-damage", article: article.index, damage: k },
      "aria-label": say("damage.show-label", { file: damage.file }), text: say("damage.show"),
    });
    const shown = damagedRows(article, damage).length ? [" ", button] : [];
    return el("p", { class: "meta" }, say("damage.line", { place }), adviceOn(damage), shown);
  });
}

/** @param {Damage} damage */
function rangesOf({ ranges }) {
  const shown = ranges.slice(0, SHOWN_RANGES).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return ranges.length > SHOWN_RANGES ? `${shown.join(", ")}, …` : shown.join(", ");
}
