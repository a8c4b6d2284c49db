// @ts-check
// The choice of a person in the sidebar.

import { byId, el } from "../browser/elements.js";
import { namesIn } from "../model/people.js";
import { filter, log } from "../state.js";

let listed = "";

/** Lists the people who have decided something; without any there is no choice. */
export function drawPeople() {
  const names = namesIn(log.entries);
  const key = JSON.stringify([names, filter.person]);
  if (key === listed) return;
  listed = key;
  const options = names.map((name) => el("option", { value: name, selected: filter.person === name, text: name }));
  byId("person").replaceChildren(el("option", { value: "", text: "anybody" }), ...options);
  byId("person-field").hidden = !names.length;
}
