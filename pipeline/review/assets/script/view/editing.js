// @ts-check
// The editor of a text in its cell: what is written, how it differs, and what the checks say about it.
/** @import { Decision, Row } from "../types.js" */
/** @import { CheckedFinding } from "../browser/server.js" */

import { drafts } from "../browser/drafts.js";
import { el } from "../browser/elements.js";
import { nameOf, say } from "../browser/language.js";
import { SERVED } from "../browser/server.js";
import { cellText } from "../model/corpus.js";
import { proposedText } from "../model/suggestions.js";
import { corpus, editing, log } from "../state.js";
import { differenceParts } from "./difference.js";

/**
 * Returns the text to begin with: the draft, the last proposal, or what the file has.
 * @param {Row} row
 * @param {number} column
 */
export function textToEdit(row, column) {
  const { code } = corpus.languages[column];
  return drafts.get(row.id, code)?.text ?? proposedText(row, column, code);
}

/**
 * Returns the editor of a cell.
 * @param {Row} row
 * @param {number} column
 */
export function editorElement(row, column) {
  const language = corpus.languages[column];
  const { code } = language;
  const area = el("textarea", {
    id: "editing-text", lang: code, dir: "auto", rows: 3, spellcheck: "true", maxlength: 1_000_000,
    "aria-label": say("edit.label", { language: nameOf(language), row: String(row.number) }), "aria-describedby": "editing-hint",
    "aria-keyshortcuts": "Control+Enter Escape",
  });
  area.value = editing.text;
  return el(
    "div",
    { class: "editing" },
    area,
    el("p", { id: "editing-difference", class: "difference", lang: code, dir: "auto" }, differenceNow()),
    el("p", { id: "editing-said", class: "editing-said", role: "status" }, saidNow()),
    el("ul", { id: "editing-checks", class: "editing-checks", "aria-label": say("edit.checks") }, checkLines()),
    el("p", { id: "editing-hint", class: "editing-hint", text: say("edit.hint") }),
    el("div", { class: "editing-tools" },
      toolButton("save-edit", say("edit.save"), "Ctrl Enter", "primary"),
      toolButton("leave-edit", say("edit.leave"), "Esc"),
      toolButton("discard-edit", say("edit.discard"), "")),
  );
}

/**
 * @param {string} action
 * @param {string} text
 * @param {string} key
 */
function toolButton(action, text, key, kind = "quiet") {
  const shortcut = key ? el("kbd", { "aria-hidden": "true", text: key }) : null;
  return el("button", { type: "button", class: `small ${kind}`, data: { do: action } }, text, shortcut);
}

function differenceNow() {
  const { row, column, text } = editing;
  const before = row ? cellText(row.cells[column]) : "";
  return before === text ? [] : differenceParts(before, text, true);
}

/** Draws what depends on the text and on the checks. */
export function drawEditing() {
  replace("editing-difference", differenceNow());
  replace("editing-checks", checkLines());
  const said = saidNow();
  const place = document.getElementById("editing-said");
  if (place && place.textContent !== said) place.textContent = said; // so it is not said again
}

/**
 * @param {string} id
 * @param {(Node | string)[]} children
 */
function replace(id, children) {
  document.getElementById(id)?.replaceChildren(...children);
}

/** Returns in words who else is at this text and how its findings have changed. */
function saidNow() {
  const { checked, failure, others } = editing;
  const parts = [...proposedMeanwhile().map(said), ...others.map(editsToo)];
  if (!SERVED) parts.push(say("edit.unchecked"));
  else if (failure) parts.push(say("edit.failed", { why: failure }));
  else if (checked) {
    const { gone, fresh, same } = checked;
    const numbers = [
      say("edit.gone", { n: gone.length }), say("edit.new", { n: fresh.length }), say("edit.left", { n: same.length }),
    ];
    parts.push(`${numbers.join(", ")}.`);
    if (editing.lacking) parts.push(say("edit.lacking", { why: editing.lacking }));
  }
  return parts.join(" ");
}

/** Returns what others have proposed for this text since it is edited. */
function proposedMeanwhile() {
  const { row, column, known } = editing;
  const { code } = corpus.languages[column];
  const proposals = row ? row.review.proposals : [];
  return proposals.filter(({ id, language }) => language === code && !known.has(id) && !log.own.has(id));
}

/** @param {Decision} decision */
function said({ reviewer }) {
  return reviewer ? say("edit.meanwhile", { name: reviewer }) : say("edit.meanwhile-unnamed");
}

/** @param {string} name */
function editsToo(name) {
  return name ? say("edit.other", { name }) : say("edit.other-unnamed");
}

function checkLines() {
  const { checked } = editing;
  if (!checked) return [];
  return [
    ...checked.fresh.map((finding) => checkLine(finding, "new", "+")),
    ...checked.same.map((finding) => checkLine(finding, "left", "•")),
    ...checked.gone.map((finding) => checkLine(finding, "gone", "✓")),
  ];
}

/**
 * @param {CheckedFinding} finding
 * @param {"new" | "left" | "gone"} state
 * @param {string} sign
 */
function checkLine([rule, severity, , , message], state, sign) {
  const name = corpus.severities[severity];
  return el(
    "li",
    { class: `check ${state} ${name}` },
    el("span", { class: "sign", "aria-hidden": "true", text: sign }),
    el("span", { class: "severity", text: say(`edit.is-${state}`, { severity: say(`severity.${name}`) }) }),
    el("span", { class: "message", lang: "en", text: message }),
    el("span", { class: "rule", translate: "no", text: rule }),
  );
}

/** Ends editing; the draft stays. */
export function endEditing() {
  if (editing.row) editing.row.version += 1; // shows the draft, or that it is gone
  Object.assign(editing, { row: null, checked: null, failure: "", others: [] });
}
