// @ts-check
// The sidebar: articles and filters. It is built once; afterwards only what changed is written, so that the
// focus stays where it is and the cost of a decision does not grow with the number of articles.
/** @import { Article, Counts } from "../types.js" */

import { byId, el } from "../browser/elements.js";
import { STATUSES } from "../model/corpus.js";
import { REVIEW_STATES, isFiltered } from "../model/filter.js";
import { tallyOf, totalTally } from "../model/tally.js";
import { corpus, filter } from "../state.js";

const LISTED_ARTICLES = 3000;

/** @typedef {{button: HTMLElement, badge: HTMLElement, spoken: HTMLElement, number: Text, problems: number}} Line */

/** @type {Map<Article | null, Line>} */
const lines = new Map();
/** @type {Line | undefined} */
let chosen;
/** @type {Map<string, {box: HTMLInputElement, value: HTMLElement}>} by kind and value */
const boxes = new Map();
/** @type {Map<string, HTMLOptionElement>} by rule */
const rules = new Map();

/** Builds the list of articles and the filters. */
export function buildSide() {
  const listed = corpus.articles.slice(0, LISTED_ARTICLES);
  byId("articles").replaceChildren(
    articleChoice(null, "All articles"),
    ...listed.map((article) => articleChoice(article, article.title)),
  );
  byId("filters").replaceChildren(
    choices("Status", "status", STATUSES.map((name) => [name, name])),
    choices("Review", "review", REVIEW_STATES.map((name) => [name, name])),
    choices("Severity", "severity", [...corpus.severities.entries()]),
    ruleChoice(),
    confidenceChoice(),
    el("button", { type: "button", class: "small", id: "clear", data: { do: "clear" }, text: "Show everything" }),
  );
}

/**
 * Writes the numbers and the choices as they are now.
 * @param {Counts} counts
 */
export function drawSide(counts) {
  for (const [article, line] of lines) {
    writeProblems(line, (article ? tallyOf(article) : totalTally(corpus)).problems);
  }
  choose(lines.get(filter.article));
  for (const [kind, set] of /** @type {const} */ ([
    ["status", filter.statuses], ["review", filter.reviews], ["severity", filter.severities],
  ])) drawBoxes(kind, set, counts[kind]);
  for (const [rule, option] of rules) {
    write(option, `${rule} (${counts.rule[rule] || 0})`);
    option.selected = filter.rule === rule;
  }
  if (!filter.rule) byId("rule", HTMLSelectElement).value = "";
  byId("confidence", HTMLInputElement).value = String(filter.confidence);
  write(byId("confidence-value"), filter.confidence.toFixed(2));
  byId("clear", HTMLButtonElement).disabled = !isFiltered(filter);
}

/**
 * @param {string} kind
 * @param {Set<string> | Set<number>} set
 * @param {Record<string, number>} counts
 */
function drawBoxes(kind, set, counts) {
  const values = new Set([...set].map(String));
  for (const [name, { box, value }] of boxes) {
    const [of, own] = name.split(" ");
    if (of !== kind) continue;
    box.checked = values.has(own);
    write(value, (counts[own] || 0).toLocaleString("en"));
  }
}

/**
 * Sets a text where it differs, because a new one costs a layout.
 * @param {Node} node
 * @param {string} text
 */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * @param {Line} line
 * @param {number} problems
 */
function writeProblems(line, problems) {
  if (line.problems === problems) return;
  line.problems = problems;
  line.badge.className = problems ? "badge" : "badge done";
  line.number.data = problems ? String(problems) : "✓";
  line.spoken.textContent = problems ? " to look at" : " nothing to look at";
}

/** @param {Line | undefined} line */
function choose(line) {
  if (line === chosen) return;
  chosen?.button.removeAttribute("aria-current");
  line?.button.setAttribute("aria-current", "true");
  setStop(line?.button);
  chosen = line;
}

/**
 * Makes one button of the list the one that Tab reaches; arrow keys go to the others.
 * @param {HTMLElement | undefined} button
 */
export function setStop(button) {
  byId("articles").querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
  (button || lines.get(null)?.button)?.setAttribute("tabindex", "0");
}

/**
 * Returns the button of the list that a key goes to, if it is one.
 * @param {HTMLElement | SVGElement} button
 * @param {string} key
 */
export function neighbourInList(button, key) {
  const all = [...lines.values()].map((line) => line.button);
  const at = all.findIndex((each) => each === button);
  const goals = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
  return all[goals[/** @type {keyof typeof goals} */ (key)] ?? -1];
}

/**
 * @param {Article | null} article
 * @param {string} title
 */
function articleChoice(article, title) {
  const number = document.createTextNode("");
  const spoken = el("span", { class: "visually-hidden" });
  const badge = el("span", { class: "badge" }, number, spoken);
  const button = el(
    "button",
    { type: "button", tabindex: -1, data: { do: "pick-article", article: article ? article.index : "" } },
    el("span", { class: "title", dir: "auto", text: title }),
    badge,
  );
  lines.set(article, { button, badge, spoken, number, problems: -1 });
  return el("li", {}, button);
}

/**
 * @param {string} title
 * @param {string} kind
 * @param {[value: string | number, name: string][]} names
 */
function choices(title, kind, names) {
  const labels = names.map(([value, name]) => {
    const box = el("input", { type: "checkbox", data: { filter: kind, value } });
    const number = el("span", { class: "value" });
    boxes.set(`${kind} ${value}`, { box, value: number });
    return el("label", { class: `choice ${name}` }, box, el("span", { text: name }), number);
  });
  return el("fieldset", {}, el("legend", { text: title }), labels);
}

function ruleChoice() {
  for (const rule of Object.keys(corpus.rules)) rules.set(rule, el("option", { value: rule }));
  const select = el("select", { id: "rule" }, el("option", { value: "", text: "any" }), [...rules.values()]);
  return el("label", { class: "field" }, el("span", { text: "Rule" }), select);
}

function confidenceChoice() {
  return el(
    "label",
    { class: "field" },
    el("span", {}, "Confidence at most ", el("output", { id: "confidence-value" })),
    el("input", { id: "confidence", type: "range", min: 0, max: 1, step: 0.01 }),
  );
}
