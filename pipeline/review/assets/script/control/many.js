// @ts-check
// Actions on many rows: each is one action, which one undo takes back.
/** @import { Article, Row } from "../types.js" */

import { allRows } from "../model/corpus.js";
import { alike, approvable, areNeighbours, leftOver, nextWorst } from "../model/closing.js";
import { harms } from "../model/doubts.js";
import { findingToDismiss, findingsShown } from "../model/filter.js";
import { joined } from "../model/repair.js";
import { count, shortened } from "../model/text.js";
import { corpus, current, filter, view } from "../state.js";
import { confirmed } from "../view/confirming.js";
import { setCurrent } from "../view/rows.js";
import { selectNone, selection } from "../view/selecting.js";
import { announce } from "../view/status.js";
import { aboutRow, decide, dismissalOf, repair } from "./decide.js";
import { pickArticle } from "./pages.js";

/** @param {Article} article */
function named(article) {
  return `“${shortened(article.title, 50)}”`;
}

/**
 * Approves the undecided rows of an article that the filter shows and that have no open finding. Goes to the
 * first row left, or if there is none to the next worst article.
 * @param {Article} article
 */
export function closeArticle(article) {
  const rows = approvable(view.shown, article);
  const left = leftOver(view.shown, article);
  const words = [`${count(rows.length, "row")} of ${named(article)} approved`];
  if (left.length) words.push(`${count(left.length, "row")} with a finding left`);
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
  if (!next) return "no other article has an undecided row";
  if (filter.article) pickArticle(String(next.index));
  const first = view.shown.find((row) => row.article === next && !row.review.state);
  if (first) setCurrent(first, { align: "top" });
  return `next: ${named(next)}`;
}

/**
 * Approves the undecided rows without an open finding from the beginning of the article to this row.
 * @param {Row} row
 */
export function approveUpTo(row) {
  const rows = approvable(view.shown, row.article, row);
  if (rows.length) decide(rows.map((each) => aboutRow(each, "approve")), `${count(rows.length, "row")} approved`);
  else announce("no undecided row without a finding up to here");
}

/**
 * Dismisses all open findings of the rule of a row's finding, in the rows that the filter shows.
 * @param {Row} row
 */
export async function dismissAlike(row) {
  const finding = findingToDismiss(row, filter, current.findingId);
  if (!finding) {
    announce("no open finding in this row that the filter shows");
    return;
  }
  const { rule } = finding;
  const number = count(alike(view.shown, finding).length, "finding");
  const articles = new Set(alike(view.shown, finding).map((each) => each.row.article)).size;
  const agreed = await confirmed({
    title: `Dismiss ${number} of ${rule}?`,
    words: `They are in ${count(articles, "article")}, in the rows that the filter shows. One undo takes all back.`,
    action: `Dismiss ${number}`,
  });
  if (!agreed) return;
  const findings = alike(view.shown, finding); // as others may have decided meanwhile
  if (findings.length) decide(findings.map(dismissalOf), `${count(findings.length, "finding")} of ${rule} dismissed`);
}

/**
 * What an action does with several rows.
 * @type {Readonly<Record<string, {verb: string, done: string, run: (rows: Row[]) => void}>>}
 */
const ON_ROWS = {
  approve: { verb: "Approve", done: "approved", run: (rows) => judgeAll(rows, "approve") },
  reject: { verb: "Reject", done: "rejected", run: (rows) => judgeAll(rows, "reject") },
  merge: { verb: "Merge", done: "merged", run: mergeAll },
};

/**
 * Does an action with the selected rows if there are several; returns whether it is about them.
 * @param {string} name
 */
export function actOnSelection(name) {
  const rows = selection();
  if (rows.length < 2) return false;
  if (name === "dismissnext") dismissAll(rows);
  else if (ON_ROWS[name]) onRows(ON_ROWS[name], rows);
  else return false;
  return true;
}

/**
 * @param {{verb: string, run: (rows: Row[]) => void}} what
 * @param {Row[]} rows
 */
async function onRows({ verb, run }, rows) {
  const number = count(rows.length, "row");
  const decided = rows.filter(({ review }) => review.state).length;
  const title = `${verb} ${number}?`;
  const words = `${decided ? `${decided} of them are decided already. ` : ""}One undo takes all back.`;
  if (await confirmed({ title, words, action: `${verb} ${number}` })) run(rows.filter(isThere));
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
  const state = ON_ROWS[kind].done;
  const others = rows.filter(({ review }) => review.state !== state);
  selectNone();
  if (others.length) decide(others.map((row) => aboutRow(row, kind)), `${count(others.length, "row")} ${state}`);
  else announce(`all are ${state} already`);
}

/** @param {Row[]} rows */
function mergeAll(rows) {
  if (rows.length < 2 || !areNeighbours(rows)) {
    announce("only rows that stand one behind the other can be merged");
    return;
  }
  selectNone();
  repair([joined(rows)], rows[0].article, `${count(rows.length, "row")} merged`);
}

/**
 * Dismisses the open findings of the rows that the filter shows.
 * @param {Row[]} rows
 */
async function dismissAll(rows) {
  const shown = () => rows.filter(isThere).flatMap((row) => findingsShown(row, filter));
  const number = count(shown().length, "finding");
  if (!shown().length) {
    announce("no open finding in these rows that the filter shows");
    return;
  }
  const words = `They are in the ${rows.length} selected rows. One undo takes all back.`;
  if (!(await confirmed({ title: `Dismiss ${number}?`, words, action: `Dismiss ${number}` }))) return;
  const findings = shown();
  selectNone();
  if (findings.length) decide(findings.map(dismissalOf), `${count(findings.length, "finding")} dismissed`);
}
