// @ts-check
// Taking what the machine suggests: it becomes a proposed text.
/** @import { Row } from "../types.js" */

import { findingsShown } from "../model/filter.js";
import { nextSuggestion } from "../model/suggestions.js";
import { shortened } from "../model/text.js";
import { corpus, current, filter } from "../state.js";
import { announce } from "../view/status.js";
import { aboutRow, decide } from "./decide.js";

/**
 * Proposes the text that the chosen finding of a row suggests, or the first that suggests one.
 * @param {Row} row
 */
export function accept(row) {
  const found = nextSuggestion(row, findingsShown(row, filter), current.findingId);
  if (!found) {
    announce("nothing is suggested here");
    return;
  }
  const { text, change } = found;
  const { code, name } = corpus.languages[change.column];
  const words = change.words ? `“${shortened(change.words, 60)}” proposed in ${name}` : `said once in ${name}`;
  decide([aboutRow(row, "propose", { language: code, text })], words);
}
