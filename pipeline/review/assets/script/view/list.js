// @ts-check
// A virtual list: only items in view are in the document. Heights are estimates until an item was shown.

import { Heights } from "../model/heights.js";

/** @typedef {{element: HTMLElement, key: string, index: number}} Mounted */

/**
 * Rendering of list items.
 * @template Item
 * @typedef {object} Look
 * @property {(item: Item) => HTMLElement} render
 * @property {(item: Item) => string} keyOf content of the element; the part before `@` identifies the item
 * @property {(item: Item) => number} guess estimated height in pixels
 * @property {() => void} [drawn] called after other items were put into the document
 */

/** @template Item */
export class VirtualList {
  /**
   * @param {HTMLElement} viewport the scrolling element
   * @param {HTMLElement} canvas the parent of the items
   * @param {Look<Item>} look
   */
  constructor(viewport, canvas, look) {
    this.viewport = viewport;
    this.canvas = canvas;
    this.look = look;
    /** @type {Item[]} */
    this.items = [];
    /** @type {Map<number, Mounted>} by index */
    this.mounted = new Map();
    /** @type {Map<string, number>} heights by key */
    this.measured = new Map();
    this.heights = new Heights([]);
    this.observer = new ResizeObserver(() => this.resized());
    this.width = 0;
    this.pending = 0;
    this.unrolled = false; // while printing
    viewport.addEventListener("scroll", () => this.later(), { passive: true });
    new ResizeObserver(() => this.refit()).observe(viewport);
  }

  /** @param {Item[]} items */
  setItems(items, keepPlace = false) {
    const { keyOf, guess } = this.look;
    const anchor = keepPlace ? this.anchor() : null;
    this.items = items;
    this.heights = new Heights(items.map((item) => this.measured.get(keyOf(item)) || guess(item)));
    if (anchor) {
      const index = items.findIndex((item) => keyOf(item).startsWith(anchor.name));
      if (index >= 0) this.viewport.scrollTop = this.heights.before(index) + anchor.offset;
    } else this.viewport.scrollTop = 0;
    this.draw();
  }

  /** Returns the first item in view and its scroll offset. */
  anchor() {
    if (!this.items.length) return null;
    const index = this.heights.at(this.viewport.scrollTop);
    const item = this.items[index];
    if (!item) return null;
    const name = this.look.keyOf(item).split("@")[0];
    return { name, offset: this.viewport.scrollTop - this.heights.before(index) };
  }

  later() {
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => {
      this.pending = 0;
      this.draw();
    });
  }

  /** Resets the heights when the width has changed. */
  refit() {
    if (this.unrolled) return;
    if (this.viewport.clientWidth === this.width) {
      this.later();
      return;
    }
    this.width = this.viewport.clientWidth;
    this.forget();
  }

  /** Forgets the heights, because the items look different now. */
  forget() {
    this.measured.clear();
    this.setItems(this.items, true);
  }

  draw() {
    if (this.unrolled) return;
    this.mount();
    // New items have their real height only now; a different one moves everything below.
    if (this.measure()) this.mount();
    this.measure();
    this.place();
  }

  /** Adds the items in view to the document in order and removes the others. */
  mount() {
    const { viewport, heights, items } = this;
    const room = viewport.clientHeight;
    const first = items.length ? heights.at(Math.max(0, viewport.scrollTop - room / 2)) : 0;
    const last = items.length ? heights.at(viewport.scrollTop + 1.5 * room) : -1;
    const old = new Map([...this.mounted.values()].map((each) => [each.key, each]));
    this.mounted = new Map();
    for (let index = first; index <= last; index += 1) this.mounted.set(index, this.taken(old, index));
    // Removed first: what stays is then not moved, and an element that is moved loses the focus.
    for (const { element } of old.values()) {
      this.observer.unobserve(element);
      element.remove();
    }
    /** @type {HTMLElement | null} */
    let previous = null;
    for (const { element } of this.mounted.values()) previous = this.putAfter(previous, element);
    this.look.drawn?.();
    this.place();
  }

  /**
   * Returns the mounted item at an index, reused from the document or new.
   * @param {Map<string, Mounted>} old
   * @param {number} index
   * @returns {Mounted}
   */
  taken(old, index) {
    const item = this.items[index];
    const key = this.look.keyOf(item);
    const known = old.get(key);
    old.delete(key);
    if (known) return Object.assign(known, { index });
    const element = this.look.render(item);
    this.observer.observe(element);
    return { key, element, index };
  }

  /**
   * @param {HTMLElement | null} previous
   * @param {HTMLElement} element
   */
  putAfter(previous, element) {
    const next = previous ? previous.nextSibling : this.canvas.firstChild;
    if (next !== element) this.canvas.insertBefore(element, next);
    return element;
  }

  place() {
    this.canvas.style.height = `${this.heights.before(this.items.length)}px`;
    for (const { element, index } of this.mounted.values()) {
      element.style.transform = `translateY(${this.heights.before(index)}px)`;
    }
  }

  /** Measures the items in the document; returns whether a height differed from its estimate. */
  measure() {
    let shift = 0;
    let changed = false;
    const top = this.viewport.scrollTop;
    for (const { element, index, key } of this.mounted.values()) {
      const height = element.offsetHeight;
      if (!height || height === this.heights.values[index]) continue;
      const above = this.heights.before(index) + this.heights.values[index] <= top;
      const difference = this.heights.set(index, height);
      this.measured.set(key, height);
      changed = true;
      if (above) shift += difference;
    }
    if (changed) this.place();
    if (shift) this.viewport.scrollTop = top + shift;
    return changed;
  }

  resized() {
    if (!this.unrolled && this.measure()) this.draw();
  }

  /**
   * Scrolls an item into view with a margin above it; its neighbours' heights may still be estimates.
   * @param {number} index
   * @param {"nearest" | "top"} align
   */
  show(index, align = "nearest") {
    for (let turn = 0; turn < 3; turn += 1) {
      const top = this.heights.before(index);
      const bottom = top + this.heights.values[index];
      const { scrollTop, clientHeight } = this.viewport;
      const margin = Math.min(80, clientHeight / 6);
      const fits = top >= scrollTop && bottom <= scrollTop + clientHeight;
      if (align === "nearest" && fits) return;
      const higher = bottom - top > clientHeight - margin;
      const below = align === "nearest" && bottom > scrollTop + clientHeight && top > scrollTop && !higher;
      this.viewport.scrollTop = below ? bottom - clientHeight + margin / 2 : top - margin;
      this.draw();
    }
  }

  /**
   * Puts the first items into the document, one after the other, to be printed; returns how many are left out.
   * @param {number} most
   */
  unroll(most) {
    this.unrolled = true;
    const old = new Map([...this.mounted.values()].map((each) => [each.key, each]));
    this.mounted = new Map();
    const number = Math.min(most, this.items.length);
    const all = Array.from({ length: number }, (_, index) => {
      const each = this.taken(old, index);
      this.mounted.set(index, each);
      return each.element;
    });
    this.canvas.replaceChildren(...all);
    return this.items.length - number;
  }

  /** Takes the items that are not in view out again. */
  rollUp() {
    this.unrolled = false;
    this.draw();
  }

  /** @param {number} index */
  elementOf(index) {
    const each = this.mounted.get(index);
    return each ? each.element : null;
  }
}
