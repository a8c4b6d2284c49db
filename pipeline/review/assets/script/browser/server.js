// @ts-check
// The server that served the page, if one did: it stores decisions beside the corpus.
/** @import { Decision } from "../types.js" */

export const SERVED = document.documentElement.dataset.mode === "served";

export const server = {
  known: 0, // how many decisions of the server's log are here
  token: new URLSearchParams(location.search).get("token") || "",
  /** @type {Promise<unknown>} */
  busy: Promise.resolve(),

  /**
   * Returns the decisions that the server has and this page does not know.
   * @param {"GET" | "POST"} method
   * @param {{decisions: Decision[]}} [body] what is to be stored first
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
   * Asks when the request before has been answered, so that no answer overtakes another.
   * @param {"GET" | "POST"} method
   * @param {{decisions: Decision[]}} [body]
   */
  turn(method, body) {
    const turn = server.busy.then(() => server.ask(method, body));
    server.busy = turn.catch(() => {});
    return turn;
  },
};
