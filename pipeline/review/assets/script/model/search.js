// @ts-check
// The search: words anywhere, whole words, or a regular expression.
/** @import { Filter, Found, Row, Spans } from "../types.js" */

import { cellText } from "./corpus.js";
import { folded } from "./text.js";

export const MOST_HITS = 200; // in a text
const WORD = /[\p{L}\p{M}\p{N}_]/u;

/**
 * What the filter searches for, null if nothing.
 * @typedef {object} Search
 * @property {(row: Row) => boolean} inRow
 * @property {(texts: string[]) => boolean} inTexts
 * @property {(text: string) => Spans} hits in UTF-16 units
 */

/**
 * @param {Filter} filter
 * @returns {Search | null}
 */
export function searchOf({ search, way, found }) {
  const words = folded(search.trim());
  if (!words) return null;
  if (way === "expression") return byExpression(found?.spans || new Map());
  const at = way === "words" ? wholeWordAt : (/** @type {string} */ text, /** @type {number} */ from) => text.indexOf(words, from);
  const has = (/** @type {string} */ text) => at(text, 0, words) >= 0;
  return {
    inRow: (row) => has(searchText(row)),
    inTexts: (texts) => has(folded(texts.join("\n"))),
    hits: (text) => hitsOf(folded(text), text.length, (from, where) => at(where, from, words), words.length),
  };
}

/**
 * @param {Map<string, Spans>} spans by text
 * @returns {Search}
 */
function byExpression(spans) {
  const hits = (/** @type {string} */ text) => spans.get(text) || [];
  const inTexts = (/** @type {string[]} */ texts) => texts.some((text) => hits(text).length > 0);
  return { inRow: (row) => inTexts(textsOf(row)), inTexts, hits };
}

/**
 * Returns the texts of a row that are searched for expressions, which would find too much in ids.
 * @param {Row} row
 */
export function textsOf(row) {
  const { comments, proposals } = row.review;
  return [
    ...row.cells.map(cellText),
    ...row.findings.flatMap(({ message, suggestion }) => [message, suggestion]),
    ...[...comments, ...proposals].map(({ text }) => text),
  ];
}

/** @param {Row} row */
function searchText(row) {
  if (row.searchText === null) {
    const found = row.findings.flatMap((f) => [f.id, f.message, f.suggestion]);
    row.searchText = folded([row.id, ...row.cells.map(cellText), ...found].join("\n"));
  }
  const { comments, proposals } = row.review;
  const said = [...comments, ...proposals].map((each) => each.text).join("\n");
  return said ? `${row.searchText}\n${folded(said)}` : row.searchText;
}

/**
 * Returns where words begin that are not part of longer ones, -1 if nowhere.
 * @param {string} text
 * @param {number} from
 * @param {string} words
 */
function wholeWordAt(text, from, words) {
  for (let at = text.indexOf(words, from); at >= 0; at = text.indexOf(words, at + 1)) {
    const end = at + words.length;
    if (!(joins(text, at) || joins(text, end))) return at;
  }
  return -1;
}

/**
 * Returns whether a place is inside a word.
 * @param {string} text
 * @param {number} at
 */
function joins(text, at) {
  const before = text.slice(Math.max(0, at - 2), at);
  const last = String.fromCodePoint(before.codePointAt(/[\udc00-\udfff]$/.test(before) ? 0 : before.length - 1) || 32);
  const next = String.fromCodePoint(text.codePointAt(at) || 32);
  return WORD.test(last) && WORD.test(next);
}

/**
 * @param {string} text in which is searched
 * @param {number} length of the text as it is shown
 * @param {(from: number, text: string) => number} next
 * @param {number} size of a hit
 * @returns {Spans}
 */
function hitsOf(text, length, next, size) {
  /** @type {Spans} */
  const spans = [];
  if (text.length !== length) return spans; // lower-casing changed the offsets
  for (let at = next(0, text); at >= 0 && spans.length < MOST_HITS; at = next(at + size, text)) spans.push([at, at + size]);
  return spans;
}

/**
 * Returns the expression that a text is, null if it is none. Letters of both cases are one, and `^` and `$` are the
 * ends of a line.
 * @param {string} source
 */
export function expressionOf(source) {
  for (const flags of ["gimu", "gim"]) {
    try {
      return new RegExp(source, flags);
    } catch {
      // not with these flags
    }
  }
  return null;
}

/**
 * Returns the hits of an expression in each of the texts. It runs in a worker, which gets its source alone: nothing
 * in it may be from outside.
 * @param {RegExp} expression
 * @param {string[]} texts
 * @param {number} most hits in a text
 * @returns {Spans[]}
 */
export function scanned(expression, texts, most) {
  return texts.map((text) => {
    /** @type {Spans} */
    const spans = [];
    expression.lastIndex = 0;
    for (let hit = expression.exec(text); hit && spans.length < most; hit = expression.exec(text)) {
      if (hit[0]) spans.push([hit.index, hit.index + hit[0].length]);
      else expression.lastIndex += 1;
    }
    return spans;
  });
}

/**
 * Returns what was found before and now, by text.
 * @param {Found | null} before
 * @param {string} source
 * @param {string[]} texts
 * @param {Spans[]} spans
 * @returns {Found}
 */
export function foundWith(before, source, texts, spans) {
  const known = before?.source === source ? before.spans : new Map();
  texts.forEach((text, k) => known.set(text, spans[k]));
  return { source, spans: known, version: (before?.version || 0) + 1 };
}
