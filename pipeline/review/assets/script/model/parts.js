// @ts-check
// Paragraphs that people have split in two, by the rules of the next run (pipeline/decisions/splits.py).
/** @import { Decision, Paragraph } from "../types.js" */

import { blake2b } from "./digest.js";

const SPACE = "\\t\\n\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"; // that goes between the parts
const BEGINNING = new RegExp(`^[${SPACE}]+`);
const END = new RegExp(`[${SPACE}]+$`);

/** @param {string} text */
export function trimmed(text) {
  return text.replace(BEGINNING, "").replace(END, "");
}

/**
 * Returns the first part of a text that is split at a place, null if one of the parts would be empty.
 * @param {string} text
 * @param {number} place in UTF-16 units
 */
export function headAt(text, place) {
  const at = /[\udc00-\udfff]/.test(text[place] || "") ? place - 1 : place; // not inside a character
  const head = text.slice(0, at).replace(END, "");
  return trimmed(head) === head && head && trimmed(text.slice(at)) ? head : null;
}

/** @type {WeakMap<Paragraph, Map<string, [Paragraph, Paragraph]>>} */
const made = new WeakMap();
let serial = 0; // parts count downwards, so that they have none of the paragraphs of the page

/**
 * Returns the two parts of a paragraph; the same first part always gives the same objects.
 * @param {Paragraph} paragraph
 * @param {string} head its first part
 */
export function partsOf(paragraph, head) {
  const known = made.get(paragraph) || new Map();
  made.set(paragraph, known);
  if (!known.has(head)) {
    const tail = trimmed(paragraph.text.slice(head.length));
    known.set(head, [part(paragraph, head, 0), part(paragraph, tail, paragraph.text.lastIndexOf(tail))]);
  }
  return /** @type {[Paragraph, Paragraph]} */ (known.get(head));
}

/**
 * @param {Paragraph} whole
 * @param {string} text
 * @param {number} offset of the text in it
 * @returns {Paragraph}
 */
function part(whole, text, offset) {
  const { root, offset: before } = placeOf(whole);
  serial -= 1;
  const print = blake2b(new TextEncoder().encode(text), 6);
  return { ...whole, text, print, serial, place: { root, offset: before + offset } };
}

/** @param {Paragraph} paragraph */
function placeOf({ serial: own, place }) {
  return place || { root: own, offset: 0 };
}

/**
 * Compares two paragraphs of a language by their places in the file.
 * @param {Paragraph} one
 * @param {Paragraph} other
 */
export function inFile(one, other) {
  const [a, b] = [placeOf(one), placeOf(other)];
  return one.number - other.number || a.root - b.root || a.offset - b.offset;
}

/**
 * Finds the paragraph that a decision splits, and says why if there is none. Neither is there where the run has
 * split it already.
 * @param {Iterable<Paragraph>} paragraphs of the article, in any order
 * @param {Decision} decision
 * @returns {{whole?: Paragraph, head: string, reason?: string}}
 */
export function splitOf(paragraphs, { paragraphs: reference, text }) {
  const [language, place, print] = reference.split(":");
  const number = Number(place);
  const head = trimmed(text);
  const own = [...paragraphs].filter((p) => p.language === language).sort(inFile);
  const distance = (/** @type {Paragraph} */ p) => Math.abs(p.number - number);
  const [whole] = own.filter((p) => p.print === print).sort((a, b) => distance(a) - distance(b));
  const done = own.filter((p) => p.text === head);
  if (!whole || (whole.number !== number && done.some((p) => p.number === number))) {
    return done.length ? { head } : { head, reason: `its article has no such text now: ${language} ${number}` };
  }
  const parts = whole.text.startsWith(head) && head && trimmed(whole.text.slice(head.length));
  return parts ? { whole, head } : { head, reason: "its text does not begin with the first part" };
}
