// @ts-check
// The log of decisions: those in the page's file and those made in this browser since.
/** @import { Decision, DecisionFields } from "../types.js" */

/** @type {(keyof Decision)[]} */
const COLUMNS = ["id", "time", "reviewer", "kind", "article", "target", "paragraphs", "language", "text"];

export class Log {
  /** @type {Decision[]} in order */
  entries = [];
  /** Number of decisions that came with the page. */
  given = 0;
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
    this.ids.add(decision.id);
    this.entries.push(decision);
    return true;
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
