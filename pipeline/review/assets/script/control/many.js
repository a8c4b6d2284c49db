// @ts-check
// Actions on many rows: each is one action, which one undo takes back.
/** @import { Article, Row } from "../types.js" */

import { say } from "../browser/language.js";
import { allRows } from "../model/corpus.js";
import { alike, approvable, areNeighbours, leftOver, nextWorst } from "../model/closing.js";
import { harms } from "../model/doubts.js";
import { findingToDismiss, findingsShown } from "../model/filter.js";
import { joined } from "../model/repair.js";
import { shortened } from "../model/text.js";
import { corpus, current, filter, view } from "../state.js";
import { confirmed } from "../view/confirming.js";
import { setCurrent } from "../view/rows.js";
import { selectNone, selection } from "../view/selecting.js";
import { announce } from "../view/status.js";
import { aboutRow, decide, dismissalOf, repair } from "./decide.js";
import { pickArticle } from "./pages.js";

/** @param {Article} article */
function named(article) {
  return say("many.title", { title: shortened(article.title, 50) });
}

/**
 * Approves the undecided rows of an article that the filter shows and that have no open finding. Goes to the
 * first row left, or if there is none to the next worst article.
 * @param {Article} article
 */
export function closeArticle(article) {
  const rows = approvable(view.shown, article);
  const left = leftOver(view.shown, article);
  const words = [say("many.of-article-approved", { n: rows.length, title: named(article) })];
  if (left.length) words.push(say("many.left", { n: left.length }));
  if (rows.length) decide(rows.map((row) => aboutRow(row, "approve")), "");
  if (left.length) {
    if (view.indexOf.has(left[0])) setCurrent(left[0]);
  } else words.push(openNext(article));
  announce(words.join("; "));
}

/**
 * Opens the next worst article; returns what it did in words.
 * @param {Article} article
 */
function openNext(article) {
  const rows = filter.article ? allRows(corpus) : view.shown;
  const next = nextWorst(rows, article, harms(corpus));
  if (!next) return say("many.all-done");
  if (filter.article) pickArticle(String(next.index));
  const first = view.shown.find((row) => row.article === next && !row.review.state);
  if (first) setCurrent(first, { align: "top" });
  return say("many.next", { title: named(next) });
}

/**
 * Approves the undecided rows without an open finding from the beginning of the article to this row.
 * @param {Row} row
 */
export function approveUpTo(row) {
  const rows = approvable(view.shown, row.article, row);
  if (rows.length) decide(rows.map((each) => aboutRow(each, "approve")), say("many.approved", { n: rows.length }));
  else announce(say("many.none-up-to-here"));
}

/**
 * Dismisses all open findings of the rule of a row's finding, in the rows that the filter shows.
 * @param {Row} row
 */
export async function dismissAlike(row) {
  const finding = findingToDismiss(row, filter, current.findingId);
  if (!finding) {
    announce(say("many.no-finding-shown"));
    return;
  }
  const { rule } = finding;
  const n = alike(view.shown, finding).length;
  const articles = new Set(alike(view.shown, finding).map((each) => each.row.article)).size;
  const agreed = await confirmed({
    title: say("many.dismiss-alike-title", { n, rule }),
    words: say("many.dismiss-alike-words", { n: articles }),
    action: say("many.dismiss-action", { n }),
  });
  if (!agreed) return;
  const findings = alike(view.shown, finding); // as others may have decided meanwhile
  if (!findings.length) return;
  decide(findings.map(dismissalOf), say("many.dismissed-alike", { n: findings.length, rule }));
}

/** @typedef {"approve" | "reject" | "merge"} OnRows */

/**
 * What an action does with several rows.
 * @type {Readonly<Record<OnRows, (rows: Row[]) => void>>}
 */
const ON_ROWS = {
  approve: (rows) => judgeAll(rows, "approve"),
  reject: (rows) => judgeAll(rows, "reject"),
  merge: mergeAll,
};

/**
 * Does an action with the selected rows if there are several; returns whether it is about them.
 * @param {string} name
 */
export function actOnSelection(name) {
  const rows = selection();
  if (rows.length < 2) return false;
  if (name === "dismissnext") dismissAll(rows);
  else if (name in ON_ROWS) onRows(/** @type {OnRows} */ (name), rows);
  else return false;
  return true;
}

/**
 * @param {OnRows} name
 * @param {Row[]} rows
 */
async function onRows(name, rows) {
  const { length: n } = rows;
  const decided = rows.filter(({ review }) => review.state).length;
  const title = say(`many.${name}-title`, { n });
  const words = decided ? say("many.some-decided", { n: decided }) : say("many.one-undo");
  if (await confirmed({ title, words, action: say(`many.${name}-action`, { n }) })) ON_ROWS[name](rows.filter(isThere));
}

/** @param {Row} row */
function isThere(row) {
  return row.article.rows.includes(row);
}

/**
 * Gives all rows a verdict; those that have it keep it.
 * @param {Row[]} rows
 * @param {"approve" | "reject"} kind
 */
function judgeAll(rows, kind) {
  const state = kind === "approve" ? "approved" : "rejected";
  const others = rows.filter(({ review }) => review.state !== state);
  selectNone();
  if (others.length) decide(others.map((row) => aboutRow(row, kind)), say(`many.${state}`, { n: others.length }));
  else announce(say(`many.${state}-already`));
}

/** @param {Row[]} rows */
function mergeAll(rows) {
  if (rows.length < 2 || !areNeighbours(rows)) {
    announce(say("many.not-neighbours"));
    return;
  }
  selectNone();
  repair([joined(rows)], rows[0].article, say("many.merged", { n: rows.length }));
}

/**
 * Dismisses the open findings of the rows that the filter shows.
 * @param {Row[]} rows
 */
async function dismissAll(rows) {
  const shown = () => rows.filter(isThere).flatMap((row) => findingsShown(row, filter));
  const { length: n } = shown();
  if (!n) {
    announce(say("many.no-finding-in-these"));
    return;
  }
  const title = say("many.dismiss-title", { n });
  const words = say("many.dismiss-words", { n: rows.length });
  if (!(await confirmed({ title, words, action: say("many.dismiss-action", { n }) }))) return;
  const findings = shown();
  selectNone();
  if (findings.length) decide(findings.map(dismissalOf), say("many.dismissed", { n: findings.length }));
}
