// @ts-check
// Replays the log to get the current rows and their reviews, by the rules of the next run
// (pipeline/decisions/resolve.py): of two conflicting decisions the later wins, and decisions whose text no
// longer exists have no effect.
/** @import { Article, Corpus, Decision, Finding, Paragraph, Review, Row } from "../types.js" */
/** @import { Log } from "./log.js" */

import { rowsAnew } from "./anew.js";
import { UNREVIEWED, numberRows, paragraphsOf } from "./corpus.js";
import { derivedRow } from "./derived.js";
import { isPairing } from "./pairing.js";
import { partsOf, splitOf } from "./parts.js";
import {
  articleOf, groups, keyOf, located, placeOf, printsOf, references, shiftsOf, whyNot,
} from "./places.js";

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
  const aboutRows = valid.filter((decision) => decision.kind !== "dismiss");
  makeParts(corpus, aboutRows);
  const about = byArticle(corpus, log, aboutRows);
  const concerned = new Set([...corpus.decided, ...corpus.mended, ...about.keys()]);
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
 * Makes the parts of split paragraphs known in their articles, as decisions refer to them.
 * @param {Corpus} corpus
 * @param {Decision[]} decisions
 */
function makeParts(corpus, decisions) {
  for (const decision of decisions.filter(({ kind }) => kind === "split")) {
    const article = corpus.byArticle.get(placeOf(corpus, decision).article);
    if (!article) continue;
    const prints = printsOf(article);
    const { whole, head } = splitOf([...prints.values()].flat(), decision);
    for (const part of whole ? partsOf(whole, head) : []) {
      const key = keyOf(part);
      if (!prints.get(key)?.includes(part)) prints.set(key, [...(prints.get(key) || []), part]);
      article.split = true;
    }
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
 * Rebuilds the rows of an article: from those of the run, or from those that it has aligned anew since.
 * @param {Corpus} corpus
 * @param {Article} article
 * @param {Decision[]} decisions
 */
function replayArticle(corpus, article, decisions) {
  const before = { rows: article.rows, reviews: new Map(article.rows.map((row) => [row, row.review])) };
  const remarks = replayOnBase(corpus, article, decisions);
  const anew = rowsAnew(article, decisions);
  if (anew) settleIn(corpus, article, anew);
  for (const { decision, paragraphs } of remarks) remark(article, decision, paragraphs);
  const fresh = new Set(anew);
  for (const row of article.rows) row.anew = !row.base && fresh.has(row);
  numberRows(article);
  markChanged(article, before);
}

/**
 * Applies decisions to the rows of the run; returns those that can be located, with their paragraphs.
 * @param {Corpus} corpus
 * @param {Article} article
 * @param {Decision[]} decisions
 */
function replayOnBase(corpus, article, decisions) {
  for (const row of article.rows) row.review = UNREVIEWED;
  article.rows = decisions.length ? [...article.base] : article.base;
  article.holders = null;
  article.fates = new Map();
  const { prints, decided } = withParts(corpus, article, decisions);
  const shifts = shiftsOf(prints, decided);
  const found = decided.flatMap(({ decision, places }) => {
    const paragraphs = located(prints, places, shifts);
    if (paragraphs.size === places.length) return [{ decision, paragraphs }];
    article.fates.set(decision.id, whyNot(corpus, decision));
    return [];
  });
  for (const { decision, paragraphs } of found) {
    const later = corpus.later?.[decision.id] || [];
    const whole = later.length ? withLater(article, paragraphs, later) : paragraphs;
    if (decision.kind === "reject") rejectRow(article, decision, whole);
    else if (STATES[decision.kind]) {
      const row = makeRow(corpus, article, whole);
      if (!later.length) judge(row, decision);
    }
  }
  return found;
}

/**
 * Puts the rows that decisions have settled into those of the article aligned anew. Decisions that later ones
 * have overruled do not take these apart.
 * @param {Corpus} corpus
 * @param {Article} article
 * @param {Row[]} rows
 */
function settleIn(corpus, article, rows) {
  const settled = article.rows.filter(({ review }) => review.state).map((row) => ({ row, review: row.review }));
  for (const row of article.rows) row.review = UNREVIEWED;
  article.rows = [...rows];
  article.holders = null;
  for (const { row, review } of settled) {
    const paragraphs = new Set(paragraphsOf(row));
    const made = review.state === "rejected" ? rowOf(article, paragraphs) : makeRow(corpus, article, paragraphs);
    if (made) made.review = review;
    else for (const { id } of review.by) article.fates.set(id, "its paragraphs are no longer one row");
  }
}

/**
 * Splits paragraphs in the rows of an article. Returns its paragraphs by language and fingerprint, and the other
 * decisions with the places that they refer to: the parts where it was a paragraph that is split.
 * @param {Corpus} corpus
 * @param {Article} article
 * @param {Decision[]} decisions
 */
function withParts(corpus, article, decisions) {
  const others = decisions.filter(({ kind }) => kind !== "split");
  let decided = others.map((decision) => ({ decision, places: references(decision) }));
  for (const split of decisions.filter(({ kind }) => kind === "split")) {
    const { whole, head, reason } = splitOf(article.rows.flatMap(paragraphsOf), split);
    const row = whole && holders(article).get(whole);
    if (reason) article.fates.set(split.id, reason);
    if (!whole || !row) continue;
    const parts = partsOf(whole, head);
    const paragraphs = paragraphsOf(row).flatMap((p) => (p === whole ? parts : [p]));
    row.review = UNREVIEWED;
    article.rows[article.rows.indexOf(row)] = derivedRow(corpus, article, paragraphs, row.confidence);
    article.holders = null;
    const [place] = references(split);
    const there = parts.map((part) => ({ ...place, print: part.print, key: keyOf(part) }));
    decided = decided.map(({ decision, places }) => ({
      decision,
      places: decision.article !== split.article ? places
        : places.flatMap((each) => (each.key === place.key && each.number === place.number ? there : [each])),
    }));
  }
  const prints = article.split ? groups(article.rows.flatMap(paragraphsOf), keyOf) : printsOf(article);
  return { prints, decided };
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
