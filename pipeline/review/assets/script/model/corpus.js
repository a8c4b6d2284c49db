// @ts-check
// The corpus as written by the run. Repairs change the rows (replay.js) but not the base rows.
/** @import { Article, Cell, Corpus, Finding, Loose, Paragraph, Review, Row } from "../types.js" */
/** @import { FindingData, PageData, ParagraphData } from "../types.js" */

export const STATUSES = /** @type {const} */ (["aligned", "partial", "unmatched"]);

/** @type {Readonly<Review>} */
export const UNREVIEWED = Object.freeze({ state: "", by: [], comments: [], proposals: [] });

/**
 * Builds the records from the data of a page.
 * @param {PageData} data
 * @returns {Corpus}
 */
export function readCorpus(data) {
  const articles = data.articles.map(newArticle);
  const rows = readRows(data, articles);
  for (const article of articles) finishArticle(article, data);
  const fresh = new Set(data.news?.findings);
  const findings = data.findings.map((each) => readFinding(each, rows, fresh));
  for (const finding of findings) finding.row.findings.push(finding);
  const files = data.files.rows.map((values) =>
    Object.fromEntries(data.files.columns.map((name, k) => [name, values[k]])),
  );
  const byArticle = new Map(articles.map((article) => [article.id, article]));
  for (const file of files) byArticle.get(file.article)?.files.push(file);
  for (const article of articles) article.title = titleOf(article);
  const rowsByUid = new Map(rows.map((row) => [row.uid, row]));
  const findingsById = new Map(findings.map((finding) => [finding.id, finding]));
  const dismissed = new Set(findings.filter((finding) => finding.dismissed));
  return {
    ...data, articles, files, loose: readLoose(data, files), byArticle, rowsByUid, findingsById, dismissed,
    mended: articles.filter(({ mended }) => mended.length), decided: new Set(), homes: new WeakMap(),
  };
}

/**
 * @param {string} id
 * @param {number} index
 * @returns {Article}
 */
function newArticle(id, index) {
  return {
    id, index, title: "", languages: [], files: [], base: [], rows: [], mended: [], split: false,
    prints: null, holders: null, replayed: "", version: 0, fates: new Map(),
  };
}

/**
 * Adds the rows to their articles and returns all rows.
 * @param {PageData} data
 * @param {Article[]} articles
 */
function readRows(data, articles) {
  const fresh = new Set(data.news?.rows);
  let serial = 0;
  /** @type {(language: string, paragraph: ParagraphData) => Paragraph} */
  const readParagraph = (language, [number, print, text, kind]) => ({
    language, number, print, text, kind: kind || "paragraph", serial: serial++,
  });
  return data.rows.map(([article, id, confidence, review, moved, values, rival]) => {
    const cells = values.map(
      (cell, k) => cell && cell.map((each) => readParagraph(data.languages[k].code, each)),
    );
    const row = newRow(id, articles[article], cells, confidence);
    row.base = true;
    row.isNew = fresh.has(id);
    row.settled = review === "approved" || review === "repaired";
    row.moved = Boolean(moved);
    row.rival = rival || null;
    row.article.base.push(row);
    if (review === "repaired") {
      row.article.mended.push(row);
      row.article.replayed = null;
    }
    return row;
  });
}

/**
 * Returns a row without review; `finishRow` fills in the rest.
 * @param {string} id
 * @param {Article} article
 * @param {Cell[]} cells
 * @param {number | null} confidence
 * @returns {Row}
 */
function newRow(id, article, cells, confidence) {
  return {
    id, article, cells, confidence, unsure: false, moved: false, base: false, anew: false, isNew: false,
    settled: false, rival: null, findings: [], review: UNREVIEWED, filled: 0, status: "unmatched", uid: "", number: 0,
    version: 0,
    searchText: null, guess: null,
  };
}

/**
 * Fills in the fields derived from the cells and the confidence of a row.
 * @param {Row} row
 * @param {number} low
 */
function finishRow(row, low) {
  const possible = row.article.languages.filter(Boolean).length;
  row.filled = row.cells.filter((cell) => cell && cell.length).length;
  row.status = row.filled === 1 ? "unmatched" : row.filled === possible ? "aligned" : "partial";
  row.uid = paragraphsOf(row).map((paragraph) => paragraph.serial).join("+");
  row.unsure = row.confidence !== null && row.confidence < low;
  return row;
}

/**
 * Returns a row made by a decision.
 * @param {Corpus} corpus
 * @param {string} id
 * @param {Article} article
 * @param {Cell[]} cells
 * @param {number | null} confidence
 */
export function madeRow(corpus, id, article, cells, confidence) {
  return finishRow(newRow(id, article, cells, confidence), corpus.low);
}

/**
 * @param {Article} article
 * @param {PageData} data
 */
function finishArticle(article, data) {
  article.languages = data.languages.map((_, k) => article.base.some((row) => row.cells[k] !== null));
  for (const row of article.base) finishRow(row, data.low);
  article.rows = article.base;
  numberRows(article);
}

/**
 * @param {FindingData} values
 * @param {Row[]} rows
 * @param {Set<string>} fresh ids of those that are new
 * @returns {Finding}
 */
function readFinding(values, rows, fresh) {
  const [row, id, rule, severity, source, target, sourceSpan, targetSpan, ...rest] = values;
  const [message, suggestion, dismissed] = rest;
  return {
    id, rule, severity, source, target, sourceSpan, targetSpan, message, suggestion,
    row: rows[row], isNew: fresh.has(id), dismissed: Boolean(dismissed), dismissedBy: [],
  };
}

/**
 * @param {PageData} data
 * @param {Record<string, string>[]} files
 * @returns {Loose[]}
 */
function readLoose({ loose = [] }, files) {
  const byName = new Map(files.map((file) => [file.file, file]));
  return loose.map(([name, rivals, text], index) => {
    const file = byName.get(name) || { file: name };
    return { file, title: file.title || beginning(text?.[0]?.[2] || "") || name, index, rivals, text };
  });
}

/** @param {string} text */
function beginning(text) {
  return text.length > 90 ? `${text.slice(0, 88)}…` : text;
}

/** @param {Article} article */
function titleOf(article) {
  const named = article.files.find((file) => file.title);
  if (named) return named.title;
  const first = firstParagraph(article);
  return first ? beginning(first.text) : article.id;
}

/**
 * Returns the language of an article's title, null if the title is not one of its texts.
 * @param {Article} article
 */
export function titleLanguage(article) {
  const named = article.files.find((file) => file.title);
  return (named || firstParagraph(article))?.language || null;
}

/** @param {Article} article */
function firstParagraph(article) {
  for (const { cells } of article.base) for (const cell of cells) if (cell?.length) return cell[0];
  return undefined;
}

/** @param {Article} article */
export function numberRows(article) {
  article.rows.forEach((row, k) => { row.number = k + 1; });
}

/** @param {Paragraph} paragraph */
export function referenceOf(paragraph) {
  return `${paragraph.language}:${paragraph.number}:${paragraph.print}`;
}

/** @param {Row} row */
export function paragraphsOf(row) {
  return row.cells.flatMap((cell) => cell || []);
}

/** @param {Corpus} corpus */
export function allRows(corpus) {
  return corpus.articles.flatMap((article) => article.rows);
}

/**
 * Returns the row with an id now.
 * @param {Corpus} corpus
 * @param {string} id
 */
export function rowById(corpus, id) {
  for (const { rows } of corpus.articles) for (const row of rows) if (row.id === id) return row;
  return undefined;
}

/** @param {Row} row */
export function openFindings(row) {
  return row.findings.filter((finding) => !finding.dismissed);
}

/** @param {Cell} cell */
export function cellText(cell) {
  return (cell || []).map((paragraph) => paragraph.text).join("\n\n");
}

/**
 * Returns paragraph numbers as ranges, such as `2–4, 7`.
 * @param {Paragraph[]} cell
 */
export function numbersOf(cell) {
  /** @type {[from: number, to: number][]} */
  const ranges = [];
  for (const { number } of cell) {
    const last = ranges[ranges.length - 1];
    if (last && number <= last[1] + 1) last[1] = Math.max(number, last[1]);
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}
