// @ts-check
// Replays the log to get the current rows and their reviews, by the rules of the next run
// (pipeline/decisions/resolve.py): of two conflicting decisions the later wins, and decisions whose text no
// longer exists have no effect.
/** @import { Article, Corpus, Decision, Finding, Paragraph, Review, Row } from "../types.js" */
/** @import { Log } from "./log.js" */

import { UNREVIEWED, madeRow, numberRows, paragraphsOf } from "./corpus.js";
import { contentId } from "./digest.js";
import { isPairing } from "./pairing.js";

/** @type {Readonly<Record<string, Review["state"]>>} */
const STATES = { approve: "approved", reject: "rejected", repair: "repaired" };

/**
 * Updates rows, findings and the reasons of ineffective decisions from the log.
 * @param {Corpus} corpus
 * @param {Log} log
 */
export function replay(corpus, log) {
  const cancelled = log.withdrawn();
  log.fates.clear();
  for (const [id, reason] of corpus.stale) if (!cancelled.has(id)) log.fates.set(id, reason);
  const valid = log.entries.filter(
    (decision) => decision.kind !== "withdraw" && !isPairing(decision) && !cancelled.has(decision.id),
  );
  replayDismissals(corpus, valid.filter((decision) => decision.kind === "dismiss"));
  const about = byArticle(corpus, log, valid.filter((decision) => decision.kind !== "dismiss"));
  const concerned = new Set([...corpus.decided, ...about.keys()]);
  concerned.delete(/** @type {never} */ (null));
  for (const article of /** @type {Set<Article>} */ (concerned)) {
    const decisions = about.get(article) || [];
    const ids = decisions.map((decision) => decision.id).join(" ");
    if (ids !== article.replayed) replayArticle(corpus, article, decisions);
    article.replayed = ids;
    if (decisions.length) corpus.decided.add(article);
    else corpus.decided.delete(article);
    for (const [id, reason] of article.fates) if (!log.fates.has(id)) log.fates.set(id, reason);
  }
}

/**
 * @param {Corpus} corpus
 * @param {Decision[]} decisions
 */
function replayDismissals(corpus, decisions) {
  /** @type {Map<Finding, Decision[]>} */
  const about = new Map();
  for (const [id, all] of groups(decisions, (decision) => placeOf(corpus, decision).target)) {
    const finding = corpus.findingsById.get(id || "");
    if (finding) about.set(finding, all);
  }
  for (const finding of new Set([...corpus.dismissed, ...about.keys()])) {
    finding.dismissedBy = about.get(finding) || [];
    if (finding.dismissed === finding.dismissedBy.length > 0) continue;
    finding.dismissed = !finding.dismissed;
    finding.row.version += 1;
    finding.row.article.version += 1;
  }
  corpus.dismissed = new Set(about.keys());
}

/**
 * Returns the decisions about each article; records why the others have no effect.
 * @param {Corpus} corpus
 * @param {Log} log
 * @param {Decision[]} decisions
 */
function byArticle(corpus, log, decisions) {
  const shown = decisions.filter((decision) => !corpus.left_out.includes(placeOf(corpus, decision).article));
  const about = groups(shown, (decision) => articleOf(corpus, decision));
  for (const decision of about.get(null) || []) {
    if (corpus.fulfilled?.includes(decision.id)) continue;
    if (!log.fates.has(decision.id)) log.fates.set(decision.id, whyNot(corpus, decision));
  }
  return about;
}

/**
 * @template Value, Key
 * @param {Iterable<Value>} values
 * @param {(value: Value) => Key} keyOf
 */
function groups(values, keyOf) {
  /** @type {Map<Key, Value[]>} */
  const grouped = new Map();
  for (const value of values) {
    const key = keyOf(value);
    const group = grouped.get(key);
    if (group) group.push(value);
    else grouped.set(key, [value]);
  }
  return grouped;
}

/**
 * Returns the paragraphs that a decision names; a language alone is one that its article had.
 * @param {Decision} decision
 */
function references(decision) {
  return decision.paragraphs.split(" ").filter((part) => part.includes(":")).map((part) => {
    const [language, number, print] = part.split(":");
    return { language, number: Number(number), print, key: `${language}:${print}` };
  });
}

/**
 * Returns the paragraphs of an article by language and fingerprint.
 * @param {Article} article
 */
function printsOf(article) {
  const keyOf = (/** @type {Paragraph} */ { language, print }) => `${language}:${print}`;
  article.prints ??= groups(article.base.flatMap(paragraphsOf), keyOf);
  return article.prints;
}

/**
 * Returns all paragraphs of an article with a given language and fingerprint.
 * @param {Article} article
 * @param {string} key
 */
function withPrint(article, key) {
  return printsOf(article).get(key) || [];
}

/**
 * Returns the article of a decision if it has all texts that the decision references.
 * @param {Corpus} corpus
 * @param {Decision} decision
 * @returns {Article | null}
 */
function articleOf(corpus, decision) {
  const known = corpus.homes.get(decision);
  if (known !== undefined) return known;
  const found = findArticle(corpus, decision);
  corpus.homes.set(decision, found);
  return found;
}

/**
 * @param {Corpus} corpus
 * @param {Decision} decision
 */
function findArticle(corpus, decision) {
  const needed = groups(references(decision), (reference) => reference.key);
  const article = corpus.byArticle.get(placeOf(corpus, decision).article);
  if (!needed.size || !article) return null;
  return [...needed].every(([key, all]) => withPrint(article, key).length >= all.length) ? article : null;
}

/**
 * Returns the article and target of a decision: those that it names, unless the run has found that they
 * have moved.
 * @param {Corpus} corpus
 * @param {Decision} decision
 */
function placeOf(corpus, decision) {
  const [article, target] = corpus.moved[decision.id] || [decision.article, decision.target];
  return { article, target };
}

/**
 * Returns why a decision made since the run has no effect; the run gave the reasons for earlier ones.
 * @param {Corpus} corpus
 * @param {Decision} decision
 */
function whyNot(corpus, decision) {
  const article = corpus.byArticle.get(placeOf(corpus, decision).article);
  if (!article) return "its article is not in this run";
  const gone = references(decision).filter(({ key }) => !withPrint(article, key).length);
  const places = gone.map(({ language, number }) => `${language} ${number}`).join(", ");
  return `its article has no such text now: ${places}`;
}

/**
 * Returns what stands now where a decision was made: its article, and of each paragraph the text, if it is
 * still there or another one has its number.
 * @param {Corpus} corpus
 * @param {Decision} decision
 */
export function wordsNow(corpus, decision) {
  const article = corpus.byArticle.get(placeOf(corpus, decision).article);
  const all = article ? article.base.flatMap(paragraphsOf) : [];
  const places = references(decision).map(({ language, number, key }) => {
    const same = article && withPrint(article, key)[0];
    const there = same || all.find((p) => p.language === language && p.number === number);
    return { language, number, now: there ? there.text : "" };
  });
  return { article, places };
}

/** @typedef {Map<string, [number: number, shift: number][]>} Shifts by language */

/**
 * Returns how far the paragraphs of each language have shifted since the decisions, measured on paragraphs
 * with a unique text.
 * @param {Article} article
 * @param {Decision[]} decisions
 */
function shiftsOf(article, decisions) {
  /** @type {Shifts} */
  const shifts = new Map();
  for (const { language, number, key } of decisions.flatMap(references)) {
    const there = withPrint(article, key);
    if (there.length !== 1) continue;
    shifts.set(language, shifts.get(language) || []);
    shifts.get(language)?.push([number, there[0].number - number]);
  }
  return shifts;
}

/**
 * Returns the paragraphs that a decision references; among several with the same text, the one nearest to
 * its expected place.
 * @param {Article} article
 * @param {Decision} decision
 * @param {Shifts} shifts
 */
function located(article, decision, shifts) {
  /** @type {Set<Paragraph>} */
  const taken = new Set();
  for (const { language, number, key } of references(decision)) {
    const free = withPrint(article, key).filter((p) => !taken.has(p));
    const [, shift] = nearest(shifts.get(language) || [], ([at]) => Math.abs(at - number)) || [0, 0];
    const found = nearest(free, (p) => Math.abs(p.number - number - shift));
    if (found) taken.add(found);
  }
  return taken;
}

/**
 * Returns the value with the least distance, the first on ties.
 * @template Value
 * @param {Value[]} values
 * @param {(value: Value) => number} distance
 * @returns {Value | undefined}
 */
function nearest(values, distance) {
  return values.reduce(
    (best, each) => (best === undefined || distance(each) < distance(best) ? each : best),
    /** @type {Value | undefined} */ (undefined),
  );
}

/**
 * Rebuilds the rows of an article.
 * @param {Corpus} corpus
 * @param {Article} article
 * @param {Decision[]} decisions
 */
function replayArticle(corpus, article, decisions) {
  const before = { rows: article.rows, reviews: new Map(article.rows.map((row) => [row, row.review])) };
  for (const row of article.rows) row.review = UNREVIEWED;
  article.rows = decisions.length ? [...article.base] : article.base;
  article.holders = null;
  article.fates = new Map();
  const shifts = shiftsOf(article, decisions);
  const found = decisions.map((decision) => ({ decision, paragraphs: located(article, decision, shifts) }));
  for (const { decision, paragraphs } of found) {
    const later = corpus.later?.[decision.id] || [];
    const whole = later.length ? withLater(article, paragraphs, later) : paragraphs;
    if (decision.kind === "reject") rejectRow(article, decision, whole);
    else if (STATES[decision.kind]) {
      const row = makeRow(corpus, article, whole);
      if (!later.length) judge(row, decision);
    }
  }
  for (const { decision, paragraphs } of found) remark(article, decision, paragraphs);
  numberRows(article);
  markChanged(article, before);
}

/**
 * Returns the paragraphs of a decision with those that their rows have in languages that came after it: it
 * says nothing of them.
 * @param {Article} article
 * @param {Set<Paragraph>} paragraphs
 * @param {string[]} later
 */
function withLater(article, paragraphs, later) {
  const rows = new Set([...paragraphs].map((paragraph) => holders(article).get(paragraph)));
  const all = [...rows].flatMap((row) => (row ? paragraphsOf(row) : []));
  return new Set([...paragraphs, ...all.filter(({ language }) => later.includes(language))]);
}

/**
 * Gives a new version to the article and to those of its rows that look different now.
 * @param {Article} article
 * @param {{rows: Row[], reviews: Map<Row, Review>}} before
 */
function markChanged(article, { rows, reviews }) {
  article.version += 1;
  const other = rows.length !== article.rows.length || rows.some((row, k) => row !== article.rows[k]);
  for (const row of article.rows) {
    if (other || signature(reviews.get(row)) !== signature(row.review)) row.version += 1;
  }
}

/** @param {Review | undefined} review */
function signature(review) {
  const { state, by, comments, proposals } = review || UNREVIEWED;
  return [state, ...[by, comments, proposals].map((all) => all.map(({ id }) => id).join(" "))].join("\n");
}

/**
 * @param {Row} row
 * @param {Decision} decision
 */
function judge(row, decision) {
  const state = STATES[decision.kind];
  const before = row.review;
  if (before.state === "approved" && state === "repaired") return; // a repair to the same row confirms it
  row.review = { ...UNREVIEWED, state, by: before.state === state ? [...before.by, decision] : [decision] };
}

/**
 * @param {Article} article
 * @param {Decision} decision
 * @param {Set<Paragraph>} paragraphs
 */
function rejectRow(article, decision, paragraphs) {
  const row = rowOf(article, paragraphs);
  if (row) judge(row, decision);
  else article.fates.set(decision.id, "its paragraphs are no longer one row");
}

/**
 * Attaches a comment or proposal to the row of its first paragraph.
 * @param {Article} article
 * @param {Decision} decision
 * @param {Set<Paragraph>} paragraphs
 */
function remark(article, decision, paragraphs) {
  const [first] = paragraphs;
  const row = holders(article).get(first);
  if (!row) return;
  const { comments, proposals } = row.review;
  if (decision.kind === "comment") row.review = { ...row.review, comments: [...comments, decision] };
  if (decision.kind === "propose") row.review = { ...row.review, proposals: [...proposals, decision] };
}

/**
 * Returns the row of each paragraph of an article.
 * @param {Article} article
 */
function holders(article) {
  if (!article.holders) {
    article.holders = new Map();
    for (const row of article.rows) for (const p of paragraphsOf(row)) article.holders.set(p, row);
  }
  return article.holders;
}

/**
 * Returns the row with exactly these paragraphs, if there is one.
 * @param {Article} article
 * @param {Set<Paragraph>} paragraphs
 */
export function rowOf(article, paragraphs) {
  const [first] = paragraphs;
  const row = holders(article).get(first);
  const own = row ? paragraphsOf(row) : [];
  return own.length === paragraphs.size && own.every((p) => paragraphs.has(p)) ? row : undefined;
}

/**
 * Makes a row of these paragraphs at the place of the first; remainders of other rows stay.
 * @param {Corpus} corpus
 * @param {Article} article
 * @param {Set<Paragraph>} paragraphs
 */
function makeRow(corpus, article, paragraphs) {
  const same = rowOf(article, paragraphs);
  if (same) return same;
  /** @type {Row[]} */
  const rows = [];
  let place = -1;
  for (const row of article.rows) {
    const own = paragraphsOf(row);
    const left = own.filter((p) => !paragraphs.has(p));
    if (left.length === own.length) {
      rows.push(row);
      continue;
    }
    // A row that is taken apart loses its review, even if it is made again later.
    row.review = UNREVIEWED;
    if (place < 0) place = rows.length;
    if (left.length) {
      if (place === rows.length && standsBehind(corpus, own, left, paragraphs)) place += 1;
      rows.push(derivedRow(corpus, article, left, row.confidence));
    }
  }
  const made = derivedRow(corpus, article, [...paragraphs], null);
  rows.splice(place, 0, made);
  article.rows = rows;
  article.holders = null;
  return made;
}

/**
 * Returns whether the paragraphs taken out of a row come after those left in it.
 * @param {Corpus} corpus
 * @param {Paragraph[]} own
 * @param {Paragraph[]} left
 * @param {Set<Paragraph>} taken
 */
function standsBehind(corpus, own, left, taken) {
  for (const { code } of corpus.languages) {
    const kept = left.filter((p) => p.language === code).map((p) => p.number);
    const gone = own.filter((p) => taken.has(p) && p.language === code).map((p) => p.number);
    if (kept.length && gone.length) return Math.min(...gone) > Math.max(...kept);
  }
  return false;
}

/**
 * Returns the row of these paragraphs; the same paragraphs always give the same object.
 * @param {Corpus} corpus
 * @param {Article} article
 * @param {Paragraph[]} paragraphs
 * @param {number | null} confidence
 */
function derivedRow(corpus, article, paragraphs, confidence) {
  const cells = corpus.languages.map(({ code }, k) =>
    article.languages[k]
      ? paragraphs
          .filter((p) => p.language === code)
          .sort((a, b) => a.number - b.number || a.serial - b.serial)
      : null,
  );
  const id = contentId(cells.flatMap((cell) => cell || []));
  const row = madeRow(corpus, id, article, cells, confidence);
  const known = corpus.rowsByUid.get(row.uid);
  if (!known) corpus.rowsByUid.set(row.uid, row);
  return known || row;
}
