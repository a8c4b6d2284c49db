// @ts-check
// Rendering of a row.
/** @import { Decision, Finding, Paragraph, Row } from "../types.js" */
/** @import { Alternative } from "../model/alternatives.js" */

import { el, svg } from "../browser/elements.js";
import { capital, dayOf, language, nameOf, percent, say } from "../browser/language.js";
import { settings } from "../browser/settings.js";
import { alternativeOf } from "../model/alternatives.js";
import { blockOf } from "../model/block.js";
import { cellText, numbersOf, openFindings } from "../model/corpus.js";
import { findingToDismiss, findingsShown } from "../model/filter.js";
import { marksOf, pieces } from "../model/marks.js";
import { canDo } from "../model/repair.js";
import { searchOf } from "../model/search.js";
import { nextSuggestion, suggestedWords } from "../model/suggestions.js";
import { damageInRow, damageOf } from "../model/suspicions.js";
import { shortened } from "../model/text.js";
import { corpus, current, editing, filter, selected } from "../state.js";
import { differenceParts } from "./difference.js";
import { draftLines } from "./drafts.js";
import { editorElement } from "./editing.js";
import { saidOf } from "./people.js";
import { levelOf } from "./pictures.js";
import { linkTo } from "./place.js";
import { damageMark, damageTexts } from "./suspicions.js";

const REVIEW_MARKS = { approved: "✓", rejected: "✕", repaired: "⟲" };

/** @param {Row} row */
export function rowElement(row) {
  const here = current.row === row;
  return el(
    "article",
    {
      class: "row", tabindex: here ? "0" : "-1", id: here ? "current-row" : null,
      "aria-label": rowLabel(row), "aria-current": here ? "true" : null,
      data: {
        uid: row.uid, status: row.status, state: row.review.state, low: row.unsure ? "yes" : "no",
        selected: selected.rows.has(row) ? "yes" : "no", anew: row.anew && !row.review.state ? "yes" : "no",
      },
    },
    gutter(row),
    el("div", { class: "cells" }, row.cells.map((_, k) => cellElement(row, k, here && current.column === k))),
    notes(row),
    here ? toolbar(row) : null,
  );
}

/**
 * Draws a row anew around the text that is edited in it, which keeps its place and the focus.
 * @param {HTMLElement} element
 * @param {Row} row
 */
export function renewAround(element, row) {
  const fresh = rowElement(row);
  Object.assign(element.dataset, fresh.dataset);
  element.setAttribute("aria-label", rowLabel(row));
  const cells = /** @type {HTMLElement} */ (element.querySelector(".cells"));
  for (const child of [...element.children]) if (child !== cells) child.remove();
  let behind = false;
  for (const child of [...fresh.children]) {
    if (child.matches(".cells")) behind = true;
    else if (behind) element.append(child);
    else cells.before(child);
  }
}

/** @param {Row} row */
function rowLabel(row) {
  const findings = openFindings(row).length;
  const { confidence, review, number, article } = row;
  const parts = [
    say("row.label", { row: String(number), all: String(article.rows.length) }),
    say(`status.${row.status}`),
    confidence === null ? say("row.by-hand") : say("row.confidence", { percent: percent(confidence) }),
  ];
  if (row.isNew) parts.push(say("row.is-new"));
  if (review.state) parts.push(say(`review.${review.state}`));
  if (selected.rows.has(row)) parts.push(say("row.selected"));
  if (findings) parts.push(say("row.findings", { n: findings }));
  if (damageInRow(row).length) parts.push(say("row.looks-damaged"));
  return parts.join(", ");
}

/** @param {Row} row */
function gutter(row) {
  const { id, number, confidence, review } = row;
  return el(
    "div",
    { class: "gutter" },
    el("a", {
      class: "number", href: linkTo(id), tabindex: "-1", title: say("row.link"),
      "aria-label": say("row.link-label", { row: String(number) }), text: number,
    }),
    meter(confidence),
    confidence === null ? null : confidenceLabel(confidence),
    row.isNew ? el("span", { class: "fresh", title: say("row.is-new"), text: "•" }) : null,
    review.state
      ? el("span", { class: `mark ${review.state}`, title: saidOf(row), text: REVIEW_MARKS[review.state] })
      : null,
  );
}

/** @param {number | null} confidence */
function meter(confidence) {
  const height = 40 * (confidence || 0);
  return svg(
    "svg",
    { class: `meter ${levelOf(confidence)}`, viewBox: "0 0 6 40", "aria-hidden": "true" },
    svg("rect", { class: "rail", width: 6, height: 40, rx: 3 }),
    confidence === null ? null : svg("rect", { class: "level", y: 40 - height, width: 6, height, rx: 3 }),
  );
}

/** @param {number} confidence */
function confidenceLabel(confidence) {
  const text = confidence >= 0.995 ? "99+" : Math.round(100 * confidence);
  return el("span", { class: `confidence ${levelOf(confidence)}`, title: say("row.confidence-hint"), text });
}

/**
 * @param {Row} row
 * @param {number} k column of the language
 * @param {boolean} active
 */
function cellElement(row, k, active) {
  const own = corpus.languages[k];
  const cell = row.cells[k];
  const places = cell && cell.length ? el("span", { class: "places", text: `¶ ${numbersOf(cell)}` }) : null;
  const called = nameOf(own);
  const name = el("span", { class: "language" }, el("span", { text: called }), places);
  if (cell === null) {
    const none = el("p", { class: "none", text: say("row.no-file", { language: called }) });
    return el("div", { class: "cell absent", data: { column: k } }, name, none);
  }
  const { code } = own;
  const content = cell.length
    ? el("div", { class: "text", lang: code, dir: "auto" }, paragraphElements(row, cell, code))
    : el("p", { class: "none", text: say("row.nothing", { language: called }) });
  const kind = `cell${cell.length ? "" : " empty"}${active ? " active" : ""}`;
  const editor = editing.row === row && editing.column === k ? editorElement(row, k) : null;
  return el("div", { class: kind, data: { column: k } }, name, content, editor);
}

/**
 * @param {Row} row
 * @param {Paragraph[]} cell
 * @param {string} code
 */
function paragraphElements(row, cell, code) {
  const marks = marksOf(row, code, cellText(cell), searchOf(filter));
  const damages = damageOf(row.article);
  let offset = 0;
  return cell.map((paragraph) => {
    const shown = pieces(paragraph.text, offset, marks).map(({ text, mark }) =>
      mark ? markElement(text, mark.finding) : text,
    );
    offset += paragraph.text.length + 2;
    return el(
      "p",
      { class: `paragraph ${paragraph.kind}` },
      el("span", {
        class: "place", "aria-hidden": "true", draggable: "true", data: { serial: paragraph.serial },
        title: say("row.drag"), text: paragraph.number,
      }),
      paragraph.kind === "boilerplate" ? kindMark() : null,
      damageMark(paragraph, damages),
      shown,
    );
  });
}

function kindMark() {
  return el("span", { class: "kind", lang: language(), text: say("row.boilerplate") });
}

/**
 * @param {string} text
 * @param {Finding | null} finding
 */
function markElement(text, finding) {
  if (!finding) return el("mark", { class: "hit", text });
  const { severity, message, id } = finding;
  return el("mark", { class: corpus.severities[severity], title: message, data: { finding: id }, text });
}

/** @param {Row} row */
function notes(row) {
  const here = current.row === row;
  const target = here ? findingToDismiss(row, filter, current.findingId) : undefined;
  const lines = [
    ...row.findings.map((finding) => findingLine(finding, here, finding === target)),
    ...damageTexts(row).map((parts) => quietLine(...parts)),
    ...draftLines(row, here),
    ...row.review.proposals.map((decision) => proposalLine(row, decision, here)),
    ...row.review.comments.map((decision) => commentLine(decision, here)),
  ];
  if (row.review.by.some(({ reviewer }) => reviewer && reviewer !== settings.reviewer)) {
    lines.push(quietLine(`${capital(saidOf(row))}.`));
  }
  const other = alternativeOf(row, here ? current.findingId : "");
  if (other) lines.push(alternativeLine(row, other, here));
  if (!row.base) lines.push(quietLine(say(row.anew && !row.review.state ? "row.anew" : "row.made-by-hand")));
  if (row.moved) lines.push(quietLine(say("row.moved")));
  return lines.length ? el("ul", { class: "notes", "aria-label": say("row.notes") }, lines) : null;
}

/**
 * @param {Row} row
 * @param {Alternative} other
 * @param {boolean} here
 */
function alternativeLine(row, { column, coming, from, exchanged, probability }, here) {
  const { code } = corpus.languages[column];
  const place = `${capital(nameOf(corpus.languages[column]))} ¶ ${numbersOf(coming)}`;
  const values = { place, row: String(from.number), percent: percent(probability || 0) };
  const sure = exchanged ? "row.exchange-with" : "row.take-from";
  const probable = exchanged ? "row.exchange-with-probable" : "row.take-from-probable";
  return el(
    "li",
    { class: "note remark alternative" },
    el("span", { class: "severity", text: say("row.runner-up") }),
    el("span", { class: "body" },
      el("span", { class: "message", text: say(probability === null ? sure : probable, values) }),
      el("q", { lang: code, dir: "auto", text: shortened(cellText(coming), 160) })),
    el("button", { type: "button", class: "small", data: { do: "realign" }, tabindex: here ? null : "-1" },
      say(exchanged ? "row.exchange" : "row.put-here"),
      here && !suggestionFirst(row) ? el("kbd", { "aria-hidden": "true", text: "Enter" }) : null),
  );
}

/** @param {Row} row */
function suggestionFirst(row) {
  return nextSuggestion(row, findingsShown(row, filter), current.findingId) !== undefined;
}

/** @param {(string | HTMLElement)[]} parts */
function quietLine(...parts) {
  return el("li", { class: "note quiet" }, el("span", { class: "body" }, parts));
}

/**
 * @param {Finding} finding
 * @param {boolean} here whether its row is the current one; Tab reaches only that one
 * @param {boolean} isTarget whether the key to dismiss is about it
 */
function findingLine(finding, here, isTarget) {
  const { id, rule, dismissed } = finding;
  const severity = corpus.severities[finding.severity];
  return el(
    "li",
    { class: `note finding ${severity}${dismissed ? " dismissed" : ""}`, data: { finding: id } },
    el("span", { class: "severity", text: stateOf(finding) }),
    findingBody(finding),
    blockButton(finding, here),
    isTarget ? alikeButton(rule) : null,
    el("button", {
      type: "button", class: "small", data: { do: dismissed ? "undismiss" : "dismiss", finding: id },
      "aria-keyshortcuts": isTarget ? "d" : null, tabindex: here ? null : "-1",
    }, say(dismissed ? "row.open-again" : "row.dismiss"), el("span", { class: "visually-hidden", translate: "no", text: `: ${rule}` }), isTarget ? el("kbd", { "aria-hidden": "true", text: "d" }) : null),
  );
}

/**
 * @param {Finding} finding
 * @param {boolean} here
 */
function blockButton(finding, here) {
  const rows = blockOf(finding);
  return rows.length ? el("button", {
    type: "button", class: "small", data: { do: "approve-block", finding: finding.id }, tabindex: here ? null : "-1",
  }, say("row.approve-block", { n: rows.length })) : null;
}

/** @param {Finding} finding */
function stateOf({ dismissed, isNew, severity }) {
  if (dismissed) return say("review.dismissed");
  const name = say(`severity.${corpus.severities[severity]}`);
  return isNew ? say("edit.is-new", { severity: name }) : name;
}

/** @param {string} rule */
function alikeButton(rule) {
  return el("button", {
    type: "button", class: "small quiet", data: { do: "dismissalike" }, "aria-keyshortcuts": "Shift+D",
    title: say("row.all-alike-hint", { rule }),
  }, say("row.all-alike"), el("kbd", { "aria-hidden": "true", text: "D" }));
}

/** @param {Finding} finding */
function findingBody(finding) {
  const { message, rule, source, target } = finding;
  const suggestion = suggestedWords(finding);
  const pair = [source, target].filter(Boolean).join("–");
  const arrow = el("span", { "aria-hidden": "true", text: "→ " });
  const spoken = el("span", { class: "visually-hidden", text: say("row.suggestion") });
  const words = el("span", { lang: target || source || null, dir: "auto", text: suggestion });
  return el(
    "span",
    { class: "body" },
    el("span", { class: "message", lang: "en", text: message }),
    suggestion ? el("span", { class: "suggestion" }, arrow, spoken, words) : null,
    el("span", { class: "rule", translate: "no", title: corpus.rules[rule], text: `${rule}${pair ? ` · ${pair}` : ""}` }),
  );
}

/**
 * Shows the proposed text; if it is similar to the row's, deletions and insertions are marked.
 * @param {Row} row
 * @param {Decision} decision
 * @param {boolean} here
 */
function proposalLine(row, decision, here) {
  const { language, text } = decision;
  const k = corpus.languages.findIndex((each) => each.code === language);
  const name = k < 0 ? language : nameOf(corpus.languages[k]);
  const parts = differenceParts(k < 0 ? "" : cellText(row.cells[k]), text);
  const body = el("span", { class: "proposed", lang: language, dir: "auto" }, parts);
  return remarkLine(decision, here, say("row.suggested", { language: name }), body);
}

/**
 * @param {Decision} decision
 * @param {boolean} here
 */
function commentLine(decision, here) {
  return remarkLine(decision, here, say("row.comment"), el("span", { class: "message", dir: "auto", text: decision.text }));
}

/**
 * @param {Decision} decision
 * @param {boolean} here
 * @param {string} title
 * @param {HTMLElement} body
 */
function remarkLine(decision, here, title, body) {
  const by = [decision.reviewer, decision.time && dayOf(decision.time)].filter(Boolean).join(", ");
  return el(
    "li",
    { class: "note remark" },
    el("span", { class: "severity", text: title }),
    el("span", { class: "body" }, body, el("span", { class: "rule", translate: "no", text: by })),
    el("button", {
      type: "button", class: "small", data: { do: "takeback", decision: decision.id }, tabindex: here ? null : "-1",
      "aria-label": say("row.take-back-label", { what: title }), text: say("row.take-back"),
    }),
  );
}

const TOOLS = /** @type {const} */ ([
  ["approve", "a"], ["reject", "x"], ["comment", "c"], ["propose", "e"], ["merge", "m"], ["split", "s"],
  ["moveup", "["], ["movedown", "]"],
]);

/** @param {Row} row */
function toolbar(row) {
  /** @type {Record<string, string>} */
  const pressed = {
    approve: String(row.review.state === "approved"),
    reject: String(row.review.state === "rejected"),
  };
  const buttons = TOOLS.map(([name, key]) =>
    el(
      "button",
      {
        type: "button", data: { do: name }, "aria-keyshortcuts": key,
        disabled: !canDo(name, row, current.column), "aria-pressed": pressed[name],
      },
      el("span", { text: say(`tool.${name}`) }),
      el("kbd", { "aria-hidden": "true", text: key }),
    ),
  );
  const label = say("row.tools", { row: String(row.number) });
  return el("div", { class: "tools", role: "toolbar", "aria-label": label }, buttons);
}
