// @ts-check
// Editing a text in its cell. The draft is kept with every letter; saved, it becomes a proposal.
/** @import { Row } from "../types.js" */

import { drafts } from "../browser/drafts.js";
import { byId } from "../browser/elements.js";
import { capital, nameOf, say } from "../browser/language.js";
import { SERVED, server } from "../browser/server.js";
import { settings } from "../browser/settings.js";
import { changesOf } from "../model/checked.js";
import { cellText, rowById } from "../model/corpus.js";
import { newAction } from "../model/log.js";
import { isProblem } from "../model/problems.js";
import { proposedText } from "../model/suggestions.js";
import { writable } from "../model/text.js";
import { corpus, current, editing, view } from "../state.js";
import { drawEditing, endEditing, textToEdit } from "../view/editing.js";
import { drawOverview } from "../view/overview.js";
import { refocus, refresh, setCurrent, stepProblem } from "../view/rows.js";
import { announce } from "../view/status.js";
import { aboutRow, decide } from "./decide.js";

const PAUSE = 250; // milliseconds without a key before the text is checked
const PRESENCE = 5000; // milliseconds after which the server hears again that this text is edited
const KEPT = "editing"; // name of the setting that brings the editor back after a reload

const checking = { timer: 0, turn: 0, editor: newAction(), composing: false };

/**
 * Opens the text of the current language for editing.
 * @param {Row} row
 */
export function edit(row) {
  const { column } = current;
  const { code } = corpus.languages[column];
  const known = new Set(row.review.proposals.map(({ id }) => id));
  Object.assign(editing, {
    row, column, known, text: textToEdit(row, column), version: row.version, checked: null, failure: "", others: [],
  });
  settings.remember(KEPT, JSON.stringify([row.id, code]));
  setCurrent(row, { focus: false });
  const area = byId("editing-text", HTMLTextAreaElement);
  area.focus({ preventScroll: true });
  area.setSelectionRange(area.value.length, area.value.length);
  later(0);
}

/** Opens the editor again that was open when the page was reloaded. */
export function resumeEditing() {
  const [id, code] = JSON.parse(settings.recall(KEPT) || "[]");
  const row = id && view.page === "rows" ? rowById(corpus, id) : undefined;
  const column = corpus.languages.findIndex((language) => language.code === code);
  if (!row || row !== current.row || column < 0 || row.cells[column] === null) return;
  current.column = column;
  edit(row);
}

/**
 * Takes in what is in the editor after a key.
 * @param {string} value
 */
export function edited(value) {
  const { row, column } = editing;
  if (!row) return;
  editing.text = value;
  const { code } = corpus.languages[column];
  if (value === proposedText(row, column, code)) drafts.remove(row.id, code);
  else if (!drafts.put({ row: row.id, language: code, text: value, article: row.article.id })) {
    announce(say("draft.not-kept"));
  }
  drawEditing();
  later(PAUSE);
}

/**
 * Follows an input method: while it composes, nothing is saved or checked.
 * @param {CompositionEvent} event
 */
export function composed({ type }) {
  checking.composing = type === "compositionstart";
  if (!checking.composing) later(PAUSE);
}

/**
 * Acts on a key pressed in the editor; returns whether it was one of the editor's.
 * @param {KeyboardEvent} event
 */
export function editKey(event) {
  const { key, ctrlKey, metaKey, isComposing } = event;
  if (isComposing || checking.composing || key === "Process") return true; // the key is the input method's
  if (key === "Enter" && (ctrlKey || metaKey)) saveEdit();
  else if (key === "Escape") leaveEdit();
  else return false;
  event.preventDefault();
  return true;
}

/** Makes the text a proposal and goes to the next row that wants work. */
export function saveEdit() {
  const { row, column } = editing;
  if (!row || checking.composing) return;
  const chosen = corpus.languages[column];
  const { code } = chosen;
  const text = writable(editing.text);
  if (!text.trim()) {
    announce(say("edit.empty"));
    return;
  }
  const isNew = text !== proposedText(row, column, code);
  drafts.remove(row.id, code);
  close();
  if (isNew) decide([aboutRow(row, "propose", { language: code, text })], "");
  goOn(row, isNew ? say("edit.saved", { language: capital(nameOf(chosen)) }) : say("edit.unchanged"));
}

/**
 * @param {Row} row that was edited
 * @param {string} words
 */
function goOn(row, words) {
  const gone = current.row !== row; // the filter does not show it any more, so the next one is current already
  const there = gone && current.row !== null && isProblem(current.row);
  if (there && current.row) setCurrent(current.row);
  else if (!stepProblem(1, "")) {
    refresh(true);
    refocus();
    announce(say("edit.no-further", { words }));
    return;
  }
  announce(say("edit.now-at", { words, row: String(current.row?.number) }));
}

/** Leaves the editor; what is written stays as a draft. */
export function leaveEdit() {
  const { row, column } = editing;
  if (!row) return;
  const kept = drafts.get(row.id, corpus.languages[column].code) !== undefined;
  close();
  refresh(true);
  refocus();
  announce(say(kept ? "draft.kept" : "edit.unchanged"));
}

/** Leaves the editor without the draft. */
export function discardEdit() {
  const { row, column } = editing;
  if (!row) return;
  drafts.remove(row.id, corpus.languages[column].code);
  close();
  refresh(true);
  refocus();
  announce(say("draft.discarded"));
}

/**
 * Discards a draft that is not being edited.
 * @param {string} id of its row
 * @param {string} language
 */
export function discardDraft(id, language) {
  drafts.remove(id, language);
  const row = rowById(corpus, id);
  if (row) row.version += 1;
  if (view.page === "rows") {
    refresh(true);
    refocus();
  } else drawOverview();
  announce(say("draft.discarded"));
}

function close() {
  clearTimeout(checking.timer);
  checking.turn += 1;
  settings.remember(KEPT, "");
  endEditing();
}

/** @param {number} pause */
function later(pause) {
  clearTimeout(checking.timer);
  if (SERVED) checking.timer = setTimeout(check, pause);
}

/** Asks the server what the checks say, and who else edits the text. */
async function check() {
  const { row, column, text } = editing;
  if (!row || checking.composing) return;
  checking.turn += 1;
  const { turn } = checking;
  try {
    const answer = await server.check(questionOf(row, column, text));
    if (turn !== checking.turn || editing.row !== row) return;
    Object.assign(editing, { checked: changesOf(row, answer), failure: "", others: answer.others, lacking: answer.lacking });
  } catch (error) {
    if (turn !== checking.turn) return;
    editing.failure = error instanceof Error ? error.message : String(error);
  }
  drawEditing();
  later(PRESENCE);
}

/**
 * @param {Row} row
 * @param {number} column
 * @param {string} text
 */
function questionOf(row, column, text) {
  const { code } = corpus.languages[column];
  /** @param {number} k */
  const textOf = (k) => (k === column ? cellText(row.cells[k]) : proposedText(row, k, corpus.languages[k].code));
  const texts = corpus.languages.flatMap((language, k) => (row.cells[k] ? [[language.code, textOf(k)]] : []));
  return {
    texts: Object.fromEntries(texts), confidence: row.confidence ?? 1, language: code, text: writable(text),
    place: `${row.id} ${code}`, editor: checking.editor, name: settings.reviewer,
  };
}
