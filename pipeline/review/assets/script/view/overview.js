// @ts-check
// The overview of the corpus, with places to start the review.
/** @import { Article, Row } from "../types.js" */
/** @import { Tally } from "../model/tally.js" */

import { byId, el, svg } from "../browser/elements.js";
import { STATUSES, allRows } from "../model/corpus.js";
import { count } from "../model/text.js";
import { corpus, tallies } from "../state.js";
import { draftsSection } from "./drafts.js";
import { pairingsSection } from "./files.js";
import { emptySection, looseSection } from "./loose.js";
import { columns, histogram, stackedBar, strip } from "./pictures.js";
import { fulfilledList, staleList } from "./stale.js";

const SHOWN_ARTICLES = 150;
const SHOWN_FILES = 2000;
const OWN_WORDS = ["title", "author"]; // columns with words of the file
const BINS = 20;

const LEAD =
  "A band for every language, a thread for every row. Threads that lean, or are missing, show where the " +
  "languages run apart. ";
const TOO_MUCH = "would be too much for one page. They are in corpus.csv.";
/** @type {[name: string, text: string][]} */
const THREADS = [
  ["aligned", "all languages"], ["partial", "some"], ["unsure", "unsure"], ["lone", "one language"],
];

export function drawOverview() {
  const rows = allRows(corpus);
  const stale = staleList();
  byId("overview").replaceChildren(
    ...some(emptySection()),
    ...(rows.length
      ? [figures(), el("div", { class: "pair" }, confidencePicture(rows), rulesPicture(rows)), articlesPicture()]
      : []),
    ...some(draftsSection()),
    ...some(pairingsSection()),
    ...some(looseSection()),
    ...(corpus.files.length ? [filesTable()] : []),
    ...some(stale),
    ...some(fulfilledList()),
  );
}

/** @param {Node | null} node */
function some(node) {
  return node ? [node] : [];
}

function figures() {
  const articles = corpus.articles.length;
  const loose = corpus.loose.length;
  const { rows, problems, open, decided } = tallies.total();
  return el(
    "section",
    { class: "figures", "aria-label": "Totals" },
    el(
      "dl",
      {},
      tile(articles, articles === 1 ? "article" : "articles"),
      loose ? tile(loose, `${loose === 1 ? "file" : "files"} in no article`) : null,
      tile(rows, "rows"),
      tile(open, "open findings"),
      tile(problems, "rows to look at"),
      tile(decided, "rows decided"),
    ),
    el("button", {
      type: "button", class: "primary", data: { do: "begin" },
      text: problems ? "Go to the first problem" : "Read the rows",
    }),
  );
}

/**
 * @param {number} number
 * @param {string} label
 */
function tile(number, label) {
  const text = number.toLocaleString("en");
  return el("div", { class: "tile" }, el("dd", { text }), el("dt", { text: label }));
}

/** @param {Row[]} rows */
function confidencePicture(rows) {
  const known = rows.filter((row) => row.filled > 1);
  const confidences = known.map((row) => row.confidence).filter((confidence) => confidence !== null);
  const bins = histogram(confidences, BINS);
  const words = bins.map((number, k) => (number ? `${number} from ${(k / BINS).toFixed(2)}` : ""));
  return el(
    "section",
    {},
    el("h2", { text: "Confidence" }),
    el("p", { class: "lead", text: weakRows(confidences) }),
    columns(bins, `Rows by confidence: ${words.filter(Boolean).join(", ")}`),
    statusPicture(),
  );
}

/** @param {number[]} confidences */
function weakRows(confidences) {
  if (!confidences.length) return "No row has several languages.";
  const low = confidences.filter((confidence) => confidence < corpus.low).length;
  const all = confidences.length.toLocaleString("en");
  const weak = `${count(low, "row")} of ${all} in several languages`;
  return `${weak} ${low === 1 ? "has" : "have"} less than ${corpus.low}.`;
}

/**
 * @param {Tally} tally
 * @returns {[status: string, number: number][]}
 */
function byStatus({ statuses }) {
  return STATUSES.map((status) => [status, statuses[status]]);
}

function statusPicture() {
  const counts = byStatus(tallies.total());
  const names = counts.map(([name, n]) => legendEntry(name, `${n.toLocaleString("en")} ${name}`));
  return el(
    "div",
    { class: "statuses" },
    el("h2", { text: "Rows by status" }),
    stackedBar(counts, counts.map(([name, n]) => `${n} ${name}`).join(", ")),
    el("p", { class: "legend" }, names),
  );
}

/**
 * @param {string} name
 * @param {string} text
 */
function legendEntry(name, text) {
  const square = svg("rect", { class: name, width: 10, height: 10, rx: 2 });
  return el("span", {}, svg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, square), text);
}

/** @typedef {{open: number, dismissed: number, severity: number}} RuleCount */

/** @param {Row[]} rows */
function rulesPicture(rows) {
  const rules = countRules(rows);
  const most = Math.max(1, ...rules.map(([, each]) => each.open + each.dismissed));
  return el(
    "section",
    {},
    el("h2", { text: "Findings by rule" }),
    rules.length
      ? el("ul", { class: "rules" }, rules.map(([rule, each]) => ruleLine(rule, each, most)))
      : el("p", { class: "lead", text: "Nothing was found." }),
  );
}

/**
 * Returns the rules ordered by severity, number of findings and name.
 * @param {Row[]} rows
 */
function countRules(rows) {
  /** @type {Map<string, RuleCount>} */
  const rules = new Map();
  for (const { rule, dismissed, severity } of rows.flatMap((row) => row.findings)) {
    const each = rules.get(rule) || { open: 0, dismissed: 0, severity };
    each[dismissed ? "dismissed" : "open"] += 1;
    rules.set(rule, each);
  }
  return [...rules].sort(([a, x], [b, y]) => x.severity - y.severity || y.open - x.open || (a < b ? -1 : 1));
}

/**
 * @param {string} rule
 * @param {RuleCount} counts
 * @param {number} most
 */
function ruleLine(rule, { open, dismissed, severity }, most) {
  const title = corpus.rules[rule];
  return el(
    "li",
    {},
    el("button", { type: "button", class: "link", title, data: { do: "pick-rule", rule }, text: rule }),
    stackedBar(
      [[corpus.severities[severity], open], ["dismissed", dismissed], ["room", most - open - dismissed]],
      `${open} open, ${dismissed} dismissed`,
    ),
    el("span", { class: "value", text: dismissed ? `${open} + ${dismissed}` : open }),
  );
}

function articlesPicture() {
  /** @param {Article} article */
  const need = (article) => ({ article, problems: tallies.of(article).problems });
  const needs = corpus.articles.map(need);
  needs.sort((a, b) => b.problems - a.problems || a.article.index - b.article.index);
  const more = needs.length - SHOWN_ARTICLES;
  const left = corpus.left_out.length;
  const lead = (/** @type {string} */ text) => el("p", { class: "lead", text });
  return el(
    "section",
    {},
    el("h2", { text: "Articles" }),
    articlesLead(),
    el("ol", { class: "articles" }, needs.slice(0, SHOWN_ARTICLES).map(articleFigure)),
    left ? lead(`${count(left, "more article")} with less to look at ${TOO_MUCH}`) : null,
    more > 0 ? lead(`${count(more, "more article")} with fewer problems: see the list beside.`) : null,
  );
}

function articlesLead() {
  const legend = THREADS.map(([name, text]) => legendEntry(name, text));
  return el("p", { class: "lead" }, LEAD, el("span", { class: "legend" }, legend));
}

/** @param {{article: Article, problems: number}} need */
function articleFigure({ article, problems }) {
  const counts = byStatus(tallies.of(article));
  const words = counts.flatMap(([status, number]) => (number ? `${number} ${status}` : [])).join(", ");
  const codes = corpus.languages.filter((_, k) => article.languages[k]).map((language) => language.code);
  const names = codes.map((code) => el("span", { text: code }));
  const rails = el("div", { class: "rails", "aria-hidden": "true" }, names);
  const data = { do: "pick-article", article: article.index };
  const todo = problems ? `${problems} to look at` : "nothing to look at";
  return el(
    "li",
    { class: "article-figure" },
    el("h3", {}, el("button", { type: "button", class: "link", data, text: article.title })),
    el("p", { class: "meta", text: origin(article) }),
    el("div", { class: "strip-box" }, rails, strip(article)),
    el(
      "div",
      { class: "status-line" },
      stackedBar(counts, words),
      el("span", { text: words }),
      el("span", { class: problems ? "todo" : "done", text: todo }),
    ),
  );
}

/** @param {Article} article */
function origin({ files }) {
  const author = files.map((file) => file.author).find(Boolean);
  const date = files.map((file) => file.date).find(Boolean);
  return [...files.map((file) => file.file), author, date].filter(Boolean).join(" · ");
}

/**
 * @param {Record<string, string>} file its line of articles.csv
 * @param {string} name of a column
 */
function fileCell(file, name) {
  const lang = OWN_WORDS.includes(name) ? file.language : "";
  return el("td", { dir: "auto", lang: lang || null, text: file[name] });
}

/** Shows the table of raw files with all its columns. */
function filesTable() {
  const columns = Object.keys(corpus.files[0] || {});
  const shown = columns.filter((name) => corpus.files.some((file) => file[name]));
  const heads = shown.map((name) => el("th", { scope: "col", text: name.replaceAll("_", " ") }));
  const lines = corpus.files
    .slice(0, SHOWN_FILES)
    .map((file) => el("tr", {}, shown.map((name) => fileCell(file, name))));
  const table = el("table", {}, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, lines));
  return el(
    "details",
    { class: "files" },
    el("summary", { text: `${count(corpus.files.length, "raw file")} and what became of them` }),
    el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Raw files" }, table),
  );
}
