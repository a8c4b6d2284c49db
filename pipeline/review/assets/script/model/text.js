// @ts-check
// Text functions: cleaning for decisions, offsets, differences of two texts.

const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
// eslint-disable-next-line no-control-regex -- matches the characters to remove
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/**
 * Returns a text without control characters (except line break and tab) or lone surrogates, as decisions
 * require.
 * @param {string} text
 */
export function writable(text) {
  return text.replace(/\r\n?/g, "\n").replace(CONTROL, "").replace(HALF, "");
}

/**
 * Converts an offset in code points, as in findings, to UTF-16 units.
 * @param {string} text
 * @param {number} points
 */
export function unitOffset(text, points) {
  if (!/[\ud800-\udbff]/.test(text)) return points;
  let unit = 0;
  for (let point = 0; point < points && unit < text.length; point += 1) {
    unit += /** @type {number} */ (text.codePointAt(unit)) > 0xffff ? 2 : 1;
  }
  return unit;
}

/** @param {string} text */
export function pointCount(text) {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g) || []).length;
}

/**
 * @param {string} text
 * @param {number} length
 */
export function shortened(text, length) {
  return text.length > length ? `${text.slice(0, length - 1).replace(HALF, "")}…` : text;
}

/** @param {(string | undefined)[]} units */
function solid(...units) {
  return units.some((unit) => unit && /\S/.test(unit));
}

/**
 * Returns the lengths of the common prefix and suffix of two texts in units, in whole words.
 * @param {string} before
 * @param {string} after
 * @returns {[start: number, end: number]}
 */
export function commonEnds(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  while (start > 0 && solid(after[start - 1]) && solid(before[start], after[start])) start -= 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  while (end > 0 && solid(after.at(-end)) && solid(before.at(-1 - end), after.at(-1 - end))) end -= 1;
  return [start, end];
}

const ACCENTED = /[\u00e0-\u024f\u1e00-\u1eff]/g;
const STROKED = new Map([["ł", "l"], ["ø", "o"], ["đ", "d"], ["ħ", "h"], ["ŧ", "t"], ["ı", "i"]]);

/**
 * Returns the text to search in, without case and accents: `wylozyl` finds `wyłożył`. Every letter stays one
 * letter, so that the marks of hits do not shift.
 * @param {string} text
 */
export function folded(text) {
  return text.toLowerCase().replace(ACCENTED, (letter) => STROKED.get(letter) || letter.normalize("NFD")[0]);
}
