// @ts-check
// Which paragraphs look damaged, as the column `suspicious` of articles.csv tells.
/** @import { Article, Paragraph, Row } from "../types.js" */

import { numbersOf, paragraphsOf } from "./corpus.js";

/**
 * Paragraphs of a file that look damaged in the same way.
 * @typedef {object} Damage
 * @property {string} file
 * @property {string} language code
 * @property {string} name of the suspicion
 * @property {[from: number, to: number][]} ranges of paragraph numbers
 */

/**
 * Returns what the cell of a file says, such as `missing_characters 3,7-8; truncated_end 9`.
 * @param {Record<string, string>} line of articles.csv
 * @returns {Damage[]}
 */
function readDamage({ file, language, suspicious = "" }) {
  return suspicious.split("; ").filter(Boolean).map((part) => {
    const gap = part.lastIndexOf(" ");
    const ranges = part.slice(gap + 1).split(",").map(readRange);
    return { file, language, name: part.slice(0, gap), ranges };
  });
}

/**
 * @param {string} text
 * @returns {[from: number, to: number]}
 */
function readRange(text) {
  const [from, to = from] = text.split("-").map(Number);
  return [from, to];
}

/**
 * Returns what looks damaged in the files of an article, in the order of its files.
 * @param {Article} article
 */
export function damageOf({ files }) {
  return files.flatMap(readDamage);
}

/**
 * @param {Damage} damage
 * @param {Paragraph} paragraph
 */
export function concerns({ language, ranges }, paragraph) {
  const { number } = paragraph;
  return paragraph.language === language && ranges.some(([from, to]) => from <= number && number <= to);
}

/**
 * Returns the suspicions about a row, each with the numbers of its paragraphs.
 * @param {Row} row
 */
export function damageInRow(row) {
  return damageOf(row.article).flatMap((damage) => {
    const concerned = paragraphsOf(row).filter((paragraph) => concerns(damage, paragraph));
    return concerned.length ? [{ ...damage, numbers: numbersOf(concerned) }] : [];
  });
}

/**
 * Returns the rows of an article with paragraphs of a damage; boilerplate may be in none.
 * @param {Article} article
 * @param {Damage} damage
 */
export function damagedRows(article, damage) {
  return article.rows.filter((row) => paragraphsOf(row).some((paragraph) => concerns(damage, paragraph)));
}
