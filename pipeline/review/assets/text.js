// Making elements: text only ever becomes text, never markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name === "on") for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function el(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

function svg(tag, properties, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function byId(id) {
  return document.getElementById(id);
}

const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

// What a text of a decision can hold: no control characters but line break and tab, no half characters.
function writable(text) {
  const whole = text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "");
  return whole.replace(HALF, "");
}

function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function percent(share) {
  return `${Math.round(100 * share)} %`;
}

// Offsets of findings count code points; those of JavaScript count UTF-16 units.
function unitOffset(text, points) {
  if (!/[\ud800-\udbff]/.test(text)) return points;
  let unit = 0;
  for (let point = 0; point < points && unit < text.length; point += 1) {
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  return unit;
}

function pointCount(text) {
  let points = text.length;
  for (const pair of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) points -= pair ? 1 : 0;
  return points;
}

// A long text without its middle: what matters is how it begins and ends.
function endsOf(text) {
  return text.length > 320 ? `${text.slice(0, 200)} […] ${text.slice(-100)}`.replace(HALF, "") : text;
}

// What two texts have in common at their beginning and at their end, in whole words.
function commonEnds(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  const solid = (...units) => units.some((unit) => unit && /\S/.test(unit));
  while (start > 0 && solid(after[start - 1]) && solid(before[start], after[start])) start -= 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  while (end > 0 && solid(after.at(-end)) && solid(before.at(-1 - end), after.at(-1 - end))) end -= 1;
  return [start, end];
}

// What a search compares: case and compatibility forms do not count. Lengths can change, so hits are
// looked for in the text with lower-case letters only.
function folded(text) {
  return text.toLowerCase();
}
