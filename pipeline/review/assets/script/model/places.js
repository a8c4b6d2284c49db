// @ts-check
// Finds what decisions are about: their articles, and the paragraphs there, wherever these stand now.
/** @import { Article, Corpus, Decision, Paragraph } from "../types.js" */

import { paragraphsOf } from "./corpus.js";
import { splitOf } from "./parts.js";

/**
 * @template Value, Key
 * @param {Iterable<Value>} values
 * @param {(value: Value) => Key} keyOf
 */
export function groups(values, keyOf) {
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
export function references(decision) {
  return decision.paragraphs.split(" ").filter((part) => part.includes(":")).map((part) => {
    const [language, number, print] = part.split(":");
    return { language, number: Number(number), print, key: `${language}:${print}` };
  });
}

/** @param {Paragraph} paragraph */
export function keyOf({ language, print }) {
  return `${language}:${print}`;
}

/**
 * Returns the paragraphs of an article and the parts of split ones, by language and fingerprint.
 * @param {Article} article
 */
export function printsOf(article) {
  article.prints ??= groups(article.base.flatMap(paragraphsOf), keyOf);
  return article.prints;
}

/**
 * Returns all paragraphs of an article with a given language and fingerprint.
 * @param {Article} article
 * @param {string} key
 */
export function withPrint(article, key) {
  return printsOf(article).get(key) || [];
}

/**
 * Returns the article of a decision if it has all texts that the decision references.
 * @param {Corpus} corpus
 * @param {Decision} decision
 * @returns {Article | null}
 */
export function articleOf(corpus, decision) {
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
  const article = corpus.byArticle.get(placeOf(corpus, decision).article);
  if (article && decision.kind === "split") {
    return splitOf([...printsOf(article).values()].flat(), decision).reason ? null : article;
  }
  const needed = groups(references(decision), (reference) => reference.key);
  if (!needed.size || !article) return null;
  return [...needed].every(([key, all]) => withPrint(article, key).length >= all.length) ? article : null;
}

/**
 * Returns the article and target of a decision: those that it names, unless the run has found that they
 * have moved.
 * @param {Corpus} corpus
 * @param {Decision} decision
 */
export function placeOf(corpus, decision) {
  const [article, target] = corpus.moved[decision.id] || [decision.article, decision.target];
  return { article, target };
}

/**
 * Returns why a decision made since the run has no effect; the run gave the reasons for earlier ones.
 * @param {Corpus} corpus
 * @param {Decision} decision
 */
export function whyNot(corpus, decision) {
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
/** @typedef {ReturnType<typeof references>[number]} Reference */

/**
 * Returns how far the paragraphs of each language have shifted since the decisions, measured on paragraphs
 * with a unique text.
 * @param {Map<string, Paragraph[]>} prints
 * @param {{places: Reference[]}[]} decided
 */
export function shiftsOf(prints, decided) {
  /** @type {Shifts} */
  const shifts = new Map();
  for (const { language, number, key } of decided.flatMap(({ places }) => places)) {
    const there = prints.get(key) || [];
    if (there.length !== 1) continue;
    shifts.set(language, shifts.get(language) || []);
    shifts.get(language)?.push([number, there[0].number - number]);
  }
  return shifts;
}

/**
 * Returns the paragraphs at the places that a decision references; among several with the same text, the one
 * nearest to its expected place.
 * @param {Map<string, Paragraph[]>} prints
 * @param {Reference[]} places
 * @param {Shifts} shifts
 */
export function located(prints, places, shifts) {
  /** @type {Set<Paragraph>} */
  const taken = new Set();
  for (const { language, number, key } of places) {
    const free = (prints.get(key) || []).filter((p) => !taken.has(p));
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
