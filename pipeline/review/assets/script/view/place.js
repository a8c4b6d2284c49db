// @ts-check
// The place on the page: the view, the filter and the current row. The history keeps it for Back and reload, and
// the address names the row.
/** @import { Filter } from "../types.js" */

import { byId } from "../browser/elements.js";
import { settings } from "../browser/settings.js";
import { storage } from "../browser/storage.js";
import { corpus, current, filter, view } from "../state.js";
import { chooseOrder } from "./doubts.js";
import { drawSearch } from "./search.js";

const KEY = `place ${storage.place}`;
const DELAY = 250; // milliseconds; browsers refuse to change the address with every key

/**
 * @typedef {object} Place
 * @property {"overview" | "rows"} page
 * @property {string} row id, or ""
 * @property {number} column
 * @property {number} top of the overview, in pixels
 * @property {KeptFilter} filter
 *
 * @typedef {object} KeptFilter
 * @property {string} article id, or "" for all
 * @property {string[]} statuses
 * @property {string[]} reviews
 * @property {number[]} severities
 * @property {string} rule
 * @property {number} confidence
 * @property {string} search
 * @property {Filter["way"]} way
 * @property {string[]} news
 * @property {string} person
 * @property {string} order
 */

/** @type {{latest: Place | null, timer: number, kept: boolean}} */
const keeping = { latest: null, timer: 0, kept: false };

/** @returns {Place} */
function placeNow() {
  const { article, statuses, reviews, severities, news, rule, confidence, search, way, person, order } = filter;
  return {
    page: view.page,
    row: current.row ? current.row.id : "",
    column: current.column,
    top: byId("overview").scrollTop,
    filter: {
      article: article ? article.id : "", statuses: [...statuses], reviews: [...reviews],
      severities: [...severities], news: [...news], rule, confidence, search, way, person, order,
    },
  };
}

/** Starts to keep the place, once the page shows the one that it was opened with. */
export function keepPlaces() {
  keeping.kept = true;
  keepPlace();
}

/** Keeps the place; another view or filter becomes an entry of the history, another row changes the entry. */
export function keepPlace() {
  if (!keeping.kept) return;
  const before = keeping.latest;
  const place = placeNow();
  const other = before !== null && scene(before) !== scene(place);
  if (other) {
    writePlace();
    write("pushState", place);
  }
  keeping.latest = place;
  settings.remember(KEY, JSON.stringify(place));
  clearTimeout(keeping.timer);
  keeping.timer = setTimeout(writePlace, DELAY);
}

/** Writes the latest place into the entry of the history. */
export function writePlace() {
  clearTimeout(keeping.timer);
  if (!keeping.latest || !keeping.kept) return;
  if (keeping.latest.page === "overview" && view.page === "overview") keeping.latest.top = byId("overview").scrollTop;
  write("replaceState", keeping.latest);
}

/**
 * @param {"pushState" | "replaceState"} how
 * @param {Place} place
 */
function write(how, place) {
  try {
    history[how](place, "", address(place));
  } catch {
    // a page inside another one may have no address of its own; it does without
  }
}

/**
 * What makes a place an entry of its own; words that are being typed do not.
 * @param {Place} place
 */
function scene({ page, filter: { search, confidence, ...chosen } }) {
  return JSON.stringify([page, chosen, search !== "", confidence < 1]);
}

/** @param {Place} place */
function address({ page, row }) {
  return page === "rows" && row ? linkTo(row) : `#${page}`;
}

/** @param {string} id of a row */
export function linkTo(id) {
  return `#row=${encodeURIComponent(id)}`;
}

/** Returns the row that the address names, or "". */
export function rowInAddress() {
  const [, id] = /^#(?:row[=-])?([0-9a-f]{6,}(?:-\d+)?)$/.exec(decodeURIComponent(location.hash)) || [];
  return id || "";
}

/**
 * Returns the place that the history has for this entry, unless the address names another row.
 * @param {unknown} state
 * @returns {Place | null}
 */
export function placeOf(state) {
  if (!isPlace(state)) return null;
  const id = rowInAddress();
  return id && id !== state.row ? null : state;
}

/**
 * Returns the place at which the page was reloaded, which the history may not have yet.
 * @returns {Place | null}
 */
export function placeBeforeReload() {
  const [entry] = performance.getEntriesByType("navigation");
  if (!entry || !("type" in entry) || entry.type !== "reload") return null;
  try {
    const place = JSON.parse(settings.recall(KEY) || "null");
    return isPlace(place) ? place : null;
  } catch {
    return null;
  }
}

/**
 * @param {unknown} state
 * @returns {state is Place}
 */
function isPlace(state) {
  return typeof state === "object" && state !== null && "filter" in state;
}

/**
 * Sets the filter to that of a place.
 * @param {KeptFilter} kept
 */
export function setFilter({ article, statuses, reviews, severities, news, order, ...single }) {
  /** @type {Filter} */
  const values = {
    article: corpus.byArticle.get(article) || null, statuses: new Set(statuses), reviews: new Set(reviews),
    severities: new Set(severities), news: new Set(news), ...single, found: filter.found, order: filter.order,
  };
  Object.assign(filter, values);
  if (order !== filter.order) chooseOrder(order);
  byId("order", HTMLSelectElement).value = order;
  byId("search", HTMLInputElement).value = single.search;
  drawSearch();
}

/**
 * Keeps the place that was gone to, without another entry of the history.
 * @param {() => void} go
 */
export function withoutEntry(go) {
  clearTimeout(keeping.timer);
  keeping.kept = false;
  go();
  keeping.kept = true;
  keeping.latest = null;
  keepPlace();
}
