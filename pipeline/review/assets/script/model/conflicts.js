// @ts-check
// Conflicts: two decisions about the same thing that say different things, the later one made without knowledge
// of the earlier one. The later one in the server's order holds.
/** @import { Decision } from "../types.js" */
/** @import { Log } from "./log.js" */

import { isPairing } from "./pairing.js";

/** @typedef {{earlier: Decision, later: Decision}} Conflict */

/**
 * What a decision says about what.
 * @typedef {object} Claim
 * @property {"row" | "finding" | "text" | "files" | ""} about "" for what cannot be contradicted
 * @property {string} article
 * @property {Set<string>} subjects paragraphs or the finding
 * @property {string} says
 */

const VERDICTS = ["approve", "reject", "repair"];

/**
 * Returns the decision that a withdrawal is about in the end, and whether it stands after it.
 * @param {Log} log
 * @param {Decision} decision
 * @returns {{root: Decision | undefined, stands: boolean}}
 */
export function rootOf(log, decision) {
  if (decision.kind !== "withdraw") return { root: decision, stands: true };
  const target = log.entries.find(({ id }) => id === decision.target);
  if (!target) return { root: undefined, stands: false };
  const { root, stands } = rootOf(log, target);
  return { root, stands: !stands };
}

/**
 * @param {Log} log
 * @param {Decision} decision
 * @returns {Claim}
 */
function claimOf(log, decision) {
  const { root, stands } = rootOf(log, decision);
  if (!root) return { about: "", article: "", subjects: new Set(), says: "" };
  const { kind, article, target, paragraphs, language, text } = root;
  if (kind === "dismiss") return { about: "finding", article, subjects: new Set([target]), says: `${stands}` };
  if (isPairing(root)) {
    return { about: "files", article: "", subjects: new Set(text.split("\n")), says: stands ? `${kind} ${text}` : "" };
  }
  const subjects = new Set(paragraphs.split(" ").filter((part) => part.includes(":")));
  if (kind === "propose") {
    return { about: "text", article, subjects, says: stands ? `${language} ${text}` : "" };
  }
  if (!VERDICTS.includes(kind)) return { about: "", article, subjects, says: "" };
  const [...places] = subjects;
  return { about: "row", article, subjects, says: stands ? `${kind} ${places.sort().join(" ")}` : "" };
}

/**
 * @param {Claim} one
 * @param {Claim} other
 */
function sameSubject(one, other) {
  if (!one.about || one.about !== other.about || one.article !== other.article) return false;
  if (one.about === "text" && one.says.split(" ")[0] !== other.says.split(" ")[0]) return false;
  return [...one.subjects].some((subject) => other.subjects.has(subject));
}

/**
 * @param {Claim} one
 * @param {Claim} other
 */
function contradict(one, other) {
  /** @param {Claim} claim */
  const said = ({ says }) => says.replace(/^repair /, "approve "); // both say that these belong together
  return said(one) !== said(other);
}

/**
 * Returns the conflicts of decisions that the server has confirmed just now.
 * @param {Log} log
 * @param {Decision[]} fresh
 * @returns {Conflict[]}
 */
export function conflictsOf(log, fresh) {
  return fresh.flatMap((later) => {
    const { sequence, base } = log.places.get(later.id) || { sequence: 0, base: 0 };
    const unknown = log.entries.slice(base, Math.max(base, sequence - 1));
    const earlier = unknown.length ? contradicted(log, later, unknown) : undefined;
    return earlier ? [{ earlier, later }] : [];
  });
}

/**
 * Returns the last decision that another one contradicts, among those that it did not know.
 * @param {Log} log
 * @param {Decision} later
 * @param {Decision[]} unknown
 */
function contradicted(log, later, unknown) {
  const claim = claimOf(log, later);
  const mine = log.own.has(later.id);
  const others = unknown.filter(({ id }) => log.own.has(id) !== mine);
  const made = new Set(others.map(({ id }) => id));
  /** @param {Decision} decision */
  const takenBack = (decision) =>
    others.some(({ kind, target }) => kind === "withdraw" && target === decision.id) ||
    (decision.kind === "withdraw" && made.has(decision.target));
  return others.findLast((decision) => {
    const other = claimOf(log, decision);
    return sameSubject(claim, other) && contradict(claim, other) && !takenBack(decision);
  });
}

/**
 * Returns whether a conflict is still one: nobody has taken back what they decided, or decided again with
 * knowledge of both.
 * @param {Log} log
 * @param {Conflict} conflict
 * @param {Set<string>} cancelled ids of withdrawn decisions
 */
export function isOpen(log, { earlier, later }, cancelled) {
  if ([earlier, later].some(({ id }) => !log.ids.has(id) || cancelled.has(id))) return false;
  const at = log.entries.findLastIndex(({ id }) => id === later.id);
  const claim = claimOf(log, later);
  return !log.entries.slice(at + 1).some((decision) => {
    const base = log.places.get(decision.id)?.base ?? log.bases.get(decision.id) ?? 0;
    return base > at && sameSubject(claim, claimOf(log, decision));
  });
}
