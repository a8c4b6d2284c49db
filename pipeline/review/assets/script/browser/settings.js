// @ts-check
// What this browser remembers of the reviewer.

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
      // a browser that keeps nothing is no reason to stop
    }
  },

  get reviewer() {
    return writable(settings.get("reviewer")).slice(0, 80);
  },
};
