// @ts-check
// The sidebar: articles and filters.
/** @import { Article, Counts } from "../types.js" */

import { byId, el } from "../browser/elements.js";
import { STATUSES, allRows, isProblem } from "../model/corpus.js";
import { REVIEW_STATES, isFiltered } from "../model/filter.js";
import { corpus, filter } from "../state.js";

const LISTED_ARTICLES = 3000;

/** @param {Counts} counts */
export function drawSide(counts) {
  const listed = corpus.articles.slice(0, LISTED_ARTICLES);
  byId("articles").replaceChildren(
    articleChoice(null, "All articles"),
    ...listed.map((article) => articleChoice(article, article.title)),
  );
  byId("filters").replaceChildren(
    choices("Status", "status", filter.statuses, pairs(STATUSES), counts.status),
    choices("Review", "review", filter.reviews, pairs(REVIEW_STATES), counts.review),
    choices("Severity", "severity", filter.severities, [...corpus.severities.entries()], counts.severity),
    ruleChoice(counts.rule),
    confidenceChoice(),
    el("button", {
      type: "button", class: "small", data: { do: "clear" }, text: "Show everything",
      disabled: !isFiltered(filter),
    }),
  );
}

/**
 * @param {string[]} names
 * @returns {[value: string, name: string][]}
 */
function pairs(names) {
  return names.map((name) => [name, name]);
}

/**
 * @param {Article | null} article
 * @param {string} title
 */
function articleChoice(article, title) {
  const problems = (article ? article.rows : allRows(corpus)).filter(isProblem).length;
  const spoken = problems ? " to look at" : " nothing to look at";
  return el(
    "li",
    {},
    el(
      "button",
      {
        type: "button", "aria-current": filter.article === article ? "true" : null,
        data: { do: "pick-article", article: article ? article.index : "" },
      },
      el("span", { class: "title", text: title }),
      el(
        "span",
        { class: problems ? "badge" : "badge done", text: problems || "✓" },
        el("span", { class: "visually-hidden", text: spoken }),
      ),
    ),
  );
}

/**
 * @template {string | number} Value
 * @param {string} title
 * @param {string} kind
 * @param {Set<Value>} set
 * @param {[value: Value, name: string][]} names
 * @param {Record<string, number>} counts
 */
function choices(title, kind, set, names, counts) {
  const labels = names.map(([value, name]) =>
    el(
      "label",
      { class: `choice ${name}` },
      el("input", { type: "checkbox", checked: set.has(value), data: { filter: kind, value } }),
      el("span", { text: name }),
      el("span", { class: "value", text: (counts[`${value}`] || 0).toLocaleString("en") }),
    ),
  );
  return el("fieldset", {}, el("legend", { text: title }), labels);
}

/** @param {Record<string, number>} counts */
function ruleChoice(counts) {
  const options = Object.keys(corpus.rules).map((rule) =>
    el("option", { value: rule, selected: filter.rule === rule, text: `${rule} (${counts[rule] || 0})` }),
  );
  const select = el("select", { id: "rule" }, el("option", { value: "", text: "any" }), options);
  return el("label", { class: "field" }, el("span", { text: "Rule" }), select);
}

function confidenceChoice() {
  const value = filter.confidence;
  const output = el("output", { id: "confidence-value", text: value.toFixed(2) });
  return el(
    "label",
    { class: "field" },
    el("span", {}, "Confidence at most ", output),
    el("input", { id: "confidence", type: "range", min: 0, max: 1, step: 0.01, value }),
  );
}
