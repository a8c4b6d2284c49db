// @ts-check
// The reviewer's actions. Each becomes decisions, is saved at once and can be undone.
/** @import { Article, Decision, DecisionFields, Finding, Paragraph, Row } from "../types.js" */

import { around, el } from "../browser/elements.js";
import { SERVED } from "../browser/server.js";
import { settings } from "../browser/settings.js";
import { openFindings, paragraphsOf, referenceOf } from "../model/corpus.js";
import { contentId } from "../model/digest.js";
import { findingToDismiss } from "../model/filter.js";
import { actionOf, csvOf, makeDecision, newAction } from "../model/log.js";
import { shifted } from "../model/repair.js";
import { rowOf } from "../model/replay.js";
import { count } from "../model/text.js";
import { corpus, current, filter, log } from "../state.js";
import { drawConflicts } from "../view/conflicts.js";
import { ask } from "../view/dialogs.js";
import { setCurrent } from "../view/rows.js";
import { askSplit } from "../view/splitting.js";
import { announce, drawState, rememberSaved } from "../view/status.js";
import { afterChange, catchUp, store } from "./sync.js";

/**
 * Records decisions as one action.
 * @param {DecisionFields[]} list
 * @param {string} words announcement
 */
export async function decide(list, words) {
  const action = newAction();
  const decisions = list.map((fields, turn) => makeDecision(action, turn, settings.reviewer, fields));
  const focus = around(document.activeElement, "[data-do]");
  for (const decision of decisions) log.enter(decision, { own: true, unsaved: true });
  if (list[0].kind !== "withdraw") log.redo = [];
  afterChange(words, focus ? focus.dataset.do : "");
  drawConflicts();
  await store(decisions);
}

/**
 * Returns the paragraphs of a row for a decision, and the languages of the article: the decision binds those
 * that it has seen.
 * @param {Article} article
 * @param {Paragraph[]} paragraphs
 */
function references(article, paragraphs) {
  const seen = corpus.languages.map(({ code }) => code).filter((_, k) => article.languages[k]);
  return [...paragraphs.map(referenceOf), ...seen].join(" ");
}

/**
 * @param {Row} row
 * @param {string} kind
 * @param {Partial<Decision>} fields
 * @returns {DecisionFields}
 */
export function aboutRow(row, kind, fields = {}) {
  const paragraphs = references(row.article, paragraphsOf(row));
  return { kind, article: row.article.id, target: row.id, paragraphs, ...fields };
}

/**
 * Returns the decision that these paragraphs form a row.
 * @param {Article} article
 * @param {Paragraph[]} paragraphs
 * @returns {DecisionFields}
 */
function repairOf(article, paragraphs) {
  /** @param {Paragraph} paragraph */
  const column = (paragraph) => corpus.languages.findIndex(({ code }) => code === paragraph.language);
  const sorted = [...paragraphs].sort((a, b) => column(a) - column(b) || a.number - b.number);
  const about = references(article, sorted);
  return { kind: "repair", article: article.id, target: contentId(sorted), paragraphs: about };
}

/**
 * @param {Decision} decision
 * @returns {DecisionFields}
 */
function withdrawal(decision) {
  return { kind: "withdraw", article: decision.article, target: decision.id };
}

const KINDS = { approved: "approve", rejected: "reject" };

/**
 * Approves or rejects a row, or withdraws that decision; who has a name agrees with the verdict of another.
 * @param {Row} row
 * @param {"approved" | "rejected"} state
 */
export function judge(row, state) {
  const { state: before, by } = row.review;
  const own = by.filter(({ id, reviewer }) => log.own.has(id) || reviewer === settings.reviewer);
  const agrees = before === state && settings.reviewer !== "" && own.length === 0;
  if (agrees) return decide([aboutRow(row, KINDS[state])], `row ${row.number}: agreed`);
  if (before === state) return decide((own.length ? own : by).map(withdrawal), `row ${row.number}: taken back`);
  return decide([aboutRow(row, KINDS[state])], `row ${row.number} ${state}`);
}

/**
 * Makes rows of these paragraphs. Afterwards the first repaired row, or the one that grew, is current.
 * @param {Paragraph[][]} rows
 * @param {Article} article
 * @param {string} words
 */
export function repair(rows, article, words) {
  const done = decide(rows.map((paragraphs) => repairOf(article, paragraphs)), words);
  const row = rowOf(article, new Set(rows[0]));
  if (row) setCurrent(row);
  return done;
}

/**
 * @param {Finding} finding
 * @returns {DecisionFields}
 */
export function dismissalOf({ id, row, source, target }) {
  const all = paragraphsOf(row);
  const own = all.filter(({ language }) => language === source || language === target);
  const paragraphs = (own.length ? own : all).map(referenceOf).join(" ");
  return { kind: "dismiss", article: row.article.id, target: id, paragraphs };
}

/** @param {Finding} finding */
export function dismiss(finding) {
  return decide([dismissalOf(finding)], `dismissed: ${finding.rule}`);
}

/**
 * Dismisses the selected finding of a row, or its first open one that the filter shows.
 * @param {Row} row
 */
export function dismissNext(row) {
  const finding = findingToDismiss(row, filter, current.findingId);
  if (finding) dismiss(finding);
  else announce(openFindings(row).length ? "the filter shows no open finding of this row" : "no open finding in this row");
}

/** @param {Finding} finding */
export function reopen(finding) {
  const { dismissedBy, rule } = finding;
  if (dismissedBy.length) decide(dismissedBy.map(withdrawal), `open again: ${rule}`);
}

/** @param {string | undefined} id of a comment or proposal */
export function takeBack(id) {
  const decision = log.entries.find((each) => each.id === id);
  if (decision) decide([withdrawal(decision)], "taken back");
}

/** Undoes the last action of this browser. */
export function undo() {
  const last = log.lastOwn();
  if (!last) {
    announce("nothing to undo");
    return;
  }
  const all = log.effective().filter((each) => actionOf(each) === actionOf(last));
  decide(all.map(withdrawal), `undone: ${last.kind}${all.length > 1 ? `, ${all.length} decisions` : ""}`);
  log.redo.push(all.map((decision) => decision.id));
}

/** Redoes the last undone action. */
export function redo() {
  const ids = log.redo.pop();
  if (!ids) {
    announce("nothing to do again");
    return;
  }
  const takenBack = log.entries.filter(({ kind, target }) => kind === "withdraw" && ids.includes(target));
  decide(takenBack.map(withdrawal), "done again");
}

/** @param {Row} row */
export async function comment(row) {
  const title = `Comment on row ${row.number}`;
  const hint = "For whoever works on this text next.";
  const text = await ask({ title, hint, value: "", lang: "", action: "Comment" });
  if (text && text.trim()) await decide([aboutRow(row, "comment", { text })], "comment added");
}

/** @param {Row} row */
export async function split(row) {
  const parts = await askSplit(row);
  if (!parts) return;
  if (row.article.rows.includes(row)) repair(parts, row.article, `row ${row.number} split`);
  else announce("the row has changed meanwhile, so it is not split");
}

/**
 * Shifts the current language from a row on by one row.
 * @param {Row} row
 * @param {number} step -1 for up, 1 for down
 */
export function shift(row, step) {
  const rows = shifted(row, step, current.column);
  if (!rows) return;
  const { name } = corpus.languages[current.column];
  repair(rows, row.article, `${name} shifted ${step < 0 ? "up" : "down"}: ${count(rows.length, "row")} changed`);
}

/** Saves the decisions of this browser as a file. */
export async function save() {
  if (!SERVED) await catchUp();
  const decisions = log.entries.filter((decision) => log.own.has(decision.id));
  if (!decisions.length) {
    announce("nothing has been decided here yet");
    return;
  }
  const stamp = new Date().toISOString().slice(0, 16).replaceAll(":", "").replace("T", "-");
  download(csvOf(decisions), `decisions-${stamp}.csv`);
  if (!SERVED) rememberSaved(decisions.length);
  announce(`${count(log.effective().length, "decision")} saved`);
  drawState();
}

/**
 * @param {string} text
 * @param {string} name
 */
function download(text, name) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
