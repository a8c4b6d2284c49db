// @ts-check
// The conflicts between what was decided here and elsewhere, until they are settled or put away.
/** @import { Decision, Kind, Row } from "../types.js" */
/** @import { Conflict } from "../model/conflicts.js" */

import { byId, el } from "../browser/elements.js";
import { listed, onLanguage, say } from "../browser/language.js";
import { settings } from "../browser/settings.js";
import { storage } from "../browser/storage.js";
import { isOpen, rootOf } from "../model/conflicts.js";
import { actionOf } from "../model/log.js";
import { shortened } from "../model/text.js";
import { corpus, log } from "../state.js";
import { announce } from "./status.js";

const SHOWN = 20;

/** @type {Conflict[]} */
let conflicts = [];

onLanguage(drawConflicts);

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
  if (last) announce(say("conflict.short", { earlier: doneBy(last.earlier), later: doneBy(last.later) }));
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
  byId("conflict-title").textContent = say("conflict.title", { n: conflicts.length });
  byId("conflict-list").replaceChildren(
    ...shown.map(conflictLine),
    ...(more ? [el("li", { text: say("more", { n: more }) })] : []),
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
      ? el("button", { type: "button", class: "small", data: { do: "go-to-row", row: row.id }, text: say("go-there") })
      : null,
    el("button", {
      type: "button", class: "small", data: { do: "put-away", decision: conflict.later.id }, text: say("conflict.put-away"),
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
  const number = row ? String(row.number) : "";
  let place = say("conflict.article", { title });
  if (row) place = say("conflict.row", { row: number, title });
  if (row && finding) place = say("conflict.finding", { rule: finding.rule, row: number, title });
  const now = whatHolds(conflict, row);
  return say("conflict.words", { place, earlier: doneBy(earlier), later: doneBy(later), now }).trim();
}

/** @param {Decision} decision */
function doneBy(decision) {
  const { root, stands } = rootOf(log, decision);
  const kind = /** @type {Exclude<Kind, "comment" | "split">} */ (root ? root.kind : "approve");
  const who = whoMade(decision);
  return stands ? say(`conflict.did.${kind}`, { who }) : say(`conflict.undid.${kind}`, { who });
}

/** @param {Decision} decision */
function whoMade({ id, reviewer }) {
  if (!log.own.has(id)) return reviewer || say("person.unnamed");
  return reviewer ? say("person.you-named", { name: reviewer }) : say("person.you");
}

/**
 * @param {Conflict} conflict
 * @param {Row | undefined} row
 */
function whatHolds({ later }, row) {
  const { root } = rootOf(log, later);
  const finding = root && corpus.findingsById.get(root.target);
  if (finding) return say(finding.dismissed ? "conflict.finding-dismissed" : "conflict.finding-open");
  if (root && root.kind === "propose") return say("conflict.both-texts");
  if (!row) return "";
  const { state, by } = row.review;
  const names = [...new Set(by.map(({ id, reviewer }) => (log.own.has(id) ? say("person.you") : reviewer)).filter(Boolean))];
  const values = { state: say(`review.${state || "undecided"}`), names: listed(names) };
  return say(names.length ? "conflict.now-by" : "conflict.now", values);
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
