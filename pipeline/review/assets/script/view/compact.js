// @ts-check
// The compact mode: less space, so that a screen shows more rows.

import { byId } from "../browser/elements.js";
import { settings } from "../browser/settings.js";
import { measureRows } from "./rows.js";

const { dataset } = document.documentElement;

/** Shows the rows as the reviewer had them last. */
export function readCompact() {
  dataset.compact = settings.get("compact");
  byId("compact", HTMLInputElement).checked = dataset.compact !== "";
}

/** @param {boolean} compact */
export function turnCompact(compact) {
  dataset.compact = compact ? "yes" : "";
  settings.set("compact", dataset.compact);
  measureRows();
}
