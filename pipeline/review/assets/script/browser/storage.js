// @ts-check
// The decisions stored in this browser, separately for each page.
/** @import { Decision } from "../types.js" */

import { byId } from "./elements.js";

/** @typedef {{place: string, order: number, id: string, decision: Decision, stored: boolean, base?: number}} Kept */

export const storage = {
  place: `${location.origin}${location.pathname}`,
  /** @type {IDBDatabase | null} */
  database: null,
  /** @type {BroadcastChannel | null} */
  channel: null,
  failed: "",
  pending: 0, // unfinished writes

  /** Opens the database; without one, nothing is stored. */
  async open() {
    try {
      const request = indexedDB.open("synoptic", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("decisions", { keyPath: ["place", "order", "id"] });
      };
      storage.database = await finished(request);
    } catch {
      storage.database = null;
    }
  },

  /**
   * Returns all stored decisions for this page, in the order in which they were made.
   * @returns {Promise<Kept[]>}
   */
  async kept() {
    if (!storage.database) return [];
    const range = IDBKeyRange.bound([storage.place], [storage.place, []]);
    const request = storage.database.transaction("decisions").objectStore("decisions").getAll(range);
    return finished(request).catch(() => []);
  },

  /**
   * Stores decisions; resolves with whether they are on disk.
   * @param {Decision[]} decisions
   * @param {boolean} stored whether the server has them
   * @param {Map<string, number>} bases number of the decision that each is based on, by id
   */
  async keep(decisions, stored, bases) {
    if (!storage.database) return false;
    storage.wait(1);
    const kept = await write(storage.database, decisions, stored, bases).catch(() => false);
    storage.wait(-1);
    return kept;
  },

  /** @param {number} change */
  wait(change) {
    storage.pending += change;
    byId("stored").dataset.pending = String(storage.pending);
  },

  // Increases with every decision of this browser, to restore their order.
  last: 0,
  /** @type {Map<string, number>} */
  orders: new Map(),

  /** @param {Decision} decision */
  order(decision) {
    const order = storage.orders.get(decision.id) ?? Math.max(storage.last + 1, Date.now());
    storage.remember(decision, order);
    return order;
  },

  /**
   * @param {Decision} decision
   * @param {number} order
   */
  remember(decision, order) {
    storage.orders.set(decision.id, order);
    storage.last = Math.max(storage.last, order);
  },

  /**
   * Calls back when another tab of the same page has stored decisions.
   * @param {() => void} callback
   */
  listen(callback) {
    storage.channel = new BroadcastChannel(storage.place);
    storage.channel.onmessage = callback;
  },
};

/**
 * @param {IDBDatabase} database
 * @param {Decision[]} decisions
 * @param {boolean} stored
 * @param {Map<string, number>} bases
 * @returns {Promise<boolean>}
 */
async function write(database, decisions, stored, bases) {
  const transaction = database.transaction("decisions", "readwrite", { durability: "strict" });
  const store = transaction.objectStore("decisions");
  for (const decision of decisions) {
    const { id } = decision;
    store.put({ place: storage.place, order: storage.order(decision), id, decision, stored, base: bases.get(id) });
  }
  transaction.commit();
  return new Promise((resolve) => {
    transaction.oncomplete = () => resolve(true);
    transaction.onabort = () => resolve(false);
    transaction.onerror = () => resolve(false);
  });
}

/**
 * @template Result
 * @param {IDBRequest<Result>} request
 * @returns {Promise<Result>}
 */
function finished(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
