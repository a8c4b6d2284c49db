// @ts-check
// Decisions without effect, named as people know them: by title and words.
/** @import { Decision, Kind, MessageKey } from "../types.js" */

import { el } from "../browser/elements.js";
import { capital, dayOf, listed, nameOf, say } from "../browser/language.js";
import { titleLanguage } from "../model/corpus.js";
import { wordsNow } from "../model/places.js";
import { shortened } from "../model/text.js";
import { corpus, log } from "../state.js";

const SHOWN = 500;
const LENGTH = 120; // of a quoted text
/** @type {Readonly<Record<string, MessageKey>>} the reasons that a run gives, each with a message */
const REASONS = {
  "its article is not in this run": "stale.why.no-article",
  "its article is not in this run, and several others have as much of its text": "stale.why.several",
  "its paragraphs are fewer now": "stale.why.fewer",
  "its paragraphs are no longer one row": "stale.why.not-one-row",
};
const NO_LANGUAGE = /^its article has no text in (.*) in this run$/;
const WITH_PLACES = /^(its article has no such text now|the text has changed): (.*)$/;

/** Returns the section with the stale decisions, or null if there are none. */
export function staleList() {
  const stale = log.entries.filter((decision) => log.fates.has(decision.id));
  return section(say("stale.title"), say("stale.lead"), stale);
}

/** Returns the section with the better texts that the files have now, or null if there are none. */
export function fulfilledList() {
  const cancelled = log.withdrawn();
  const done = log.entries.filter(({ id }) => corpus.fulfilled?.includes(id) && !cancelled.has(id));
  return section(say("fulfilled.title"), say("fulfilled.lead"), done);
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
    more > 0 ? el("p", { class: "lead", text: say("more", { n: more }) }) : null,
  );
}

/** @param {Decision} decision */
function staleLine(decision) {
  const { id, kind, time, reviewer, language, text } = decision;
  const { article, places } = wordsNow(corpus, decision);
  const by = [reviewer && say("stale.by", { name: reviewer }), time && say("stale.on", { date: dayOf(time) })];
  const what = capital(say(`kind.${/** @type {Kind} */ (kind)}`));
  return el(
    "li",
    { class: "stale-decision" },
    el("strong", { text: article ? say("stale.in", { what }) : say("stale.gone-article", { what, article: decision.article }) }),
    article ? el("cite", { dir: "auto", lang: titleLanguage(article), text: article.title }) : null,
    `${by.filter(Boolean).join("")}: `,
    el("span", { text: inWords(log.fates.get(id) || "") }),
    text ? el("q", { dir: "auto", lang: language || null, text: shortened(text, LENGTH) }) : null,
    places.map(placeLine),
  );
}

/** @param {{language: string, number: number, now: string}} place */
function placeLine({ language, number, now }) {
  const words = now
    ? el("q", { dir: "auto", lang: language, text: shortened(now, LENGTH) })
    : el("span", { text: say("stale.not-there") });
  return el("p", { class: "place-line" }, `${called(language)} ¶ ${number} `, words);
}

/** @param {string} code */
function called(code) {
  const known = corpus.languages.find((language) => language.code === code);
  return known ? nameOf(known) : code;
}

/**
 * Returns the reason that a run gives, in the page's language.
 * @param {string} reason
 */
function inWords(reason) {
  if (REASONS[reason]) return say(REASONS[reason]);
  const [, codes] = NO_LANGUAGE.exec(reason) || [];
  if (codes) return say("stale.why.no-language", { languages: listed(codes.split(" or ").map(called)) });
  const [, what, list] = WITH_PLACES.exec(reason) || [];
  if (!what) return reason;
  const places = list.split(", ").map((place) => place.replace(/^(\S+) (\d+)/, (_, code, n) => `${called(code)} ¶ ${n}`));
  const key = what === "the text has changed" ? "stale.why.changed" : "stale.why.no-text";
  return say(key, { places: places.join(", ") });
}
