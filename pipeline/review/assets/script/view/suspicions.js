// @ts-check
// What looks damaged: marks in paragraphs, lines below rows and below the heads of articles.
/** @import { Article, Paragraph, Row } from "../types.js" */
/** @import { Damage } from "../model/suspicions.js" */

import { el } from "../browser/elements.js";
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
  return words.length ? el("span", { class: "kind", lang: "en", title: words.join("; "), text: "damaged?" }) : null;
}

/**
 * Returns in words what looks damaged in a row, a text for each suspicion.
 * @param {Row} row
 */
export function damageTexts(row) {
  return damageInRow(row).map((damage) => {
    const language = corpus.languages.find(({ code }) => code === damage.language);
    return `Damaged? ${language ? language.name : damage.language} ¶ ${damage.numbers}: ${wordsOf(damage)}`;
  });
}

/**
 * Returns the lines below the head of an article, each with a button that goes to the next of the rows.
 * @param {Article} article
 */
export function damageLines(article) {
  return damageOf(article).map((damage, k) => {
    const text = `Damaged? ${damage.file} ¶ ${rangesOf(damage)}: ${wordsOf(damage)} `;
    const button = el("button", {
      type: "button", class: "small", data: { do: "next-damage", article: article.index, damage: k },
      "aria-label": `Show the next damaged row of ${damage.file}: ${wordsOf(damage)}`, text: "Show",
    });
    return el("p", { class: "meta" }, text, damagedRows(article, damage).length ? button : null);
  });
}

/** @param {Damage} damage */
function rangesOf({ ranges }) {
  const shown = ranges.slice(0, SHOWN_RANGES).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return ranges.length > SHOWN_RANGES ? `${shown.join(", ")}, …` : shown.join(", ");
}
