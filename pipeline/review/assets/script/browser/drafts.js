// @ts-check
// Texts that somebody has begun to write and not saved yet; they survive a reload and a lost connection.

import { storage } from "./storage.js";

/**
 * @typedef {object} Draft
 * @property {string} row id
 * @property {string} language code
 * @property {string} text
 * @property {string} article id
 */

/** @type {Map<string, Draft>} by row and language */
const known = new Map();

function prefix() {
  return `synoptic.draft ${storage.place} `;
}

export const drafts = {
  /** Reads the drafts that this browser has kept. */
  read() {
    known.clear();
    try {
      for (const name of Object.keys(localStorage)) if (name.startsWith(prefix())) take(name);
    } catch {
      // without storage, drafts last as long as the page
    }
  },

  all() {
    return [...known.values()];
  },

  /**
   * @param {string} row id
   * @param {string} language
   */
  get(row, language) {
    return known.get(`${row} ${language}`);
  },

  /**
   * Keeps a draft; returns whether it is still there after the page is closed.
   * @param {Draft} draft
   */
  put(draft) {
    const name = `${draft.row} ${draft.language}`;
    known.set(name, draft);
    try {
      localStorage.setItem(prefix() + name, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  },

  /**
   * @param {string} row id
   * @param {string} language
   */
  remove(row, language) {
    known.delete(`${row} ${language}`);
    try {
      localStorage.removeItem(`${prefix()}${row} ${language}`);
    } catch {
      // as above
    }
  },
};

/** @param {string} name in the browser's storage */
function take(name) {
  try {
    const draft = JSON.parse(localStorage.getItem(name) || "null");
    const fields = [draft?.row, draft?.language, draft?.text, draft?.article];
    if (fields.every((field) => typeof field === "string")) known.set(`${draft.row} ${draft.language}`, draft);
  } catch {
    // somebody else's entry
  }
}
