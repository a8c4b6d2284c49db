// @ts-check
// The conflicts between what was decided here and elsewhere, until they are settled or put away.
/** @import { Decision, Row } from "../types.js" */
/** @import { Conflict } from "../model/conflicts.js" */

import { byId, el } from "../browser/elements.js";
import { settings } from "../browser/settings.js";
import { storage } from "../browser/storage.js";
import { isOpen, rootOf } from "../model/conflicts.js";
import { actionOf } from "../model/log.js";
import { count, shortened } from "../model/text.js";
import { corpus, log } from "../state.js";
import { announce } from "./status.js";

const SHOWN = 20;
const DONE = {
  approve: "approved it", reject: "rejected it", repair: "put other paragraphs together",
  dismiss: "dismissed it", propose: "proposed another text", join: "joined files", part: "separated files",
};
const TAKEN_BACK = {
  approve: "took back the approval", reject: "took back the rejection", repair: "took back the repair",
  dismiss: "opened it again", propose: "took back a proposal",
  join: "took back that files belong together", part: "took back that files do not belong together",
};

/** @type {Conflict[]} */
let conflicts = [];

/** Shows the conflicts that were open when this page was left. */
export function readConflicts() {
  const byIds = new Map(log.entries.map((decision) => [decision.id, decision]));
  for (const pair of settings.get(placeOfConflicts()).split("\n")) {
    const [earlier, later] = pair.split(" ").map((id) => byIds.get(id));
    if (earlier && later) conflicts.push({ earlier, later });
  }
  drawConflicts();
}

function placeOfConflicts() {
  return `conflicts ${storage.place}`;
}

/** @param {Conflict[]} found */
export function addConflicts(found) {
  for (const conflict of found) {
    conflicts = [...conflicts.filter((other) => !replaces(conflict, other)), conflict];
  }
  drawConflicts();
  const last = conflicts.at(-1);
  if (last) announce(`conflict: ${doneBy(last.earlier)}, and ${doneBy(last.later)}`);
}

/**
 * Returns whether a conflict takes the place of another one: it is about the same earlier decision, or about
 * another row of the same repair.
 * @param {Conflict} one
 * @param {Conflict} other
 */
function replaces(one, other) {
  if (one.earlier.id === other.earlier.id) return log.own.has(one.later.id) === log.own.has(other.later.id);
  const actions = actionOf(one.later) === actionOf(other.later) && actionOf(one.earlier) === actionOf(other.earlier);
  return one.later.kind === "repair" && actions;
}

/** @param {string} id of the later decision, or "" for all */
export function putAway(id) {
  conflicts = conflicts.filter(({ later }) => id && later.id !== id);
  drawConflicts();
}

export function drawConflicts() {
  if (!conflicts.length && byId("conflicts").hidden) return;
  const cancelled = log.withdrawn();
  conflicts = conflicts.filter((conflict) => isOpen(log, conflict, cancelled));
  settings.set(placeOfConflicts(), conflicts.map(({ earlier, later }) => `${earlier.id} ${later.id}`).join("\n"));
  const shown = conflicts.slice(-SHOWN).reverse();
  const more = conflicts.length - shown.length;
  byId("conflicts").hidden = !conflicts.length;
  byId("conflict-title").textContent = `${count(conflicts.length, "conflict")} with others`;
  byId("conflict-list").replaceChildren(
    ...shown.map(conflictLine),
    ...(more ? [el("li", { text: `and ${more} more` })] : []),
  );
}

/** @param {Conflict} conflict */
function conflictLine(conflict) {
  const row = rowOfConflict(conflict);
  return el(
    "li",
    {},
    el("span", { text: wordsOf(conflict) }),
    row
      ? el("button", { type: "button", class: "small", data: { do: "go-to-row", row: row.id }, text: "Go there" })
      : null,
    el("button", {
      type: "button", class: "small", data: { do: "put-away", decision: conflict.later.id }, text: "Put away",
    }),
  );
}

/** @param {Conflict} conflict */
function wordsOf(conflict) {
  const { earlier, later } = conflict;
  const { root } = rootOf(log, later);
  const row = rowOfConflict(conflict);
  const finding = root && corpus.findingsById.get(root.target);
  const title = shortened(corpus.byArticle.get(later.article)?.title || later.article, 50);
  const what = finding ? `finding ${finding.rule}` : "row";
  const place = row ? `${what === "row" ? "Row" : `The ${what} in row`} ${row.number} of “${title}”` : `“${title}”`;
  return `${place}: ${doneBy(earlier)}, and ${doneBy(later)} without knowing. ${whatHolds(conflict, row)}`;
}

/** @param {Decision} decision */
function doneBy(decision) {
  const { root, stands } = rootOf(log, decision);
  const name = decision.reviewer || "someone without a name";
  const own = decision.reviewer ? `you (${decision.reviewer})` : "you";
  const words = (stands ? DONE : TAKEN_BACK)[/** @type {keyof typeof DONE} */ (root ? root.kind : "approve")];
  return `${log.own.has(decision.id) ? own : name} ${words}`;
}

/**
 * @param {Conflict} conflict
 * @param {Row | undefined} row
 */
function whatHolds({ later }, row) {
  const { root } = rootOf(log, later);
  const finding = root && corpus.findingsById.get(root.target);
  if (finding) return `It is ${finding.dismissed ? "dismissed" : "open"} now.`;
  if (root && root.kind === "propose") return "Both texts are kept.";
  if (!row) return "";
  const { state, by } = row.review;
  const names = [...new Set(by.map(({ id, reviewer }) => (log.own.has(id) ? "you" : reviewer)).filter(Boolean))];
  return `It is ${state || "undecided"} now${names.length ? `, by ${names.join(" and ")}` : ""}.`;
}

/**
 * Returns the row that has the first paragraph of the later decision now.
 * @param {Conflict} conflict
 */
function rowOfConflict({ later }) {
  const { root } = rootOf(log, later);
  const article = root && corpus.byArticle.get(root.article);
  if (!article || !root) return undefined;
  const finding = corpus.findingsById.get(root.target);
  const [language, number, print] = root.paragraphs.split(" ")[0].split(":");
  return article.rows.find((row) =>
    finding
      ? row.findings.includes(finding)
      : row.cells.some((cell) =>
          (cell || []).some((p) => p.language === language && p.print === print && p.number === Number(number)),
        ),
  );
}
