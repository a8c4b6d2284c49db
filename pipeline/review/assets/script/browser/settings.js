// @ts-check
// The reviewer's settings, stored in this browser.

import { writable } from "../model/text.js";

export const settings = {
  /** @param {string} name */
  get(name) {
    try {
      return localStorage.getItem(`synoptic.${name}`) || "";
    } catch {
      return "";
    }
  },

  /**
   * @param {string} name
   * @param {string} value
   */
  set(name, value) {
    try {
      localStorage.setItem(`synoptic.${name}`, value);
    } catch {
      // settings are optional, so a browser without storage is fine
    }
  },

  /**
   * Remembers a text in this tab alone.
   * @param {string} name
   * @param {string} value
   */
  remember(name, value) {
    try {
      sessionStorage.setItem(`synoptic.${name}`, value);
    } catch {
      // as above
    }
  },

  /** @param {string} name */
  recall(name) {
    try {
      return sessionStorage.getItem(`synoptic.${name}`) || "";
    } catch {
      return "";
    }
  },

  get reviewer() {
    return writable(settings.get("reviewer")).slice(0, 80);
  },
};
