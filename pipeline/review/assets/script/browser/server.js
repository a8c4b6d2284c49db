// @ts-check
// The page's server, if there is one; it saves decisions beside the corpus and says in which order they hold.
/** @import { Answered, Decision, StoredDecision } from "../types.js" */

const { dataset } = document.documentElement;

export const SERVED = dataset.mode === "served";

/** Whether the server aligns repaired articles anew. */
export const REALIGNS = dataset.realigns === "yes";

/**
 * @typedef {{decisions: StoredDecision[], total: number, corpus: string}} Answer
 * @typedef {[rule: string, severity: number, source: string, target: string, message: string, suggestion: string]
 * } CheckedFinding
 * @typedef {{rows?: Answered[], reason?: string}} Realignment
 * @typedef {{before: CheckedFinding[], after: CheckedFinding[], others: string[], lacking: string}} Checked
 */

export const server = {
  known: 0, // number of decisions received from the server's log
  state: dataset.log || "", // of that log
  reached: false, // whether the last request was answered
  token: new URLSearchParams(location.search).get("token") || "",
  /** @type {Promise<unknown>} */
  busy: Promise.resolve(),

  /**
   * Returns the end of the server's log: what this page does not have, or all if the log is another one now.
   * @param {object[]} decisions to save first
   * @returns {Promise<Answer>}
   */
  async ask(decisions) {
    const post = decisions.length > 0;
    try {
      const answer = await fetch(`decisions?since=${server.known}&state=${server.state}`, {
        method: post ? "POST" : "GET",
        headers: { "X-Synoptic-Token": server.token, ...(post ? { "Content-Type": "application/json" } : {}) },
        body: post ? JSON.stringify({ decisions }) : undefined,
        cache: "no-store",
      });
      if (!answer.ok) throw new Error((await answer.text()) || answer.statusText);
      const end = await answer.json();
      server.known = end.total;
      server.state = (answer.headers.get("ETag") || "").replaceAll('"', "");
      server.reached = true;
      return end;
    } catch (error) {
      server.reached = false;
      throw error;
    }
  },

  /**
   * Returns the decisions that were stored and are not in the server's file any more.
   * @returns {Promise<Decision[]>}
   */
  async vanished() {
    const answer = await fetch("vanished", { headers: { "X-Synoptic-Token": server.token }, cache: "no-store" });
    return answer.ok ? (await answer.json()).decisions : [];
  },

  /**
   * Returns the findings of a row as it is and with a draft, and who else edits it.
   * @param {object} draft
   * @returns {Promise<Checked>}
   */
  async check(draft) {
    const answer = await fetch("check", {
      method: "POST",
      headers: { "X-Synoptic-Token": server.token, "Content-Type": "application/json" },
      body: JSON.stringify(draft),
      cache: "no-store",
    });
    if (!answer.ok) throw new Error((await answer.text()) || answer.statusText);
    return answer.json();
  },

  /**
   * Returns the rows of an article aligned anew with these decisions about it, or why that is not possible.
   * @param {string} article
   * @param {object[]} decisions
   * @returns {Promise<Realignment>}
   */
  async realign(article, decisions) {
    const answer = await fetch("realign", {
      method: "POST",
      headers: { "X-Synoptic-Token": server.token, "Content-Type": "application/json" },
      body: JSON.stringify({ article, decisions }),
      cache: "no-store",
    });
    if (!answer.ok) throw new Error((await answer.text()) || answer.statusText);
    return answer.json();
  },

  /**
   * Runs one request after the other, so answers stay in order.
   * @param {() => Promise<void>} request
   */
  turn(request) {
    const turn = server.busy.then(request);
    server.busy = turn.catch(() => {});
    return turn;
  },
};
