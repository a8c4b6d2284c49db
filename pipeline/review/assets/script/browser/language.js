// @ts-check
// The language that the page speaks: the one chosen on it, otherwise the browser's.
/** @import { Language, Message, MessageKey, Values } from "../types.js" */

import { Messages, bestOf, markedPieces } from "../model/messages.js";
import { languageTag } from "../model/tags.js";
import { byId, el } from "./elements.js";
import { settings } from "./settings.js";

/** @type {Record<string, Record<string, Message>>} */
const all = JSON.parse(byId("messages").textContent);

const LANGUAGES = Object.keys(all);

/**
 * The languages of the page, each with its own name.
 * @type {[code: string, name: string][]}
 */
export const TONGUES = LANGUAGES.map((code) => [code, String(all[code]["page.language"])]);

const chosen = settings.get("language");
let messages = messagesIn(bestOf([chosen, ...navigator.languages], LANGUAGES));
/** @type {(() => void)[]} */
const listeners = [];

/** @param {string} code */
function messagesIn(code) {
  return new Messages(code, all[code]);
}

/** Returns the code of the page's language. */
export function language() {
  return messages.locale;
}

/**
 * Returns a message in the page's language.
 * @param {MessageKey} key
 * @param {Values} [values]
 */
export function say(key, values) {
  return messages.say(key, values);
}

/**
 * Returns a message with its keys and commands as elements.
 * @param {MessageKey} key
 */
export function sayMarked(key) {
  return markedPieces(say(key)).map(({ mark, text }) => (mark ? el(mark, { text }) : text));
}

/**
 * Makes the page speak another language, and remembers it.
 * @param {string} code
 */
export function turnLanguage(code) {
  settings.set("language", code);
  messages = messagesIn(code);
  for (const listener of listeners) listener();
}

/**
 * Calls back whenever the page speaks another language, in the order of these calls.
 * @param {() => void} listener
 */
export function onLanguage(listener) {
  listeners.push(listener);
}

/** @param {number} number */
export function numberText(number) {
  return messages.numbers.format(number);
}

/** @param {number} share 0..1 */
export function percent(share, digits = 0) {
  return new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: digits }).format(share);
}

/**
 * Returns a number with two digits behind the point.
 * @param {number} number
 */
export function decimal(number) {
  return number.toLocaleString(language(), { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** @param {string} time in UTC, as decisions have it; another text stays as it is */
export function dayOf(time) {
  return written(time, { dateStyle: "medium" });
}

/** @param {string} time as above */
export function momentOf(time) {
  return written(time, { dateStyle: "medium", timeStyle: "short" });
}

/**
 * @param {string} time
 * @param {Intl.DateTimeFormatOptions} how
 */
function written(time, how) {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : date.toLocaleString(language(), how);
}

/**
 * Returns several names as one.
 * @param {string[]} names
 */
export function listed(names) {
  return new Intl.ListFormat(language(), { type: "conjunction" }).format(names);
}

/**
 * Returns what the page's language calls a language of the corpus.
 * @param {Language} language
 */
export function nameOf({ code, name }) {
  if (language() === "en") return name;
  try {
    return new Intl.DisplayNames(language(), { type: "language" }).of(languageTag(code)) || name;
  } catch {
    return name; // its code is no tag
  }
}

/**
 * Returns a text with a capital letter at its beginning.
 * @param {string} text
 */
export function capital(text) {
  return text.charAt(0).toLocaleUpperCase(language()) + text.slice(1);
}
