// @ts-check
// Searches texts for an expression in another thread, so that a slow one can be stopped and the page never waits.
/** @import { Spans } from "../types.js" */

import { MOST_HITS, scanned } from "../model/search.js";

export const LIMIT = 3000; // milliseconds

/** @type {Worker | null} */
let worker = null;

/**
 * Returns the hits in each of the texts; null if another search has begun meanwhile. Rejects with "slow" or
 * "impossible".
 * @param {RegExp} expression
 * @param {string[]} texts
 * @returns {Promise<Spans[] | null>}
 */
export function scan(expression, texts) {
  worker?.terminate();
  worker = newWorker();
  const own = worker;
  return new Promise((resolve, reject) => {
    if (!own) {
      reject(new Error("impossible"));
      return;
    }
    let timer = 0;
    /** @param {() => void} then */
    const end = (then) => {
      clearTimeout(timer);
      own.terminate();
      if (worker === own) then();
      else resolve(null);
    };
    timer = setTimeout(() => end(() => reject(new Error("slow"))), LIMIT);
    own.onmessage = ({ data }) => end(() => resolve(data));
    own.onerror = () => end(() => reject(new Error("impossible")));
    own.postMessage({ expression, texts, most: MOST_HITS });
  });
}

/** Returns a thread that runs `scanned`, null if the browser allows none. */
function newWorker() {
  const source = `${scanned}
    onmessage = ({ data }) => postMessage(scanned(data.expression, data.texts, data.most));`;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return new Worker(url);
  } catch {
    return null;
  } finally {
    setTimeout(() => URL.revokeObjectURL(url), LIMIT);
  }
}
