// @ts-check
// The overview of the corpus, with places to start the review.
/** @import { Article, MessageKey, Row } from "../types.js" */
/** @import { Tally } from "../model/tally.js" */

import { byId, el, svg } from "../browser/elements.js";
import { decimal, numberText, onLanguage, say } from "../browser/language.js";
import { STATUSES, allRows, titleLanguage } from "../model/corpus.js";
import { corpus, tallies, view } from "../state.js";
import { draftsSection } from "./drafts.js";
import { pairingsSection } from "./files.js";
import { emptySection, looseSection } from "./loose.js";
import { columns, histogram, stackedBar, strip } from "./pictures.js";
import { fulfilledList, staleList } from "./stale.js";

const SHOWN_ARTICLES = 150;
const SHOWN_FILES = 2000;
const OWN_WORDS = ["title", "author"]; // columns with words of the file
const BINS = 20;
const COLUMNS = /** @type {const} */ ([
  "file", "article", "language", "language_confidence", "paragraphs", "verdict", "score", "reason", "penalty", "repairs",
  "suspicions", "boilerplate", "title", "author", "date", "url", "source_id", "suspicious", "name",
]);

const THREADS = /** @type {const} */ (["aligned", "partial", "unsure", "lone"]);

onLanguage(() => view.page === "overview" && drawOverview());

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
    { class: "figures", "aria-label": say("overview.totals") },
    el(
      "dl",
      {},
      tile(articles, "overview.articles"),
      loose ? tile(loose, "overview.alone") : null,
      tile(rows, "overview.segments"),
      tile(open, "overview.open-findings"),
      tile(problems, "overview.to-look-at"),
      tile(decided, "overview.decided"),
    ),
    el("button", {
      type: "button", class: "primary", data: { do: "begin" },
      text: say(problems ? "overview.first-problem" : "overview.read"),
    }),
  );
}

/**
 * @param {number} n
 * @param {MessageKey} label
 */
function tile(n, label) {
  return el("div", { class: "tile" }, el("dd", { text: numberText(n) }), el("dt", { text: say(label, { n }) }));
}

/** @param {Row[]} rows */
function confidencePicture(rows) {
  const known = rows.filter((row) => row.filled > 1);
  const confidences = known.map((row) => row.confidence).filter((confidence) => confidence !== null);
  const bins = histogram(confidences, BINS);
  const words = bins.map((n, k) => (n ? say("overview.bin", { n, from: decimal(k / BINS) }) : ""));
  return el(
    "section",
    {},
    el("h2", { text: say("overview.confidence") }),
    el("p", { class: "lead", text: weakRows(confidences) }),
    columns(bins, say("overview.confidence-label", { bins: words.filter(Boolean).join(", ") })),
    statusPicture(),
  );
}

/** @param {number[]} confidences */
function weakRows(confidences) {
  if (!confidences.length) return say("overview.one-language");
  const n = confidences.filter((confidence) => confidence < corpus.low).length;
  return say("overview.weak", { n, all: confidences.length, low: corpus.low });
}

/**
 * @param {Tally} tally
 * @returns {[status: Row["status"], number: number][]}
 */
function byStatus({ statuses }) {
  return STATUSES.map((status) => [status, statuses[status]]);
}

/** @param {[status: Row["status"], number: number]} count */
function statusWords([status, n]) {
  return say(`status.count.${status}`, { n });
}

function statusPicture() {
  const counts = byStatus(tallies.total());
  const names = counts.map((each) => legendEntry(each[0], statusWords(each)));
  return el(
    "div",
    { class: "statuses" },
    el("h2", { text: say("overview.by-status") }),
    stackedBar(counts, counts.map(statusWords).join(", ")),
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
    el("h2", { text: say("overview.by-rule") }),
    rules.length
      ? el("ul", { class: "rules" }, rules.map(([rule, each]) => ruleLine(rule, each, most)))
      : el("p", { class: "lead", text: say("overview.nothing-found") }),
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
    el("button", {
      type: "button", class: "link", translate: "no", title, data: { do: "pick-rule", rule }, text: rule,
    }),
    stackedBar(
      [[corpus.severities[severity], open], ["dismissed", dismissed], ["room", most - open - dismissed]],
      say("overview.rule-counts", { n: open, dismissed }),
    ),
    el("span", { class: "value", text: [open, ...(dismissed ? [dismissed] : [])].map(numberText).join(" + ") }),
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
    el("h2", { text: say("overview.articles-title") }),
    articlesLead(),
    el("ol", { class: "articles" }, needs.slice(0, SHOWN_ARTICLES).map(articleFigure)),
    left ? lead(say("overview.left-out", { n: left })) : null,
    more > 0 ? lead(say("overview.more-articles", { n: more })) : null,
  );
}

function articlesLead() {
  const legend = THREADS.map((name) => legendEntry(name, say(`overview.thread.${name}`)));
  return el("p", { class: "lead" }, say("overview.lead"), el("span", { class: "legend" }, legend));
}

/** @param {{article: Article, problems: number}} need */
function articleFigure({ article, problems }) {
  const counts = byStatus(tallies.of(article));
  const words = counts.filter(([, n]) => n).map(statusWords).join(", ");
  const codes = corpus.languages.filter((_, k) => article.languages[k]).map((language) => language.code);
  const names = codes.map((code) => el("span", { translate: "no", text: code }));
  const rails = el("div", { class: "rails", "aria-hidden": "true" }, names);
  const data = { do: "pick-article", article: article.index };
  const todo = problems ? say("overview.article-to-look-at", { n: problems }) : say("overview.article-done");
  return el(
    "li",
    { class: "article-figure" },
    el("h3", {}, el("button", { type: "button", class: "link", lang: titleLanguage(article), data, text: article.title })),
    el("p", { class: "meta", translate: "no", text: origin(article) }),
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
  const lang = OWN_WORDS.includes(name) ? file.language : "en"; // names of checks, files and reasons
  return el("td", { dir: "auto", lang: lang || null, text: file[name] });
}

/** @param {string} name */
function columnName(name) {
  const known = COLUMNS.find((column) => column === name);
  return known ? say(`column.${known}`) : name.replaceAll("_", " ");
}

/** Shows the table of raw files with all its columns. */
function filesTable() {
  const columns = Object.keys(corpus.files[0] || {});
  const shown = columns.filter((name) => corpus.files.some((file) => file[name]));
  const heads = shown.map((name) => el("th", { scope: "col", text: columnName(name) }));
  const lines = corpus.files
    .slice(0, SHOWN_FILES)
    .map((file) => el("tr", {}, shown.map((name) => fileCell(file, name))));
  const table = el("table", {}, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, lines));
  return el(
    "details",
    { class: "files" },
    el("summary", { text: say("overview.raw-files", { n: corpus.files.length }) }),
    el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": say("overview.raw-files-label") }, table),
  );
}
