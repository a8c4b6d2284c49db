// @ts-check
// The dialog to split a row, with a cut for each language: between paragraphs, at a sentence or at a character.
/** @import { Paragraph, Row } from "../types.js" */
/** @import { Cut } from "../model/cuts.js" */

import { around, byId, el } from "../browser/elements.js";
import { capital, nameOf, say } from "../browser/language.js";
import { cutBeside, cutNear, likelyCuts, parted } from "../model/cuts.js";
import { headAt } from "../model/parts.js";
import { corpus, current } from "../state.js";
import { closed, openDialog } from "./dialogs.js";

/** @type {{row: Row | null, cuts: Cut[], column: number}} */
const splitting = { row: null, cuts: [], column: 0 };

/**
 * Resolves with the paragraphs of the two rows and what is split for them, or null on cancel.
 * @param {Row} row
 */
export async function askSplit(row) {
  splitting.row = row;
  splitting.cuts = likelyCuts(row, current.column);
  splitting.column = firstToCut(row);
  drawSplit(row);
  const dialog = byId("splitting", HTMLDialogElement);
  openDialog(dialog);
  byId("split-grid").focus();
  return (await closed(dialog)) === "save" ? parted(row, splitting.cuts) : null;
}

/**
 * Returns the column to begin with: the current one if it has a text, otherwise the first that has.
 * @param {Row} row
 */
function firstToCut(row) {
  return row.cells[current.column]?.length ? current.column : row.cells.findIndex((cell) => cell && cell.length);
}

/** @param {Row} row */
function drawSplit(row) {
  const columns = row.cells.flatMap((cell, k) => (cell && cell.length ? [splitColumn(cell, k)] : []));
  byId("split-grid").replaceChildren(...columns);
  byId("split-save", HTMLButtonElement).disabled = !parted(row, splitting.cuts);
  byId("split-grid").querySelector(".active .here")?.scrollIntoView({ block: "nearest" });
}

/**
 * @param {Paragraph[]} cell
 * @param {number} k
 */
function splitColumn(cell, k) {
  const items = cell.flatMap((paragraph, n) => [cutButton(k, n, cell.length), ...paragraphParts(paragraph, k, n)]);
  return el(
    "div",
    { class: `split-column${k === splitting.column ? " active" : ""}`, data: { column: k } },
    el("h3", { text: capital(nameOf(corpus.languages[k])) }),
    items,
    cutButton(k, cell.length, cell.length),
  );
}

/**
 * Returns a paragraph, in two parts if it is cut inside.
 * @param {Paragraph} paragraph
 * @param {number} k
 * @param {number} n
 */
function paragraphParts({ text, language }, k, n) {
  const { at, inside } = splitting.cuts[k];
  /** @type {(words: string, from: number, side: string) => HTMLElement} */
  const part = (words, from, side) =>
    el("p", { class: `paragraph ${side}`, lang: language, dir: "auto", data: { part: n, from }, text: words });
  if (at !== n || !inside) return [part(text, 0, n < at ? "above" : "below")];
  return [part(text.slice(0, inside), 0, "above"), insideMark(k, n), part(text.slice(inside), inside, "below")];
}

/**
 * @param {number} k
 * @param {number} n
 */
function insideMark(k, n) {
  const label = say("split.inside", { language: nameOf(corpus.languages[k]), number: String(n + 1) });
  return el("div", { class: "cut here", role: "img", data: { here: say("split.here") }, "aria-label": label });
}

/**
 * @param {number} k
 * @param {number} n
 * @param {number} length
 */
function cutButton(k, n, length) {
  const { at, inside } = splitting.cuts[k];
  const here = at === n && !inside;
  const values = { language: nameOf(corpus.languages[k]), number: String(n + 1) };
  const words = n === 0 ? "split.all-below" : n === length ? "split.all-above" : "split.before";
  return el("button", {
    type: "button", class: `cut${here ? " here" : ""}`, data: { column: k, cut: n, here: say("split.here") },
    "aria-pressed": String(here), "aria-label": say(words, values),
  });
}

/** @param {KeyboardEvent} event */
export function splitKey(event) {
  const { row } = splitting;
  if (!row) return;
  const { key, target } = event;
  const save = byId("split-save", HTMLButtonElement);
  if (key.startsWith("Arrow")) moveWith(row, event);
  else if (key === "Enter" && target === byId("split-grid") && !save.disabled) save.form?.requestSubmit(save);
  else return;
  event.preventDefault();
  event.stopPropagation(); // the dialog may be closed now, and the key is not the page's
  drawSplit(row);
}

/**
 * Moves the cut by a sentence, with Shift by a character, with Ctrl by a word, or goes to another language.
 * @param {Row} row
 * @param {KeyboardEvent} event
 */
function moveWith(row, { key, shiftKey, ctrlKey, altKey, metaKey }) {
  const step = key === "ArrowUp" || key === "ArrowLeft" ? -1 : 1;
  const { cuts, column } = splitting;
  const cell = row.cells[column] || [];
  if (key === "ArrowUp" || key === "ArrowDown") cuts[column] = cutBeside(cell, cuts[column], step);
  else if (shiftKey) cuts[column] = cutNear(cell, cuts[column], step, "grapheme");
  else if (ctrlKey || altKey || metaKey) cuts[column] = cutNear(cell, cuts[column], step, "word");
  else moveColumn(row, step);
}

/**
 * Moves to the next language with text, if there is one.
 * @param {Row} row
 * @param {number} step
 */
function moveColumn(row, step) {
  let k = splitting.column + step;
  while (row.cells[k] !== undefined && !row.cells[k]?.length) k += step;
  if (row.cells[k]) splitting.column = k;
}

/** @param {MouseEvent} event */
export function splitClick(event) {
  const { row } = splitting;
  if (!row) return;
  const cut = around(event.target, "[data-cut]");
  const part = around(event.target, "[data-part]");
  if (cut) cutHere(cut, { at: Number(cut.dataset.cut), inside: 0 });
  else if (part) {
    const place = Number(part.dataset.from) + placeUnder(event);
    const at = Number(part.dataset.part);
    const column = Number(around(part, "[data-column]")?.dataset.column);
    if (headAt(row.cells[column]?.[at].text || "", place)) cutHere(part, { at, inside: place });
  } else return;
  drawSplit(row);
  if (cut) focusHere();
}

/**
 * @param {HTMLElement | SVGElement} element
 * @param {Cut} cut
 */
function cutHere(element, cut) {
  splitting.column = Number(around(element, "[data-column]")?.dataset.column);
  splitting.cuts[splitting.column] = cut;
}

function focusHere() {
  /** @type {HTMLElement | null} */
  const here = byId("split-grid").querySelector(`[data-column="${splitting.column}"] .here`);
  if (here) here.focus();
}

/**
 * Returns the place in the text under a click.
 * @param {MouseEvent} event
 */
function placeUnder({ clientX, clientY }) {
  return document.caretRangeFromPoint?.(clientX, clientY)?.startOffset
    ?? document.caretPositionFromPoint?.(clientX, clientY)?.offset ?? 0;
}
