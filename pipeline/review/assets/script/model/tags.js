// @ts-check
// Languages as a browser calls them.

/** Chinese is written in two scripts with glyphs of their own; browsers know them by script, not by country. */
const WITH_SCRIPT = new Map([["zh-cn", "zh-Hans"], ["zh-tw", "zh-Hant"]]);

/**
 * Returns what the attribute `lang` says for a language.
 * @param {string} code
 */
export function languageTag(code) {
  return WITH_SCRIPT.get(code) || code;
}
