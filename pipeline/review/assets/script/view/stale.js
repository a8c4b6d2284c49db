// @ts-check
// Decisions without effect, named as people know them: by title and words.
/** @import { Decision } from "../types.js" */

import { el } from "../browser/elements.js";
import { titleLanguage } from "../model/corpus.js";
import { wordsNow } from "../model/replay.js";
import { shortened } from "../model/text.js";
import { corpus, log } from "../state.js";

const SHOWN = 500;
const LENGTH = 120; // of a quoted text
/** @type {Readonly<Record<string, string>>} */
const NAMES = {
  approve: "Approval", reject: "Rejection", repair: "Repair", comment: "Comment", propose: "Better text",
  dismiss: "Dismissal",
};

/** Returns the section with the stale decisions, or null if there are none. */
export function staleList() {
  const stale = log.entries.filter((decision) => log.fates.has(decision.id));
  return section("Stale decisions", "They are kept, but have no effect: what they were about is not there any more.", stale);
}

/** Returns the section with the better texts that the files have now, or null if there are none. */
export function fulfilledList() {
  const cancelled = log.withdrawn();
  const done = log.entries.filter(({ id }) => corpus.fulfilled?.includes(id) && !cancelled.has(id));
  return section("Carried out", "These better texts are in the files now.", done);
}

/**
 * @param {string} title
 * @param {string} lead
 * @param {Decision[]} decisions
 */
function section(title, lead, decisions) {
  if (!decisions.length) return null;
  const more = decisions.length - SHOWN;
  return el(
    "section",
    {},
    el("h2", { text: title }),
    el("p", { class: "lead", text: lead }),
    el("ul", { class: "stale" }, decisions.slice(0, SHOWN).map(staleLine)),
    more > 0 ? el("p", { class: "lead", text: `and ${more} more` }) : null,
  );
}

/** @param {Decision} decision */
function staleLine(decision) {
  const { id, kind, time, reviewer, language, text } = decision;
  const { article, places } = wordsNow(corpus, decision);
  const by = [reviewer && ` by ${reviewer}`, time && ` on ${time.slice(0, 10)}`].filter(Boolean).join("");
  return el(
    "li",
    { class: "stale-decision" },
    el("strong", { text: NAMES[kind] || kind }),
    article ? " in " : ` in an article that is gone (${decision.article})`,
    article ? el("cite", { dir: "auto", lang: titleLanguage(article), text: article.title }) : null,
    `${by}: `,
    el("span", { text: inWords(log.fates.get(id) || "") }),
    text ? el("q", { dir: "auto", lang: language || null, text: shortened(text, LENGTH) }) : null,
    places.map(placeLine),
  );
}

/** @param {{language: string, number: number, now: string}} place */
function placeLine({ language, number, now }) {
  const words = now
    ? el("q", { dir: "auto", lang: language, text: shortened(now, LENGTH) })
    : el("span", { text: "is not there any more" });
  return el("p", { class: "place-line" }, `${nameOf(language)} ¶ ${number} `, words);
}

/** @param {string} code */
function nameOf(code) {
  return corpus.languages.find((language) => language.code === code)?.name || code;
}

/**
 * Writes places such as `it 4` out.
 * @param {string} reason
 */
function inWords(reason) {
  const places = /(?<=^|[ :,])([a-z]{2,3}(?:-[a-z]{2,4})?) (\d+)(?=,|$)/g;
  return reason.replace(places, (_, code, number) => `${nameOf(code)} ¶ ${number}`);
}
