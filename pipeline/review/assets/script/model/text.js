// @ts-check
// Texts: what a decision can hold, how numbers are written, how two texts differ.

const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
// eslint-disable-next-line no-control-regex -- these are what is to be removed
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/**
 * Returns what a decision can hold of a text: no control characters but line break and tab, no half
 * characters.
 * @param {string} text
 */
export function writable(text) {
  return text.replace(/\r\n?/g, "\n").replace(CONTROL, "").replace(HALF, "");
}

/**
 * @param {number} number
 * @param {string} noun in the singular
 */
export function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/** @param {number} share 0..1 */
export function percent(share) {
  return `${Math.round(100 * share)} %`;
}

/**
 * Offsets of findings count code points; those of JavaScript count UTF-16 units.
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
 * Returns a long text without its middle: what matters is how it begins and ends.
 * @param {string} text
 */
export function endsOf(text) {
  return text.length > 320 ? `${text.slice(0, 200)} […] ${text.slice(-100)}`.replace(HALF, "") : text;
}

/** @param {(string | undefined)[]} units */
function solid(...units) {
  return units.some((unit) => unit && /\S/.test(unit));
}

/**
 * Returns how many units two texts have in common at their beginning and at their end, in whole words.
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

/**
 * Returns what a search compares. Only case is ignored: other forms would change the length, and hits are
 * marked at their place.
 * @param {string} text
 */
export function folded(text) {
  return text.toLowerCase();
}
