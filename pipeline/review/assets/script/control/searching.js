// @ts-check
// Searching: what is typed becomes the filter's; an expression is looked for in another thread first.

import { byId } from "../browser/elements.js";
import { numberText, say } from "../browser/language.js";
import { LIMIT, scan } from "../browser/scanner.js";
import { allRows } from "../model/corpus.js";
import { expressionOf, foundWith, textsOf } from "../model/search.js";
import { corpus, filter, view } from "../state.js";
import { drawSearch } from "../view/search.js";
import { refresh } from "../view/rows.js";
import { announce } from "../view/status.js";
import { showPage } from "./pages.js";

const PAUSE = 150; // milliseconds without a key before a search

const searching = { timer: 0, failed: "" }; // the expression that was too slow, so that it is not tried again

/** Searches for what is in the field, soon. */
export function searchSoon() {
  clearTimeout(searching.timer);
  searching.timer = setTimeout(searchNow, PAUSE);
}

/**
 * Turns a way of searching on, or off if it is on.
 * @param {"words" | "expression"} way
 */
export function turnWay(way) {
  filter.way = filter.way === way ? "" : way;
  drawSearch();
  searching.failed = "";
  byId("search").focus();
  searchNow();
}

function searchNow() {
  clearTimeout(searching.timer);
  const field = byId("search", HTMLInputElement);
  const source = field.value.trim();
  if (filter.way === "expression" && source) {
    searchExpression(source);
    return;
  }
  apply(field.value);
}

/** @param {string} text */
function apply(text) {
  const focused = document.activeElement === byId("search");
  drawSearch();
  filter.search = text;
  if (view.page !== "rows") showPage("rows");
  refresh(false);
  if (focused) byId("search").focus();
}

/** @param {string} source */
async function searchExpression(source) {
  if (!expressionOf(source)) {
    drawSearch(say("search.wrong"));
    return;
  }
  if (await extend(source)) apply(source);
}

/** Looks for the expression of the filter in texts that are new since it was looked for. */
export async function searchAgain() {
  const source = filter.search.trim();
  if (filter.way === "expression" && source && (await extend(source))) refresh(true);
}

/**
 * Looks for an expression in the texts where it was not looked for yet; returns whether the filter knows more now.
 * @param {string} source
 */
async function extend(source) {
  const expression = expressionOf(source);
  if (!expression || source === searching.failed) return false;
  const known = filter.found?.source === source ? filter.found.spans : new Map();
  const loose = corpus.loose.flatMap(({ file, title, text }) => [file.file, title, ...(text || []).map((each) => each[2])]);
  const texts = [...new Set([...allRows(corpus).flatMap(textsOf), ...loose])].filter((text) => text && !known.has(text));
  if (!texts.length) return filter.found?.source === source;
  try {
    const spans = await scan(expression, texts);
    if (!spans) return false;
    filter.found = foundWith(filter.found, source, texts, spans);
    return true;
  } catch (error) {
    const slow = error instanceof Error && error.message === "slow";
    searching.failed = source;
    const words = slow ? say("search.slow", { limit: numberText(LIMIT / 1000) }) : say("search.impossible");
    drawSearch(words);
    announce(words);
    return false;
  }
}
