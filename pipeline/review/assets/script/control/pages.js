// @ts-check
// Navigation between overview, rows and sidebar, and the colour theme.
/** @import { Article } from "../types.js" */
/** @import { Place } from "../view/place.js" */

import { byId } from "../browser/elements.js";
import { say } from "../browser/language.js";
import { settings } from "../browser/settings.js";
import { rowById } from "../model/corpus.js";
import { clearFilter } from "../model/filter.js";
import { isProblem } from "../model/problems.js";
import { damageOf, damagedRows } from "../model/suspicions.js";
import { corpus, current, filter, view } from "../state.js";
import { openLoose } from "../view/loose.js";
import { keepPlace, linkTo, placeOf, rowInAddress, setFilter, writePlace } from "../view/place.js";
import { drawOverview } from "../view/overview.js";
import { goTo, redrawRows, refocus, refresh, setCurrent } from "../view/rows.js";
import { announce } from "../view/status.js";

const { dataset } = document.documentElement;

/**
 * Shows a page; from the overview its scroll position is kept for the way back.
 * @param {"overview" | "rows"} page
 */
export function showPage(page) {
  if (view.page === "overview" && page !== "overview") writePlace();
  view.page = page;
  dataset.page = page;
  for (const name of ["overview", "rows"]) {
    byId(name).hidden = page !== name;
    byId(`to-${name}`).setAttribute("aria-current", page === name ? "page" : "false");
  }
  if (page === "overview") {
    drawOverview();
    byId("overview").scrollTop = 0;
  } else {
    refresh(true);
    redrawRows();
    if (current.row) setCurrent(current.row, { focus: false });
  }
  keepPlace();
}

/**
 * Goes to the place that the address and the history name.
 * @param {unknown} state of the entry of the history
 */
export function restorePlace(state) {
  const place = placeOf(state);
  const id = rowInAddress();
  if (place) returnTo(place);
  else if (id) goToRow(id);
  else showPage(location.hash === "#rows" ? "rows" : "overview");
}

/** @param {Place} place */
export function returnTo(place) {
  setFilter(place.filter);
  current.column = Math.min(place.column, corpus.languages.length - 1);
  const row = place.row ? rowById(corpus, place.row) : undefined;
  if (row) current.row = row;
  showPage(place.page);
  refresh(place.page === "overview");
  if (place.page === "overview") byId("overview").scrollTop = place.top;
  else if (current.row) setCurrent(current.row, { align: "top" });
}

/** Copies the address of the current row. */
export async function copyLink() {
  const { row } = current;
  if (!row) return;
  const address = new URL(linkTo(row.id), location.href).href;
  try {
    await navigator.clipboard.writeText(address);
    announce(say("said.link-copied", { row: String(row.number) }));
  } catch {
    announce(say("said.link-not-copied"));
  }
}

/**
 * Shows the rows from the first, with only the filter set by `change`.
 * @param {() => void} change
 */
export function showRows(change) {
  clearFilter(filter);
  change();
  showPage("rows");
  goTo(0);
}

/** Goes to the first problem of all articles. */
export function begin() {
  showRows(() => { filter.article = null; });
  goTo(Math.max(0, view.shown.findIndex(isProblem)));
}

/**
 * Shows a file in no article.
 * @param {number} index
 */
export function showLoose(index) {
  if (view.page !== "overview") showPage("overview");
  openLoose(index);
  if (dataset.side === "open" && matchMedia("(max-width: 60rem)").matches) toggleSide();
}

/**
 * Shows the rows with open findings of a rule; if all are dismissed, those.
 * @param {string} rule
 */
export function pickRule(rule) {
  const all = [...corpus.findingsById.values()].filter((finding) => finding.rule === rule);
  const reviews = new Set(all.every((finding) => finding.dismissed) ? ["dismissed"] : []);
  showRows(() => Object.assign(filter, { article: null, rule, reviews }));
}

/** @param {number} confidence */
export function pickConfidence(confidence) {
  showRows(() => { filter.confidence = confidence; });
}

/**
 * Goes to the next row of an article with a damage, after the last one to the first.
 * @param {Article} article
 * @param {number} number of the damage among those of the article
 */
export function nextDamage(article, number) {
  const rows = damagedRows(article, damageOf(article)[number]);
  const place = current.row && current.row.article === article ? current.row.number : 0;
  const row = rows.find((each) => each.number > place) || rows[0];
  if (!row) return;
  if (!view.indexOf.has(row)) showEverything();
  setCurrent(row);
}

/**
 * Shows a row by its id, without the filter if it does not pass; says so if there is none.
 * @param {string} id
 */
export function goToRow(id) {
  const row = rowById(corpus, id);
  if (!row) {
    announce(say("said.row-gone"));
    return;
  }
  if (view.page !== "rows") showPage("rows");
  if (!view.indexOf.has(row)) {
    filter.article = null;
    showEverything();
  }
  setCurrent(row, { align: "top" });
}

/** @param {string} index of the article, or "" for all */
export function pickArticle(index) {
  filter.article = index === "" ? null : corpus.articles[Number(index)];
  if (view.page !== "rows") showPage("rows");
  refresh(false);
  if (view.shown.length) setCurrent(view.shown[0], { align: "top", focus: false });
  if (dataset.side === "open" && matchMedia("(max-width: 60rem)").matches) toggleSide();
}

/** Resets the filter and the search. */
export function showEverything() {
  clearFilter(filter);
  byId("search", HTMLInputElement).value = "";
  refresh(false);
}

export function openSearch() {
  const search = byId("search", HTMLInputElement);
  showPage("rows");
  search.focus();
  search.select();
}

export function escape() {
  if (dataset.side === "open") toggleSide();
  else if (document.activeElement === byId("search")) refocus();
}

export function toggleSide() {
  const open = dataset.side !== "open";
  dataset.side = open ? "open" : "";
  byId("to-side").setAttribute("aria-expanded", String(open));
  if (!open) return;
  /** @type {HTMLElement | null} */
  const first = byId("side").querySelector("button, input");
  if (first) first.focus();
}

export function turnTheme() {
  const themes = /** @type {const} */ (["", "light", "dark"]);
  const next = themes[(themes.findIndex((theme) => theme === (dataset.theme || "")) + 1) % themes.length];
  setTheme(next);
  settings.set("theme", next);
  announce(say(`said.theme.${next || "system"}`));
}

/** @param {string} theme */
export function setTheme(theme) {
  if (theme) dataset.theme = theme;
  else delete dataset.theme;
}
