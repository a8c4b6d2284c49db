// @ts-check
// The field of the search: the way of searching, and what is wrong with an expression.

import { byId } from "../browser/elements.js";
import { filter } from "../state.js";

/**
 * Shows the way of searching.
 * @param {string} wrong what is wrong with the text, or ""
 */
export function drawSearch(wrong = "") {
  byId("search-words").setAttribute("aria-pressed", String(filter.way === "words"));
  byId("search-expression").setAttribute("aria-pressed", String(filter.way === "expression"));
  byId("search").setAttribute("aria-invalid", String(wrong !== ""));
  byId("search-wrong").textContent = wrong;
}
