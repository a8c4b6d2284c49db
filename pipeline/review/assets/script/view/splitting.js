// @ts-check
// The dialog to split a row, with a cut for each language.
/** @import { Paragraph, Row } from "../types.js" */

import { around, byId, el } from "../browser/elements.js";
import { capital, nameOf, say } from "../browser/language.js";
import { likelyCuts, parted } from "../model/repair.js";
import { endsOf } from "../model/text.js";
import { corpus, current } from "../state.js";
import { closed, openDialog } from "./dialogs.js";

/** @type {{row: Row | null, cuts: number[], column: number}} */
const splitting = { row: null, cuts: [], column: 0 };

/**
 * Resolves with the paragraphs of the two rows, or null on cancel.
 * @param {Row} row
 */
export async function askSplit(row) {
  splitting.row = row;
  splitting.cuts = likelyCuts(row, current.column);
  splitting.column = row.cells.findIndex((cell) => cell && cell.length > 1);
  if (splitting.column < 0) splitting.column = row.cells.findIndex((cell) => cell && cell.length);
  drawSplit(row);
  const dialog = byId("splitting", HTMLDialogElement);
  openDialog(dialog);
  byId("split-grid").focus();
  return (await closed(dialog)) === "save" ? parted(row, splitting.cuts) : null;
}

/** @param {Row} row */
function drawSplit(row) {
  const columns = row.cells.flatMap((cell, k) => (cell && cell.length ? [splitColumn(cell, k)] : []));
  byId("split-grid").replaceChildren(...columns);
  byId("split-save", HTMLButtonElement).disabled = !parted(row, splitting.cuts);
}

/**
 * @param {Paragraph[]} cell
 * @param {number} k
 */
function splitColumn(cell, k) {
  const items = cell.flatMap((paragraph, n) => [
    cutButton(k, n, cell.length),
    el("p", {
      class: `paragraph ${n < splitting.cuts[k] ? "above" : "below"}`, lang: paragraph.language, dir: "auto",
      text: endsOf(paragraph.text),
    }),
  ]);
  return el(
    "div",
    { class: `split-column${k === splitting.column ? " active" : ""}`, data: { column: k } },
    el("h3", { text: capital(nameOf(corpus.languages[k])) }),
    items,
    cutButton(k, cell.length, cell.length),
  );
}

/**
 * @param {number} k
 * @param {number} n
 * @param {number} length
 */
function cutButton(k, n, length) {
  const here = splitting.cuts[k] === n;
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
  if (key === "ArrowUp" || key === "ArrowDown") moveCut(row, key === "ArrowUp" ? -1 : 1);
  else if (key === "ArrowLeft" || key === "ArrowRight") moveColumn(row, key === "ArrowLeft" ? -1 : 1);
  else if (key === "Enter" && target === byId("split-grid") && !save.disabled) save.form?.requestSubmit(save);
  else return;
  event.preventDefault();
  drawSplit(row);
}

/**
 * @param {Row} row
 * @param {number} step
 */
function moveCut(row, step) {
  const { cuts, column } = splitting;
  const length = (row.cells[column] || []).length;
  cuts[column] = Math.min(length, Math.max(0, cuts[column] + step));
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
  const cut = around(event.target, "[data-cut]");
  if (!cut || !splitting.row) return;
  splitting.column = Number(cut.dataset.column);
  splitting.cuts[splitting.column] = Number(cut.dataset.cut);
  drawSplit(splitting.row);
  /** @type {HTMLElement | null} */
  const here = byId("split-grid").querySelector(`[data-column="${splitting.column}"] .here`);
  if (here) here.focus();
}
