// @ts-check
// Handlers for keys, clicks and form fields.
/** @import { Finding } from "../types.js" */

import { around, byId } from "../browser/elements.js";
import { decimal, turnLanguage } from "../browser/language.js";
import { settings } from "../browser/settings.js";
import { blockOf } from "../model/block.js";
import { corpus, current, filter, view } from "../state.js";
import { putAway } from "../view/conflicts.js";
import { turnCompact } from "../view/compact.js";
import { chooseOrder } from "../view/doubts.js";
import { KEYS, keyOf } from "../view/keys.js";
import { refocus, refresh, setCurrent } from "../view/rows.js";
import { moveInList } from "../view/side.js";
import { splitClick, splitKey } from "../view/splitting.js";
import { offerBack } from "../view/vanished.js";
import { approveBlock } from "./accept.js";
import { act } from "./actions.js";
import { listenToDragging } from "./carrying.js";
import { dismiss, reopen, save, takeBack } from "./decide.js";
import {
  composed, discardDraft, discardEdit, edit, editKey, edited, leaveEdit, saveEdit,
} from "./editing.js";
import { joinFile, partFile } from "./files.js";
import { closeArticle } from "./many.js";
import {
  begin, goToRow, nextDamage, pickArticle, pickConfidence, pickRule, showEverything, showLoose, showPage,
} from "./pages.js";
import { searchSoon, turnWay } from "./searching.js";
import { clickSelects } from "./selecting.js";
import { takeVanishedBack } from "./vanished.js";

const TYPING = "input, select, textarea";

export function listen() {
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  document.addEventListener("change", changed);
  document.addEventListener("input", typed);
  document.addEventListener("compositionstart", composed);
  document.addEventListener("compositionend", composed);
  document.addEventListener("pointerover", (event) => lightUp(event.target));
  document.addEventListener("focusin", (event) => lightUp(event.target));
  listenToDragging();
  byId("split-grid").addEventListener("keydown", splitKey);
  byId("split-grid").addEventListener("click", splitClick);
}

/**
 * Handlers of buttons that carry data.
 * @type {Readonly<Record<string, (button: HTMLElement | SVGElement) => void>>}
 */
const BUTTONS = {
  dismiss: (button) => withFinding(button, dismiss),
  undismiss: (button) => withFinding(button, reopen),
  "approve-block": (button) => withFinding(button, (finding) => approveBlock(blockOf(finding))),
  takeback: (button) => takeBack(button.dataset.decision),
  "pick-article": (button) => pickArticle(button.dataset.article || ""),
  "pick-rule": (button) => pickRule(button.dataset.rule || ""),
  "pick-confidence": (button) => pickConfidence(Number(button.dataset.confidence)),
  "next-damage": ({ dataset }) => nextDamage(corpus.articles[Number(dataset.article)], Number(dataset.damage)),
  "go-to-row": ({ dataset }) => goToRow(dataset.row || ""),
  "show-loose": ({ dataset }) => showLoose(Number(dataset.loose)),
  "close-article": ({ dataset }) => closeArticle(corpus.articles[Number(dataset.article)]),
  "save-edit": saveEdit,
  "leave-edit": leaveEdit,
  "discard-edit": discardEdit,
  "edit-draft": goOnEditing,
  "discard-draft": ({ dataset }) => discardDraft(dataset.row || "", dataset.draft || ""),
  "join-file": ({ dataset }) => joinFile(dataset.file || "", dataset.other || ""),
  "part-file": ({ dataset }) => partFile(dataset.file || ""),
  "take-vanished-back": takeVanishedBack,
  "leave-vanished": () => offerBack([]),
  reload: () => location.reload(),
  "put-away": ({ dataset }) => putAway(dataset.decision || ""),
  "search-words": () => turnWay("words"),
  "search-expression": () => turnWay("expression"),
  begin,
  clear: everything,
  everything,
};

/** @param {HTMLElement | SVGElement} button */
function goOnEditing({ dataset }) {
  current.column = Number(dataset.column);
  if (current.row) edit(current.row);
}

/** Shows all rows and goes on in them, because the pressed button is off now. */
function everything() {
  showEverything();
  refocus();
}

/**
 * @param {HTMLElement | SVGElement} button
 * @param {(finding: Finding) => void} run
 */
function withFinding(button, run) {
  const finding = corpus.findingsById.get(button.dataset.finding || "");
  if (finding) run(finding);
}

/** @param {MouseEvent} event */
function clicked(event) {
  const { target } = event;
  if (clickSelects(event)) return;
  const mark = around(target, "mark[data-finding]");
  const button = around(target, "[data-do]");
  clickedRow(target, button === null);
  if (mark) current.findingId = mark.dataset.finding || "";
  const name = button ? button.dataset.do || "" : "";
  if (button && BUTTONS[name]) BUTTONS[name](button);
  else if (name) act(name);
}

/**
 * Makes the clicked row and language current.
 * @param {EventTarget | null} target
 * @param {boolean} focus
 */
function clickedRow(target, focus) {
  const element = around(target, ".row");
  const row = element && view.shown.find((each) => each.uid === element.dataset.uid);
  if (!row) return;
  const cell = around(target, ".cell");
  const column = cell ? Number(cell.dataset.column) : current.column;
  if (row === current.row && column === current.column) return;
  current.column = column;
  if (String(getSelection())) current.row = row; // redrawing would clear the text selection
  else setCurrent(row, { focus });
}

/** @type {Readonly<Record<string, string>>} */
const WITH_CONTROL = { z: "undo", Z: "redo", y: "redo", a: "selectshown" };

/** @param {KeyboardEvent} event */
function pressed(event) {
  const { target } = event;
  if (around(target, ".editing") && editKey(event)) return;
  const key = keyOf(event);
  if (event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.ctrlKey || event.metaKey) {
    withControl(event, key);
    return;
  }
  const field = around(target, TYPING);
  if (field && key === "Enter" && field.id === "search") {
    event.preventDefault();
    if (current.row && view.shown.length) setCurrent(current.row);
    return;
  }
  if (field && key !== "Escape") return;
  if (around(target, "button, summary, [role=toolbar]") && [" ", "Enter"].includes(key)) return;
  const line = around(target, "#articles button");
  if (line && moveInList(line, key)) {
    event.preventDefault();
    return;
  }
  const name = KEYS[event.shiftKey && key.startsWith("Arrow") ? `Shift ${key}` : key];
  if (!name || (settings.get("keys") === "off" && key.length === 1 && name !== "help")) return;
  if (view.page === "overview" && /^(Arrow|Home|End)/.test(key)) return; // these scroll
  if (key === "Enter" && (view.page === "overview" || around(target, "a, [data-do]"))) return;
  event.preventDefault();
  act(name);
}

/**
 * Ctrl+S saves; Ctrl+A selects the rows shown, Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y undo and redo, except in a
 * field, where they are the field's.
 * @param {KeyboardEvent} event
 * @param {string} key
 */
function withControl(event, key) {
  const letter = key.toLowerCase();
  const name = WITH_CONTROL[event.shiftKey ? key.toUpperCase() : letter];
  if (name === "selectshown" && view.page !== "rows") return;
  if (letter === "s") save();
  else if (name && !around(event.target, "textarea, input:not([type=checkbox], [type=range])")) act(name);
  else return;
  event.preventDefault();
}

/** @param {Event} event */
function changed({ target }) {
  if (target instanceof HTMLInputElement && target.dataset.filter) chose(target);
  else if (target instanceof HTMLSelectElement && target.id === "rule") {
    filter.rule = target.value;
    showFiltered();
  } else if (target instanceof HTMLSelectElement && target.id === "person") {
    filter.person = target.value;
    showFiltered();
  } else if (target instanceof HTMLSelectElement && target.id === "order") {
    chooseOrder(target.value);
    showFiltered();
  } else if (target instanceof HTMLSelectElement && target.id === "language") {
    turnLanguage(target.value);
  } else if (target instanceof HTMLInputElement) entered(target);
}

/**
 * Applies a choice of the filter.
 * @param {HTMLInputElement} box
 */
function chose({ checked, dataset }) {
  const { filter: kind, value = "" } = dataset;
  if (kind === "severity") turn(filter.severities, Number(value), checked);
  else if (kind === "news") turn(filter.news, value, checked);
  else turn(kind === "status" ? filter.statuses : filter.reviews, value, checked);
  showFiltered();
}

/**
 * @template Value
 * @param {Set<Value>} set
 * @param {Value} value
 * @param {boolean} there
 */
function turn(set, value, there) {
  if (there) set.add(value);
  else set.delete(value);
}

/**
 * Applies the value of a field.
 * @param {HTMLInputElement} field
 */
function entered({ id, value, checked }) {
  if (id === "keys-on") settings.set("keys", checked ? "" : "off");
  if (id === "compact") turnCompact(checked);
  if (id === "reviewer") settings.set("reviewer", value.slice(0, 80));
  if (id !== "confidence") return;
  filter.confidence = Number(value);
  showFiltered();
}

/** Shows the rows that pass the filter; the changed field keeps the focus. */
function showFiltered() {
  if (view.page !== "rows") showPage("rows");
  refresh(false);
}

/** @param {Event} event */
function typed({ target }) {
  if (target instanceof HTMLTextAreaElement && target.id === "editing-text") edited(target.value);
  if (!(target instanceof HTMLInputElement)) return;
  if (target.id === "confidence") byId("confidence-value").textContent = decimal(Number(target.value));
  if (target.id === "search") searchSoon();
}

/**
 * Highlights a finding and its place in the text together.
 * @param {EventTarget | null} target
 */
function lightUp(target) {
  const finding = around(target, "[data-finding]");
  for (const element of document.querySelectorAll(".lit")) element.classList.remove("lit");
  if (!finding) return;
  /** @type {NodeListOf<HTMLElement>} */
  const places = byId("canvas").querySelectorAll("[data-finding]");
  const id = finding.dataset.finding;
  for (const place of places) place.classList.toggle("lit", place.dataset.finding === id);
}
