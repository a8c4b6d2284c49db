// @ts-check
// The page's server, if there is one; it saves decisions beside the corpus.
/** @import { Decision } from "../types.js" */

export const SERVED = document.documentElement.dataset.mode === "served";

export const server = {
  known: 0, // number of decisions received from the server's log
  token: new URLSearchParams(location.search).get("token") || "",
  /** @type {Promise<unknown>} */
  busy: Promise.resolve(),

  /**
   * Returns the server's decisions that this page does not have.
   * @param {"GET" | "POST"} method
   * @param {{decisions: Decision[]}} [body] decisions to save first
   * @returns {Promise<Decision[]>}
   */
  async ask(method, body) {
    const answer = await fetch(`decisions?since=${server.known}`, {
      method,
      headers: { "X-Synoptic-Token": server.token, ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : undefined,
      cache: "no-store",
    });
    if (!answer.ok) throw new Error((await answer.text()) || answer.statusText);
    const { decisions, total } = await answer.json();
    server.known = total;
    return decisions;
  },

  /**
   * Waits for the previous response before sending, so responses stay in order.
   * @param {"GET" | "POST"} method
   * @param {{decisions: Decision[]}} [body]
   */
  turn(method, body) {
    const turn = server.busy.then(() => server.ask(method, body));
    server.busy = turn.catch(() => {});
    return turn;
  },
};
