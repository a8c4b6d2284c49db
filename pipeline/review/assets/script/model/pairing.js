// @ts-check
// Decisions about files: which belong to one article, and which do not (pipeline/decisions/pairings.py).
/** @import { Corpus, Decision, DecisionFields } from "../types.js" */
/** @import { Log } from "./log.js" */

/** @typedef {Record<string, string>} File a line of articles.csv */

/** @param {{kind: string}} decision */
export function isPairing({ kind }) {
  return kind === "join" || kind === "part";
}

/** @param {File} file */
function written({ language, file }) {
  return `${language}:${file}`;
}

/**
 * Returns the files that a decision names.
 * @param {Decision} decision
 */
export function namesOf({ text }) {
  return text.split("\n").map((line) => line.slice(line.indexOf(":") + 1));
}

/**
 * Returns the files of the article of a file, or the file alone.
 * @param {Corpus} corpus
 * @param {File} file
 * @returns {File[]}
 */
function company(corpus, file) {
  return corpus.byArticle.get(file.article)?.files ?? [file];
}

/**
 * Returns the decision that a file belongs to the article of another one, and the file of its language that it
 * takes the place of; null if both are of one language or in one article already.
 * @param {Corpus} corpus
 * @param {File} file
 * @param {File} other
 * @returns {{decision: DecisionFields, replaced: File | undefined} | null}
 */
export function joining(corpus, file, other) {
  const there = company(corpus, other);
  if (file.language === other.language || !file.language || !other.language || there.includes(file)) return null;
  const rest = there.filter(({ language }) => language !== file.language);
  const text = [...rest, file].map(written).join("\n");
  const replaced = there.find(({ language }) => language === file.language);
  return { decision: { kind: "join", article: other.article || file.article, target: "", text }, replaced };
}

/**
 * Returns the decision that a file does not belong to its article, null if it has no company.
 * @param {Corpus} corpus
 * @param {File} file
 * @returns {DecisionFields | null}
 */
export function parting(corpus, file) {
  const others = company(corpus, file).filter((each) => each !== file);
  if (!others.length) return null;
  const text = [file, ...others].map(written).join("\n");
  return { kind: "part", article: file.article, target: "", text };
}

/**
 * Returns the decisions about files that the next run will obey: those that the corpus does not show yet.
 * @param {Corpus} corpus
 * @param {Log} log
 */
export function pendingPairings(corpus, log) {
  const decisions = log.entries.filter(isPairing);
  if (!decisions.length) return [];
  const cancelled = log.withdrawn();
  const articleOf = new Map(corpus.files.map(({ file, article }) => [file, article]));
  return decisions.filter((decision) => {
    if (cancelled.has(decision.id)) return false;
    const [first, ...others] = namesOf(decision).map((name) => articleOf.get(name));
    const together = Boolean(first) && others.includes(first);
    return decision.kind === "part" ? together : !(first && others.every((article) => article === first));
  });
}
