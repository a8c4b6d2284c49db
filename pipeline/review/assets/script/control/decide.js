// @ts-check
// The reviewer's actions. Each becomes decisions, is saved at once and can be undone.
/** @import { Article, Decision, DecisionFields, Finding, Kind, Paragraph, Row } from "../types.js" */
/** @import { Division } from "../model/cuts.js" */

import { around, el } from "../browser/elements.js";
import { capital, nameOf, say } from "../browser/language.js";
import { SERVED } from "../browser/server.js";
import { settings } from "../browser/settings.js";
import { openFindings, paragraphsOf, referenceOf } from "../model/corpus.js";
import { contentId } from "../model/digest.js";
import { findingToDismiss } from "../model/filter.js";
import { actionOf, csvOf, makeDecision, newAction } from "../model/log.js";
import { inFile } from "../model/parts.js";
import { shifted } from "../model/repair.js";
import { rowOf } from "../model/replay.js";
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
  const sorted = [...paragraphs].sort((a, b) => column(a) - column(b) || inFile(a, b));
  const about = references(article, sorted);
  return { kind: "repair", article: article.id, target: contentId(sorted), paragraphs: about };
}

/**
 * @param {Article} article
 * @param {Division} division
 * @returns {DecisionFields}
 */
function divisionOf(article, { paragraph, head }) {
  const fields = { paragraphs: referenceOf(paragraph), language: paragraph.language, text: head };
  return { kind: "split", article: article.id, target: "", ...fields };
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
  const number = { row: String(row.number) };
  if (agrees) return decide([aboutRow(row, KINDS[state])], say("said.agreed", number));
  if (before === state) return decide((own.length ? own : by).map(withdrawal), say("said.taken-back-row", number));
  return decide([aboutRow(row, KINDS[state])], say(`said.${state}`, number));
}

/**
 * Makes rows of these paragraphs. Afterwards the first repaired row is current.
 * @param {Paragraph[][]} rows
 * @param {Article} article
 * @param {string} words
 * @param {Division[]} divisions of paragraphs that come first
 */
export function repair(rows, article, words, divisions = []) {
  const repairs = rows.map((paragraphs) => repairOf(article, paragraphs));
  const done = decide([...divisions.map((each) => divisionOf(article, each)), ...repairs], words);
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
  return decide([dismissalOf(finding)], say("said.dismissed", { rule: finding.rule }));
}

/**
 * Dismisses the selected finding of a row, or its first open one that the filter shows.
 * @param {Row} row
 */
export function dismissNext(row) {
  const finding = findingToDismiss(row, filter, current.findingId);
  if (finding) dismiss(finding);
  else announce(say(openFindings(row).length ? "said.filter-hides-finding" : "said.no-finding"));
}

/** @param {Finding} finding */
export function reopen(finding) {
  const { dismissedBy, rule } = finding;
  if (dismissedBy.length) decide(dismissedBy.map(withdrawal), say("said.open-again", { rule }));
}

/** @param {string | undefined} id of a comment or proposal */
export function takeBack(id) {
  const decision = log.entries.find((each) => each.id === id);
  if (decision) decide([withdrawal(decision)], say("said.taken-back"));
}

/** Undoes the last action of this browser. */
export function undo() {
  const last = log.lastOwn();
  if (!last) {
    announce(say("said.nothing-to-undo"));
    return;
  }
  const all = log.effective().filter((each) => actionOf(each) === actionOf(last));
  const what = say(`kind.${/** @type {Kind} */ (last.kind)}`);
  decide(all.map(withdrawal), say(all.length > 1 ? "said.undone-many" : "said.undone", { what, n: all.length }));
  log.redo.push(all.map((decision) => decision.id));
}

/** Redoes the last undone action. */
export function redo() {
  const ids = log.redo.pop();
  if (!ids) {
    announce(say("said.nothing-to-redo"));
    return;
  }
  const takenBack = log.entries.filter(({ kind, target }) => kind === "withdraw" && ids.includes(target));
  decide(takenBack.map(withdrawal), say("said.redone"));
}

/** @param {Row} row */
export async function comment(row) {
  const title = say("dialog.comment-title", { row: String(row.number) });
  const hint = say("dialog.comment-hint");
  const text = await ask({ title, hint, value: "", lang: "", action: say("dialog.comment") });
  if (text && text.trim()) await decide([aboutRow(row, "comment", { text })], say("said.commented"));
}

/** @param {Row} row */
export async function split(row) {
  const parts = await askSplit(row);
  if (!parts) return;
  const words = say("said.split", { row: String(row.number) });
  if (row.article.rows.includes(row)) repair(parts.rows, row.article, words, parts.divisions);
  else announce(say("said.split-changed"));
}

/**
 * Shifts the current language from a row on by one row.
 * @param {Row} row
 * @param {number} step -1 for up, 1 for down
 */
export function shift(row, step) {
  const rows = shifted(row, step, current.column);
  if (!rows) return;
  const values = { language: capital(nameOf(corpus.languages[current.column])), n: rows.length };
  repair(rows, row.article, say(step < 0 ? "said.shifted-up" : "said.shifted-down", values));
}

/** Saves the decisions of this browser as a file. */
export async function save() {
  if (!SERVED) await catchUp();
  const decisions = log.entries.filter((decision) => log.own.has(decision.id));
  if (!decisions.length) {
    announce(say("said.nothing-decided"));
    return;
  }
  const stamp = new Date().toISOString().slice(0, 16).replaceAll(":", "").replace("T", "-");
  download(csvOf(decisions), `decisions-${stamp}.csv`);
  if (!SERVED) rememberSaved(decisions.length);
  announce(say("said.saved", { n: log.effective().length }));
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
