// @ts-check
// Carrying a paragraph to another row of its article: by its number with the pointer, or with a key.
/** @import { Paragraph, Row } from "../types.js" */

import { around, byId } from "../browser/elements.js";
import { capital, nameOf, say } from "../browser/language.js";
import { numbersOf, paragraphsOf } from "../model/corpus.js";
import { corpus, current, view } from "../state.js";
import { announce } from "../view/status.js";
import { repair } from "./decide.js";

/** @type {{row: Row | null, paragraphs: Paragraph[]}} */
const carried = { row: null, paragraphs: [] };

/**
 * Takes up the text of the current language of a row, or puts what was taken up into the row.
 * @param {Row} row
 */
export function carry(row) {
  if (carried.row) {
    put(row);
    return;
  }
  const cell = row.cells[current.column] || [];
  if (!cell.length) {
    announce(say("said.not-possible"));
    return;
  }
  take(row, cell);
  announce(say("said.taken-up", { what: nameOfCarried() }));
}

/** Leaves what was taken up where it is; returns whether anything was. */
export function leaveCarried() {
  if (!carried.row) return false;
  take(null, []);
  announce(say("said.left-there"));
  return true;
}

/** Listens to the pointer: a paragraph is dragged by its number. */
export function listenToDragging() {
  const canvas = byId("canvas");
  canvas.addEventListener("dragstart", begin);
  canvas.addEventListener("dragover", over);
  canvas.addEventListener("drop", dropped);
  document.addEventListener("dragend", () => {
    mark(null);
    take(null, []);
  });
}

/** @param {DragEvent} event */
function begin({ target, dataTransfer }) {
  const handle = around(target, ".place");
  const row = rowAt(target);
  const paragraph = row && paragraphsOf(row).find(({ serial }) => String(serial) === handle?.dataset.serial);
  if (!row || !paragraph || !dataTransfer) return;
  take(row, [paragraph]);
  dataTransfer.effectAllowed = "move";
  dataTransfer.setData("text/plain", paragraph.text);
}

/** @param {DragEvent} event */
function over(event) {
  const row = rowAt(event.target);
  const fits = Boolean(row && canPut(row));
  mark(fits ? around(event.target, ".row") : null);
  if (fits) event.preventDefault();
}

/** @param {DragEvent} event */
function dropped(event) {
  const row = rowAt(event.target);
  mark(null);
  if (!row || !canPut(row)) return;
  event.preventDefault();
  put(row);
}

/** @param {Row} row */
function canPut(row) {
  const { row: from, paragraphs } = carried;
  return from !== null && row !== from && row.article === from.article
    && paragraphs.every((paragraph) => from.article.rows.some((each) => paragraphsOf(each).includes(paragraph)));
}

/** @param {Row} row */
function put(row) {
  const { paragraphs } = carried;
  if (!canPut(row)) {
    announce(say(row === carried.row ? "said.left-there" : "said.not-possible"));
    take(null, []);
    return;
  }
  const words = say("said.carried", { what: nameOfCarried(), row: String(row.number) });
  take(null, []);
  repair([[...paragraphsOf(row), ...paragraphs]], row.article, words);
}

/**
 * @param {Row | null} row
 * @param {Paragraph[]} paragraphs
 */
function take(row, paragraphs) {
  Object.assign(carried, { row, paragraphs });
}

function nameOfCarried() {
  const { paragraphs } = carried;
  const language = corpus.languages.find(({ code }) => code === paragraphs[0]?.language);
  return language ? `${capital(nameOf(language))} ¶ ${numbersOf(paragraphs)}` : "";
}

/** @param {EventTarget | null} target */
function rowAt(target) {
  const element = around(target, ".row");
  return element ? view.shown.find(({ uid }) => uid === element.dataset.uid) : undefined;
}

/** @param {HTMLElement | SVGElement | null} element that a drop would change */
function mark(element) {
  for (const each of document.querySelectorAll(".row.dropping")) if (each !== element) each.classList.remove("dropping");
  if (element) element.classList.add("dropping");
}
