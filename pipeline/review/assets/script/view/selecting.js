// @ts-check
// The selected rows: shown with a mark each, and their number above the list.
/** @import { Row } from "../types.js" */

import { say } from "../browser/language.js";
import { between } from "../model/closing.js";
import { selected, view } from "../state.js";
import { drawSelected, redrawRows } from "./rows.js";
import { announce } from "./status.js";

/** @param {Iterable<Row>} rows */
function select(rows) {
  selected.rows = new Set(rows);
  drawSelected();
  redrawRows();
}

/** Selects no row. */
export function selectNone() {
  selected.anchor = null;
  if (selected.rows.size) select([]);
}

/** Selects every row that the filter shows. */
export function selectShown() {
  selected.anchor = null;
  select(view.shown);
  announce(say("rows.selected-hint", { n: view.shown.length }));
}

/**
 * Selects the rows from the anchor to a row; without an anchor `from` is it.
 * @param {Row} from
 * @param {Row} to
 */
export function selectTo(from, to) {
  if (!selected.anchor || !view.indexOf.has(selected.anchor)) selected.anchor = from;
  select(between(view.shown, selected.anchor, to));
  announce(say("rows.selected", { n: selected.rows.size }));
}

/**
 * Selects a row as well, or no longer; the current row counts as selected when the first is added.
 * @param {Row | null} current
 * @param {Row} row
 */
export function selectAlso(current, row) {
  const rows = new Set(selected.rows.size || !current || current === row ? selected.rows : [current]);
  if (!rows.delete(row)) rows.add(row);
  selected.anchor = row;
  select(rows);
  announce(say("rows.selected", { n: rows.size }));
}

/** Returns the selected rows in the order of the page. */
export function selection() {
  return view.shown.filter((row) => selected.rows.has(row));
}
