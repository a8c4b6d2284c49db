// @ts-check
// The log of decisions: those in the page's file and those made in this browser since. With a server, its
// order comes first; what it has not confirmed yet is at the end.
/** @import { Decision, DecisionFields, Place, StoredDecision } from "../types.js" */

/** @type {(keyof Decision)[]} */
const COLUMNS = ["id", "time", "reviewer", "kind", "article", "target", "paragraphs", "language", "text"];

export class Log {
  /** @type {Decision[]} in order */
  entries = [];
  /** Number of decisions at the beginning whose order is fixed: the page's, or the server's so far. */
  given = 0;
  /** @type {Map<string, number>} number of the decision that one of this browser is based on */
  bases = new Map();
  /** @type {Map<string, Place>} of the decisions that the server has confirmed since the page was opened */
  places = new Map();
  /** @type {Set<string>} */
  ids = new Set();
  /** @type {Set<string>} ids of those made in this browser */
  own = new Set();
  /** @type {Set<string>} ids of those neither in the file nor on the server */
  unsaved = new Set();
  /** @type {string[][]} ids of undone decisions, the latest last */
  redo = [];
  /** @type {Map<string, string>} why decisions have no effect, by id */
  fates = new Map();

  /**
   * Adds a decision unless it is there; returns whether it was new.
   * @param {Decision} decision
   */
  enter(decision, { own = false, unsaved = false } = {}) {
    if (own) this.own.add(decision.id);
    if (unsaved) this.unsaved.add(decision.id);
    if (this.ids.has(decision.id)) return false;
    if (unsaved && !this.bases.has(decision.id)) this.bases.set(decision.id, this.given);
    this.ids.add(decision.id);
    this.entries.push(decision);
    return true;
  }

  /** Returns this browser's decisions that the server has not confirmed, in order. */
  waiting() {
    return this.entries.slice(this.given).filter(({ id }) => this.unsaved.has(id));
  }

  /**
   * Takes over the server's order: `stored` are its last decisions, `total` is the number of all.
   * @param {StoredDecision[]} stored
   * @param {number} total
   * @returns {{changed: boolean, fresh: Decision[]}} whether the log is another one now, and what is new of it
   */
  confirm(stored, total) {
    const before = this.entries;
    const known = new Map(before.map((decision) => [decision.id, decision]));
    const placed = new Set(before.slice(0, this.given).map(({ id }) => id));
    const confirmed = before.slice(0, total - stored.length);
    for (const { sequence, base, ...decision } of stored) {
      const old = known.get(decision.id);
      confirmed.push(old && sameFields(old, decision) ? old : decision);
      this.places.set(decision.id, { sequence, base });
      this.unsaved.delete(decision.id);
    }
    const there = new Set(confirmed.map(({ id }) => id));
    const pending = before.slice(this.given).filter(({ id }) => !there.has(id));
    this.entries = [...confirmed, ...pending];
    this.ids = new Set(this.entries.map(({ id }) => id));
    this.given = confirmed.length;
    const { entries } = this;
    const changed = entries.length !== before.length || entries.some((decision, k) => decision !== before[k]);
    const last = confirmed.slice(total - stored.length);
    return { changed, fresh: last.filter(({ id }) => !placed.has(id)) };
  }

  /** Returns the ids of withdrawn decisions; withdrawing a withdrawal restores them. */
  withdrawn() {
    const cancelled = new Set();
    for (const { id, kind, target } of [...this.entries].reverse()) {
      if (kind === "withdraw" && !cancelled.has(id)) cancelled.add(target);
    }
    return cancelled;
  }

  /** Returns this browser's decisions that have not been taken back. */
  effective() {
    const cancelled = this.withdrawn();
    return this.entries.filter(({ id, kind }) => kind !== "withdraw" && this.own.has(id) && !cancelled.has(id));
  }

  /** Returns the last decision of this browser that can be undone. */
  lastOwn() {
    return this.effective().at(-1);
  }
}

/**
 * @param {Decision} one
 * @param {Decision} other
 */
function sameFields(one, other) {
  return COLUMNS.every((name) => (one[name] || "") === (other[name] || ""));
}

/** Returns a new name for an action, the prefix of its decisions' ids. */
export function newAction() {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, "0")).join("");
}

/**
 * Returns the action that a decision belongs to.
 * @param {Decision} decision
 */
export function actionOf(decision) {
  return decision.id.split(".")[0];
}

/**
 * Returns decision number `turn` of an action.
 * @param {string} action
 * @param {number} turn
 * @param {string} reviewer
 * @param {DecisionFields} fields
 * @returns {Decision}
 */
export function makeDecision(action, turn, reviewer, fields) {
  const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const empty = { paragraphs: "", language: "", text: "" };
  return { ...empty, id: `${action}.${turn}`, time, reviewer, ...fields };
}

/** @param {Decision[]} decisions */
export function csvOf(decisions) {
  /** @param {string} value */
  const quoted = (value) => `"${value.replaceAll('"', '""')}"`;
  const lines = [COLUMNS, ...decisions.map((decision) => COLUMNS.map((name) => decision[name] || ""))];
  return lines.map((line) => `${line.map(quoted).join(",")}\n`).join("");
}
