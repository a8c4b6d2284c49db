// @ts-check
// Functions to create and find elements; text is never parsed as markup.

import { languageTag } from "../model/tags.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * Attributes: true means present; null, undefined and false mean absent. `text` sets the text of the
 * element, and a record, such as `data`, its dataset. `lang` is the code of a language.
 * @typedef {Record<string, string | number | boolean | null | undefined | Data>} Properties
 * @typedef {Record<string, string | number>} Data
 */

/** @typedef {Node | string | null} Child null is skipped */

/**
 * @param {HTMLElement | SVGElement} element
 * @param {Properties} properties
 * @param {(Child | Child[])[]} children
 */
function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = String(value);
    else if (typeof value === "object") Object.assign(element.dataset, value);
    else if (name === "lang") element.setAttribute(name, languageTag(String(value)));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null));
}

/**
 * Returns a new element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Properties} properties
 * @param {(Child | Child[])[]} children
 */
export function el(tag, properties, ...children) {
  const element = document.createElement(tag);
  fill(element, properties, children);
  return element;
}

/**
 * Returns a new SVG element.
 * @param {keyof SVGElementTagNameMap} tag
 * @param {Properties} properties
 * @param {(Child | Child[])[]} children
 */
export function svg(tag, properties, ...children) {
  const element = document.createElementNS(SVG, tag);
  fill(element, properties, children);
  return element;
}

/**
 * Returns an element of page.html by id; throws if there is none of this kind.
 * @template {HTMLElement} Kind
 * @overload
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
/**
 * @overload
 * @param {string} id
 * @returns {HTMLElement}
 */
/**
 * @param {string} id
 * @param {new () => HTMLElement} kind
 */
export function byId(id, kind = HTMLElement) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new TypeError(`the page has no ${kind.name} with the id ${id}`);
  return element;
}

/**
 * Returns the target of an event or its nearest ancestor that matches a selector.
 * @param {EventTarget | null} target
 * @param {string} selector
 * @returns {HTMLElement | SVGElement | null}
 */
export function around(target, selector) {
  return target instanceof Element ? target.closest(selector) : null;
}
