// @ts-check
// Messages in one language: keys to texts with placeholders, and forms for numbers.
/** @import { Message, MessageKey, Values } from "../types.js" */

const PLACE = /\{(\w+)\}/g;
const MARKED = /<(kbd|code)>(.*?)<\/\1>/g;

/** The messages of a language, and numbers as it writes them. */
export class Messages {
  /**
   * @param {string} locale
   * @param {Record<string, Message>} texts by key
   */
  constructor(locale, texts) {
    this.locale = locale;
    this.texts = texts;
    this.forms = new Intl.PluralRules(locale);
    this.numbers = new Intl.NumberFormat(locale);
  }

  /**
   * Returns a message with values in its places. Of one with several forms the number `n` chooses.
   * @param {MessageKey} key
   * @param {Values} values numbers are written as the language writes them
   */
  say(key, values = {}) {
    const message = this.texts[key];
    const form = typeof message === "string" ? message : this.formFor(message, Number(values.n));
    return form.replace(PLACE, (_, name) => {
      const value = values[name];
      return typeof value === "number" ? this.numbers.format(value) : value;
    });
  }

  /**
   * @param {Record<string, string>} forms
   * @param {number} number
   */
  formFor(forms, number) {
    return forms[this.forms.select(number)] ?? forms.other ?? forms.many;
  }
}

/**
 * Returns the pieces of a message; those between `<kbd>` and `<code>` have that mark.
 * @param {string} text
 * @returns {{mark: "" | "kbd" | "code", text: string}[]}
 */
export function markedPieces(text) {
  /** @type {{mark: "" | "kbd" | "code", text: string}[]} */
  const pieces = [];
  let end = 0;
  for (const found of text.matchAll(MARKED)) {
    pieces.push({ mark: "", text: text.slice(end, found.index) });
    pieces.push({ mark: /** @type {"kbd" | "code"} */ (found[1]), text: found[2] });
    end = found.index + found[0].length;
  }
  return [...pieces, { mark: /** @type {const} */ (""), text: text.slice(end) }].filter((piece) => piece.text);
}

/**
 * Returns the first of the wanted languages that there are messages for, otherwise English.
 * @param {readonly string[]} wanted tags such as `pl-PL`, the best first
 * @param {string[]} known
 */
export function bestOf(wanted, known) {
  const codes = wanted.map((tag) => tag.toLowerCase().split("-")[0]);
  return codes.find((code) => known.includes(code)) || "en";
}
