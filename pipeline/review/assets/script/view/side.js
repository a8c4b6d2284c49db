// @ts-check
// The sidebar: articles and filters. It is built once; afterwards only what changed is written, so that the
// focus stays where it is and the cost of a decision does not grow with the number of articles.
/** @import { Article, Counts, Loose, MessageKey } from "../types.js" */

import { byId, el } from "../browser/elements.js";
import { decimal, language, numberText, say } from "../browser/language.js";
import { STATUSES, titleLanguage } from "../model/corpus.js";
import { REVIEW_STATES, isFiltered } from "../model/filter.js";
import { corpus, filter, tallies } from "../state.js";
import { VirtualList } from "./list.js";

/**
 * The list starts with all articles, null; files in no article are at its end.
 * @typedef {Article | Loose | null} Choice
 */

/** @type {VirtualList<Choice>} */
const list = new VirtualList(byId("articles-view"), byId("articles"), {
  render: choiceElement,
  keyOf: (choice) => `${choice ? `${isLoose(choice) ? "file" : "article"} ${choice.index}` : "all"}@${language()}`,
  guess: () => 34,
  drawn: () => drawStop(),
});
/** @type {[value: string, name: string, message: MessageKey][]} */
const NEWS = [["segments", "", "news.segments"], ["findings", "", "news.findings"]];
/** @type {Choice} the article whose button Tab reaches; arrow keys go to the others */
let stop = null;
/** @type {Map<string, {box: HTMLInputElement, value: HTMLElement}>} by kind and value */
const boxes = new Map();
/** @type {Map<string, HTMLOptionElement>} by rule */
const rules = new Map();

/**
 * @param {Article | Loose} choice
 * @returns {choice is Loose}
 */
function isLoose(choice) {
  return "file" in choice;
}

/** Builds the list of articles and the filters in the page's language. */
export function buildSide() {
  list.setItems([null, ...corpus.articles, ...corpus.loose], true);
  boxes.clear();
  rules.clear();
  byId("filters").replaceChildren(
    choices(say("side.status"), "status", STATUSES.map((name) => [name, name, `status.${name}`])),
    choices(say("side.review"), "review", REVIEW_STATES.map((name) => [name, name, `review.${name}`])),
    choices(say("side.severity"), "severity", corpus.severities.map((name, k) => [k, name, `severity.${name}`])),
    ...(corpus.news ? [choices(say("side.news"), "news", NEWS)] : []),
    ruleChoice(),
    confidenceChoice(),
    el("button", { type: "button", class: "small", id: "clear", data: { do: "clear" }, text: say("side.everything") }),
  );
}

/**
 * Writes the numbers and the choices as they are now.
 * @param {Counts} counts
 */
export function drawSide(counts) {
  for (const { element, index } of list.mounted.values()) writeLine(element, list.items[index]);
  if (stop !== filter.article && !byId("articles").contains(document.activeElement)) stop = filter.article;
  drawStop();
  for (const [kind, set] of /** @type {const} */ ([
    ["status", filter.statuses], ["review", filter.reviews], ["severity", filter.severities], ["news", filter.news],
  ])) drawBoxes(kind, set, counts[kind]);
  for (const [rule, option] of rules) {
    write(option, `${rule} (${numberText(counts.rule[rule] || 0)})`);
    option.selected = filter.rule === rule;
  }
  if (!filter.rule) byId("rule", HTMLSelectElement).value = "";
  byId("confidence", HTMLInputElement).value = String(filter.confidence);
  write(byId("confidence-value"), decimal(filter.confidence));
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
    write(value, numberText(counts[own] || 0));
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
 * Writes the number of problems of an article, and whether it is the chosen one.
 * @param {HTMLElement} line
 * @param {Choice} article
 */
function writeLine(line, article) {
  if (article && isLoose(article)) return;
  const { problems } = article ? tallies.of(article) : tallies.total();
  const [button] = line.children;
  const [, badge] = button.children;
  badge.className = problems ? "badge" : "badge done";
  write(badge.children[0], problems ? numberText(problems) : "✓");
  write(badge.children[1], say(problems ? "side.to-look-at" : "side.nothing-to-look-at"));
  if (filter.article === article) button.setAttribute("aria-current", "true");
  else button.removeAttribute("aria-current");
}

/** Lets Tab reach one button of the list; the first in view if that of the chosen article is not. */
function drawStop() {
  const all = [...list.mounted.values()];
  const at = all.find(({ index }) => list.items[index] === stop) || all[0];
  for (const each of all) each.element.children[0].setAttribute("tabindex", each === at ? "0" : "-1");
}

/**
 * Moves the focus in the list of articles; returns whether the key does.
 * @param {HTMLElement | SVGElement} button that has the focus
 * @param {string} key
 */
export function moveInList(button, key) {
  const [at] = [...list.mounted.values()].flatMap(({ element, index }) => (element.contains(button) ? [index] : []));
  const goals = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: list.items.length - 1 };
  const goal = goals[/** @type {keyof typeof goals} */ (key)] ?? -1;
  if (goal < 0 || goal >= list.items.length) return key in goals;
  stop = list.items[goal];
  list.show(goal);
  drawStop();
  const [next] = list.elementOf(goal)?.children || [];
  if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  return true;
}

/** @param {Choice} choice */
function choiceElement(choice) {
  const loose = choice && isLoose(choice) ? choice : null;
  const article = loose ? null : /** @type {Article | null} */ (choice);
  /** @type {Record<string, string | number>} */
  const data = loose ? { do: "show-loose", loose: loose.index } : { do: "pick-article", article: article?.index ?? "" };
  const position = loose ? corpus.articles.length + loose.index + 2 : article ? article.index + 2 : 1;
  const badge = loose
    ? el("span", { class: "badge alone", text: say("side.alone") })
    : el("span", { class: "badge" }, el("span", {}), el("span", { class: "visually-hidden" }));
  const lang = loose ? loose.file.language : article && titleLanguage(article);
  const title = el("span", { class: "title", dir: "auto", lang: lang || null, text: choice ? choice.title : say("side.all-articles") });
  const line = el(
    "li",
    { "aria-setsize": list.items.length, "aria-posinset": position },
    el("button", { type: "button", tabindex: -1, data }, title, badge),
  );
  writeLine(line, choice);
  return line;
}

/**
 * @param {string} title
 * @param {string} kind
 * @param {[value: string | number, name: string, message: MessageKey][]} names
 */
function choices(title, kind, names) {
  const labels = names.map(([value, name, message]) => {
    const box = el("input", { type: "checkbox", data: { filter: kind, value } });
    const number = el("span", { class: "value" });
    boxes.set(`${kind} ${value}`, { box, value: number });
    return el("label", { class: `choice ${name}` }, box, el("span", { text: say(message) }), number);
  });
  return el("fieldset", {}, el("legend", { text: title }), labels);
}

function ruleChoice() {
  for (const rule of Object.keys(corpus.rules)) rules.set(rule, el("option", { value: rule, translate: "no" }));
  const select = el("select", { id: "rule" }, el("option", { value: "", text: say("side.any-rule") }), [...rules.values()]);
  return el("label", { class: "field" }, el("span", { text: say("side.rule") }), select);
}

function confidenceChoice() {
  return el(
    "label",
    { class: "field" },
    el("span", {}, say("side.confidence"), el("output", { id: "confidence-value" })),
    el("input", { id: "confidence", type: "range", min: 0, max: 1, step: 0.01 }),
  );
}
