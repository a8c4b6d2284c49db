// @ts-check
// Numbers in digits as languages write them.

const SPACES = "\u00a0\u202f\u2009 ";

/** @typedef {{decimal: string, group: string}} Marks */

/**
 * Returns what a language writes between the whole and the fraction, and between thousands.
 * @param {string} language code
 * @returns {Marks}
 */
function marksIn(language) {
  const known = Intl.NumberFormat.supportedLocalesOf([language]);
  const parts = new Intl.NumberFormat(known.length ? language : "en").formatToParts(1234567.5);
  const mark = (/** @type {string} */ name) => parts.find(({ type }) => type === name)?.value || "";
  return { decimal: mark("decimal"), group: mark("group") };
}

/**
 * Returns a number written in one language as another one writes it, "" if it is not one in digits. It has
 * marks between thousands if `like`, the number that it replaces, does, or cannot tell and the number has.
 * @param {string} written
 * @param {string} from
 * @param {string} to
 * @param {string} like
 */
export function rewritten(written, from, to, like) {
  const parts = partsOf(written.trim(), marksIn(from));
  if (!parts) return "";
  const marks = marksIn(to);
  const old = partsOf(like.trim(), marks);
  const grouped = old && old.whole.length > 3 ? old.grouped : parts.grouped;
  const whole = grouped ? parts.whole.replace(/\B(?=(\d{3})+$)/g, marks.group) : parts.whole;
  return parts.fraction ? whole + marks.decimal + parts.fraction : whole;
}

/**
 * @param {string} written
 * @param {Marks} marks
 */
function partsOf(written, { decimal, group }) {
  const [whole, fraction = "", more] = decimal ? written.split(decimal) : [written];
  const thousands = SPACES.includes(group) ? new RegExp(`[${SPACES}]`) : group;
  const pieces = whole.split(thousands);
  const isGrouped = pieces.length > 1;
  const plain = /^\d+$/.test(pieces[0]) && (!isGrouped || pieces[0].length < 4);
  const full = pieces.slice(1).every((piece) => /^\d{3}$/.test(piece));
  if (more !== undefined || !plain || !full || !/^\d*$/.test(fraction)) return null;
  return { whole: pieces.join(""), fraction, grouped: isGrouped };
}
