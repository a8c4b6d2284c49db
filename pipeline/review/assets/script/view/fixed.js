// @ts-check
// The words of page.html: which message an element has, its attributes say.
/** @import { MessageKey } from "../types.js" */

import { byId, el } from "../browser/elements.js";
import { TONGUES, language, onLanguage, say, sayMarked } from "../browser/language.js";

const ATTRIBUTES = { sayLabel: "aria-label", sayPlaceholder: "placeholder", sayTitle: "title" };

onLanguage(drawFixed);

/** Writes what is always on the page in its language, and says to the browser which one that is. */
export function drawFixed() {
  document.documentElement.lang = language();
  document.title = say("page.title");
  /** @type {NodeListOf<HTMLElement>} */
  const all = document.querySelectorAll("[data-say], [data-say-label], [data-say-placeholder], [data-say-title]");
  for (const element of all) writeWords(element);
  drawChoice();
}

/** @param {HTMLElement} element */
function writeWords(element) {
  const { dataset } = element;
  if (dataset.say) element.replaceChildren(...sayMarked(/** @type {MessageKey} */ (dataset.say)));
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
    const key = /** @type {MessageKey | undefined} */ (dataset[name]);
    if (!key) continue;
    const words = say(key);
    element.setAttribute(attribute, name === "sayTitle" && dataset.key ? `${words} (${dataset.key})` : words);
  }
}

/** Lists the languages of the page, each by its own name. */
function drawChoice() {
  const options = TONGUES.map(([code, text]) => {
    return el("option", { value: code, lang: code, selected: code === language(), text });
  });
  byId("language", HTMLSelectElement).replaceChildren(...options);
}
