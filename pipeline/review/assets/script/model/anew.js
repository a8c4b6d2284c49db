// @ts-check
// Rows that are aligned anew after a repair, as the next run will align them.
//
// They are no decisions: nobody has looked at them. They follow from the decisions alone, so that every page comes
// to the same, and that what takes the repair back takes them back too.
/** @import { Answered, Article, Corpus, Decision, Paragraph, Row } from "../types.js" */

import { paragraphsOf } from "./corpus.js";
import { derivedRow } from "./derived.js";
import { keyOf, printsOf } from "./places.js";

const REPAIRS = ["repair", "split"];
const ABOUT_ROWS = [...REPAIRS, "approve", "reject"];

/** @typedef {{key: string, decisions: Decision[]}} Wanted what an article is to be aligned with */

export const anew = {
  on: false, // whether there is a server that aligns
  /** @type {Map<Article, Wanted>} those whose rows are not known yet */
  wanted: new Map(),
};

/** @type {WeakMap<Article, Map<string, Row[]>>} */
const known = new WeakMap();
/** @type {WeakMap<Article, Row[]>} those that were shown last */
const latest = new WeakMap();

/**
 * Returns the rows of an article aligned anew, null if those of the run hold. Where they are not known yet, they
 * are wanted, and the last ones are returned.
 * @param {Article} article its rows are those of the run with the decisions
 * @param {Decision[]} decisions about it
 */
export function rowsAnew(article, decisions) {
  anew.wanted.delete(article);
  if (!anew.on || !isRepaired(article)) return null;
  const about = upToRepair(decisions.filter(({ kind }) => ABOUT_ROWS.includes(kind)));
  const key = about.map(({ id }) => id).join(" ");
  const rows = known.get(article)?.get(key);
  if (rows) latest.set(article, rows);
  else anew.wanted.set(article, { key, decisions: about });
  return rows || lastOf(article);
}

/**
 * Returns the rows of an article that were shown last, if they are of the paragraphs that it has now.
 * @param {Article} article
 */
function lastOf(article) {
  const rows = latest.get(article);
  const own = new Set(article.rows.flatMap(paragraphsOf));
  const last = rows ? rows.flatMap(paragraphsOf) : [];
  return rows && last.length === own.size && last.every((paragraph) => own.has(paragraph)) ? rows : null;
}

/**
 * Returns whether decisions make other rows than the run knew, or a repair that it knew does not hold any more.
 * @param {Article} article
 */
function isRepaired({ rows, base, mended }) {
  if (rows.length !== base.length || rows.some((row, k) => row !== base[k])) return true;
  return mended.some(({ review }) => !review.state);
}

/**
 * Returns the decisions up to the last repair: a verdict given after it moves no row.
 * @param {Decision[]} decisions
 */
function upToRepair(decisions) {
  const last = decisions.findLastIndex(({ kind }) => REPAIRS.includes(kind));
  return last < 0 ? decisions : decisions.slice(0, last + 1);
}

/**
 * Takes in the rows of an article; returns whether they are of its paragraphs.
 * @param {Corpus} corpus
 * @param {Article} article
 * @param {string} key of what was wanted
 * @param {Answered[]} answered
 */
export function takeAnew(corpus, article, key, answered) {
  const rows = rowsOf(corpus, article, answered);
  if (!rows) return false;
  const own = known.get(article) || new Map();
  known.set(article, own.set(key, rows));
  article.replayed = null;
  return true;
}

/**
 * @param {Corpus} corpus
 * @param {Article} article
 * @param {Answered[]} answered
 */
function rowsOf(corpus, article, answered) {
  /** @type {Map<string, Paragraph[]>} */
  const left = new Map();
  for (const paragraph of [...printsOf(article).values()].flat()) {
    const place = `${paragraph.number} ${keyOf(paragraph)}`;
    left.set(place, [...(left.get(place) || []), paragraph]);
  }
  const rows = answered.map(([confidence, review, moved, cells, rival]) => {
    const found = cells.flatMap((cell, k) =>
      (cell || []).map(([number, print]) => left.get(`${number} ${corpus.languages[k].code}:${print}`)?.shift()));
    const paragraphs = found.flatMap((paragraph) => paragraph || []);
    if (!found.length || paragraphs.length < found.length) return null;
    const row = derivedRow(corpus, article, paragraphs, confidence);
    if (row.base || review) return row;
    return Object.assign(row, {
      confidence, unsure: confidence < corpus.low, moved: Boolean(moved), rival: rival || null,
    });
  });
  return rows.includes(null) ? null : /** @type {Row[]} */ (rows);
}
