// @ts-check
// Selecting rows by keys and clicks.
/** @import { Row } from "../types.js" */

import { around } from "../browser/elements.js";
import { current, view } from "../state.js";
import { setCurrent } from "../view/rows.js";
import { selectAlso, selectTo } from "../view/selecting.js";

/**
 * Extends the selection by the row above (-1) or below (1), which becomes current.
 * @param {number} step
 */
export function extend(step) {
  const { row } = current;
  if (!row || view.page !== "rows") return;
  const place = view.placeOf.get(row) ?? 0;
  const next = view.shown[place + step];
  if (!next) return;
  selectTo(row, next);
  setCurrent(next);
}

/**
 * Selects by a click on a row: with Shift up to it, with Ctrl it too; returns whether the click is one.
 * @param {MouseEvent} event
 */
export function clickSelects(event) {
  const row = rowUnder(event);
  if (!row) return false;
  const before = current.row;
  if (event.shiftKey) selectTo(before || row, row);
  else selectAlso(before, row);
  getSelection()?.removeAllRanges(); // Shift+click also selects the text in between
  setCurrent(row);
  return true;
}

/**
 * Returns the row under a click that may select, outside links, buttons and fields.
 * @param {MouseEvent} event
 * @returns {Row | undefined}
 */
function rowUnder({ target, shiftKey, ctrlKey, metaKey }) {
  if (!shiftKey && !ctrlKey && !metaKey) return undefined;
  if (around(target, "a, button, input, select, textarea")) return undefined;
  const element = around(target, ".row");
  return element ? view.shown.find(({ uid }) => uid === element.dataset.uid) : undefined;
}
