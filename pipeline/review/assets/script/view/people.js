// @ts-check
// Who decided what: in words, and the choice of a person in the sidebar.
/** @import { Row } from "../types.js" */

import { byId, el } from "../browser/elements.js";
import { listed, momentOf, onLanguage, say } from "../browser/language.js";
import { namesIn } from "../model/people.js";
import { filter, log } from "../state.js";

let drawn = "";

onLanguage(() => {
  drawn = "";
  drawPeople();
});

/** Lists the people who have decided something; without any there is no choice. */
export function drawPeople() {
  const names = namesIn(log.entries);
  const key = JSON.stringify([names, filter.person]);
  if (key === drawn) return;
  drawn = key;
  const options = names.map((name) => el("option", { value: name, selected: filter.person === name, text: name }));
  byId("person").replaceChildren(el("option", { value: "", text: say("person.anybody") }), ...options);
  byId("person-field").hidden = !names.length;
}

/**
 * Returns who gave a row its state, and when: "approved by Ewa (31 Jan 2026, 09:30) and Jan".
 * @param {Row} row
 */
export function saidOf({ review }) {
  const state = say(`review.${review.state || "undecided"}`);
  const people = review.by.map(({ reviewer, time }) => {
    const name = reviewer || say("person.unnamed");
    return time ? `${name} (${momentOf(time)})` : name;
  });
  return people.length ? say("review.by", { state, names: listed(people) }) : state;
}
