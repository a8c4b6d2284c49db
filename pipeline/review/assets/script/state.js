// @ts-check
// The state of the page. These records are changed in place, never replaced.
/** @import { Corpus, Filter, Item, Row } from "./types.js" */
/** @import { changesOf } from "./model/checked.js" */

import { byId } from "./browser/elements.js";
import { readCorpus } from "./model/corpus.js";
import { newFilter } from "./model/filter.js";
import { Log } from "./model/log.js";
import { Tallies } from "./model/tally.js";

/** @type {Corpus} */
export const corpus = readCorpus(JSON.parse(byId("corpus-data").textContent));

export const log = new Log();

export const tallies = new Tallies(corpus);

/** @type {Filter} */
export const filter = newFilter();

/** @type {{row: Row | null, column: number, findingId: string}} */
export const current = { row: null, column: 0, findingId: "" };

/**
 * What is shown; `indexOf` has the places of rows among the items, `placeOf` among the rows.
 * @type {{page: "overview" | "rows", shown: Row[], items: Item[], indexOf: Map<Row, number>, placeOf: Map<Row, number>}}
 */
export const view = { page: "overview", shown: [], items: [], indexOf: new Map(), placeOf: new Map() };

/** The text that is being edited in its cell. */
export const editing = {
  /** @type {Row | null} null if none is */
  row: null,
  column: 0,
  text: "",
  version: 0, // of the row, as it is drawn
  /** @type {Set<string>} proposals that were there when it began */
  known: new Set(),
  /** @type {ReturnType<typeof changesOf> | null} */
  checked: null,
  failure: "", // why it could not be checked
  lacking: "", // why some of the run's own terms and rules were not
  /** @type {string[]} names of others who edit it now */
  others: [],
};

/** The rows that several-row actions are about, and the one from which Shift extends them. */
export const selected = {
  /** @type {Set<Row>} */
  rows: new Set(),
  /** @type {Row | null} */
  anchor: null,
};
