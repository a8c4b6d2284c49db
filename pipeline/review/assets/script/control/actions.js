// @ts-check
// The actions by name, called by keys and buttons.
/** @import { Row } from "../types.js" */

import { say } from "../browser/language.js";
import { paragraphsOf } from "../model/corpus.js";
import { canDo, merged, moved } from "../model/repair.js";
import { current, selected, view } from "../state.js";
import { openHelp } from "../view/dialogs.js";
import { goTo, setCurrent, step, stepProblem, turnColumn } from "../view/rows.js";
import { selectNone, selectShown } from "../view/selecting.js";
import { announce } from "../view/status.js";
import { accept, realign } from "./accept.js";
import { carry, leaveCarried } from "./carrying.js";
import { comment, dismissNext, judge, redo, repair, save, shift, split, undo } from "./decide.js";
import { edit } from "./editing.js";
import { actOnSelection, approveUpTo, closeArticle, dismissAlike } from "./many.js";
import { copyLink, escape, openSearch, showPage, toggleSide, turnTheme } from "./pages.js";
import { extend } from "./selecting.js";

/** @type {Readonly<Record<string, (row: Row) => void>>} */
const ON_ROW = {
  approve: (row) => judge(row, "approved"),
  reject: (row) => judge(row, "rejected"),
  comment,
  propose: edit,
  split,
  merge: (row) => repair(merged(row), row.article, mergedWords(row)),
  moveup: (row) => repair(moved(row, -1, current.column), row.article, say("said.moved-up")),
  movedown: moveDown,
  carry,
  accept,
  realign,
  shiftup: (row) => shift(row, -1),
  shiftdown: (row) => shift(row, 1),
  dismissnext: dismissNext,
  dismissalike: dismissAlike,
  close: ({ article }) => closeArticle(article),
  approveupto: approveUpTo,
};

/** @param {Row} row */
function mergedWords({ number }) {
  return say("said.merged-two", { row: String(number), next: String(number + 1) });
}

/**
 * Moves the last paragraph of the current language to the row below; the row stays current if anything is left.
 * @param {Row} row
 */
function moveDown(row) {
  const left = paragraphsOf(row);
  repair(moved(row, 1, current.column), row.article, say("said.moved-down"));
  const rest = row.article.rows.find((each) => left.includes(paragraphsOf(each)[0]));
  if (rest && view.indexOf.has(rest)) setCurrent(rest);
}

/** @type {Readonly<Record<string, () => void>>} */
const ON_PAGE = {
  next: () => step(1),
  previous: () => step(-1),
  nextproblem: () => stepProblem(1),
  previousproblem: () => stepProblem(-1),
  first: () => goTo(0),
  last: () => goTo(view.shown.length - 1),
  left: () => turnColumn(-1),
  right: () => turnColumn(1),
  extendup: () => extend(-1),
  extenddown: () => extend(1),
  selectshown: selectShown,
  link: copyLink,
  view: () => showPage(view.page === "rows" ? "overview" : "rows"),
  overview: () => showPage("overview"),
  rows: () => (view.page === "rows" ? goTo(0) : showPage("rows")), // pressed again, it leads to the first row
  search: openSearch,
  filters: toggleSide,
  theme: turnTheme,
  help: openHelp,
  escape: () => leaveCarried() || (selected.rows.size ? selectNone() : escape()),
  undo,
  redo,
  save,
};

/** @param {string} name */
export function act(name) {
  if (ON_PAGE[name]) ON_PAGE[name]();
  else if (ON_ROW[name] && current.row && view.page === "rows") {
    if (actOnSelection(name)) return;
    if (canDo(name, current.row, current.column)) ON_ROW[name](current.row);
    else announce(say("said.not-possible"));
  }
}
