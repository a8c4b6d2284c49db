// @ts-check
// The list of rows that pass the filter, and the current row.
/** @import { Article, Item, Row } from "../types.js" */

import { byId, el } from "../browser/elements.js";
import { capital, language, nameOf, onLanguage, say } from "../browser/language.js";
import { titleLanguage } from "../model/corpus.js";
import { Selection, findingToDismiss, isFiltered } from "../model/filter.js";
import { isProblem } from "../model/problems.js";
import { searchOf } from "../model/search.js";
import { corpus, current, editing, filter, selected, view } from "../state.js";
import { inOrder } from "./doubts.js";
import { drawEditing, endEditing } from "./editing.js";
import { filesOfArticle } from "./files.js";
import { VirtualList } from "./list.js";
import { drawLooseFound } from "./loose.js";
import { renewAround, rowElement } from "./row.js";
import { keepPlace } from "./place.js";
import { buildSide, drawSide } from "./side.js";
import { announce } from "./status.js";
import { damageLines } from "./suspicions.js";

const MOST_PRINTED = 5000; // rows and heads; more take a browser minutes

const COMPACT = 0.75; // the part of its height that a row has in compact mode

const selection = new Selection();

const WIDE = ["ko", "ja", "zh-cn", "zh-tw"]; // languages with double-width characters

/** @type {VirtualList<Item>} */
const list = new VirtualList(byId("viewport"), byId("canvas"), {
  render: (item) => (item.row ? rowElement(item.row) : headElement(item.article)),
  keyOf: (item) => (item.row ? rowKey(item.row) : headKey(item.article)),
  guess: (item) => (item.row ? guessHeight(item.row) : 110),
});

/** @param {Row} row */
function rowKey(row) {
  if (editing.row === row) return `${row.uid}@editing ${editing.column} ${language()}`; // drawn anew, it would lose the focus
  const here = current.row === row ? `*${current.column}!${targetOf(row)}` : "";
  const chosen = selected.rows.has(row) ? "+" : "";
  return `${row.uid}@${row.version}${here}${chosen}?${language()} ${filter.way} ${filter.found?.version} ${filter.search}`;
}

/** @param {Row} row */
function targetOf(row) {
  return findingToDismiss(row, filter, current.findingId)?.id || "";
}

/** @param {Article} article */
function headKey(article) {
  return `article ${article.index}@${article.rows.length} ${language()}`;
}

/** @param {Row} row */
function guessHeight(row) {
  const width = list.width || 1000;
  if (!row.guess || row.guess.width !== width) row.guess = { width, height: likelyHeight(row, width) };
  return document.documentElement.dataset.compact ? COMPACT * row.guess.height : row.guess.height;
}

/**
 * @param {Row} row
 * @param {number} width of the list in pixels
 */
function likelyHeight(row, width) {
  const narrow = width < 760;
  const across = narrow ? width - 60 : (width - 100) / corpus.languages.length;
  const heights = row.cells.map((cell, k) => {
    const wide = WIDE.includes(corpus.languages[k].code) ? 15 : 8;
    return (cell || []).reduce((sum, p) => sum + 26 * Math.ceil((p.text.length * wide + 1) / across) + 8, 26);
  });
  const text = narrow ? heights.reduce((a, b) => a + b, 0) : Math.max(...heights);
  return text + 40 + 34 * row.findings.length;
}

/** @param {Article} article */
function headElement(article) {
  const origin = new Set(article.files.flatMap((file) => [file.file, file.author, file.date]));
  const names = el("span", { translate: "no", text: [...origin].filter(Boolean).join(" · ") });
  const number = ` · ${say("rows.count", { n: article.rows.length })} `;
  // A title that is the first paragraph is not printed twice.
  const named = article.files.some((file) => file.title);
  const title = el("h2", { class: named ? null : "derived", dir: "auto", lang: titleLanguage(article), text: article.title });
  const close = el("button", {
    type: "button", class: "small", data: { do: "close-article", article: article.index },
    title: say("rows.close-article-hint"), "aria-keyshortcuts": "Shift+A",
  }, say("rows.close-article"), el("kbd", { "aria-hidden": "true", text: "A" }));
  const line = el("p", { class: "meta" }, names, number, close);
  return el("div", { class: "article-head" }, title, line, filesOfArticle(article), damageLines(article));
}

/**
 * Applies the filter.
 * @param {boolean} samePlace whether to keep the scroll position
 */
export function refresh(samePlace) {
  const other = selection.update(corpus, filter);
  if (other) showSelection(inOrder(selection.shown));
  drawSelected();
  current.row = nearestShown();
  endEditingElsewhere();
  drawSide(selection.counts);
  if (other || !samePlace) list.setItems(view.items, samePlace);
  else list.draw();
  renewEdited();
  keepPlace();
}

/** Ends editing if the row or language is not the current one any more; the draft stays. */
function endEditingElsewhere() {
  if (!editing.row || (editing.row === current.row && editing.column === current.column)) return;
  const language = nameOf(corpus.languages[editing.column]);
  endEditing();
  announce(say("draft.kept-in", { language }));
}

/** Shows what has changed about the row that is being edited. */
function renewEdited() {
  const { row } = editing;
  if (!row || row.version === editing.version) return;
  editing.version = row.version;
  const element = list.elementOf(view.indexOf.get(row) ?? -1);
  if (element) renewAround(element, row);
  drawEditing();
}

/** Writes how many rows are selected; those not shown any more are not. */
export function drawSelected() {
  for (const row of selected.rows) if (!view.indexOf.has(row)) selected.rows.delete(row);
  const { size } = selected.rows;
  byId("selected").textContent = size ? ` · ${say("rows.selected", { n: size })}` : "";
}

/** @param {Row[]} shown */
function showSelection(shown) {
  view.shown = shown;
  view.items = [];
  view.indexOf = new Map();
  view.placeOf = new Map();
  let article = null;
  for (const [place, row] of shown.entries()) {
    if (row.article !== article) {
      article = row.article;
      view.items.push({ article });
    }
    view.indexOf.set(row, view.items.length);
    view.placeOf.set(row, place);
    view.items.push({ row });
  }
  byId("nothing").hidden = shown.length > 0;
  drawFound();
}

/** Writes how many rows are shown. */
function drawFound() {
  const { length: n } = view.shown;
  byId("found").textContent = say(isFiltered(filter) ? "rows.found" : "rows.count", { n });
  drawLooseFound(searchOf(filter));
  byId("nothing-words").textContent = say(corpus.articles.length ? "rows.none-found" : "rows.none");
}

/** Returns the current row if it is shown, otherwise the next shown row, otherwise the first. */
function nearestShown() {
  const { row } = current;
  if (!row) return view.shown[0] || null;
  if (view.indexOf.has(row)) return row;
  /** @param {Row} each */
  const behind = (each) =>
    each.article === row.article ? each.number >= row.number : each.article.index > row.article.index;
  return view.shown.find(behind) || view.shown[0] || null;
}

/** @type {HTMLElement[]} */
let heads = [];

onLanguage(() => {
  heads = [];
  drawHeads();
  buildSide();
  drawSide(selection.counts);
  drawFound();
  drawSelected();
  list.draw();
});

function drawHeads() {
  if (!heads.length) {
    heads.push(...corpus.languages.map((each) => el("span", { role: "listitem", text: capital(nameOf(each)) })));
    byId("heads").replaceChildren(...heads);
  }
  heads.forEach((head, k) => head.classList.toggle("active", k === current.column));
}

/** Puts all shown rows into the document, as far as a page can hold them, and takes them out again after it. */
export function printRows() {
  const left = list.unroll(MOST_PRINTED);
  byId("print-left").textContent = left ? say("rows.not-printed", { n: left }) : "";
}

export function printedRows() {
  list.rollUp();
}

/** Measures the rows anew after their look has changed. */
export function measureRows() {
  list.forget();
}

/** Redraws the list after it was hidden. */
export function redrawRows() {
  list.draw();
}

/**
 * Focuses the current row or its button for an action.
 * @param {string} action
 */
export function refocus(action = "") {
  if (document.activeElement?.id === "editing-text") return;
  const index = current.row ? view.indexOf.get(current.row) : undefined;
  const element = index === undefined ? null : list.elementOf(index);
  if (!element || view.page !== "rows") return;
  /** @type {HTMLElement | null} */
  const button = action ? element.querySelector(`[data-do="${action}"]:not([disabled])`) : null;
  (button || element).focus({ preventScroll: true });
}

/**
 * Makes a row current and scrolls it into view.
 * @param {Row} row
 * @param {{focus?: boolean, align?: "nearest" | "top"}} how
 */
export function setCurrent(row, { focus = true, align = "nearest" } = {}) {
  if (row !== current.row) current.findingId = "";
  current.row = row;
  endEditingElsewhere();
  drawHeads();
  list.draw();
  const index = view.indexOf.get(row);
  if (index === undefined) return;
  list.show(index === 1 ? 0 : index, align); // includes the header of the first article
  list.show(index);
  if (focus) refocus();
  keepPlace();
}

/**
 * Goes to a row by its index among the shown rows.
 * @param {number} place
 */
export function goTo(place) {
  if (view.shown[place]) setCurrent(view.shown[place], { align: "top" });
}

/** Returns the index of the current row among the shown rows. */
function placeOfCurrent() {
  return (current.row && view.placeOf.get(current.row)) ?? -1;
}

/** @param {number} direction */
export function step(direction) {
  const next = Math.min(view.shown.length - 1, Math.max(0, placeOfCurrent() + direction));
  if (view.shown[next]) setCurrent(view.shown[next]);
}

/**
 * Goes to the next problem down (1) or up (-1); returns whether there is one.
 * @param {number} direction
 * @param {string} none what to say if there is not
 */
export function stepProblem(direction, none = say(direction > 0 ? "rows.no-problem-below" : "rows.no-problem-above")) {
  for (let k = placeOfCurrent() + direction; k >= 0 && k < view.shown.length; k += direction) {
    if (isProblem(view.shown[k])) {
      goTo(k);
      return true;
    }
  }
  if (none) announce(none);
  return false;
}

/** @param {number} direction */
export function turnColumn(direction) {
  current.column = Math.min(corpus.languages.length - 1, Math.max(0, current.column + direction));
  announce(nameOf(corpus.languages[current.column]));
  if (current.row) setCurrent(current.row);
}
