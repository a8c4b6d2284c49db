// @ts-check
// Taking what the machine suggests: a text becomes a proposal, another alignment a repair.
/** @import { Row } from "../types.js" */

import { capital, nameOf, say } from "../browser/language.js";
import { alternativeOf } from "../model/alternatives.js";
import { blockIn } from "../model/block.js";
import { findingsShown } from "../model/filter.js";
import { nextSuggestion } from "../model/suggestions.js";
import { shortened } from "../model/text.js";
import { corpus, current, filter } from "../state.js";
import { announce } from "../view/status.js";
import { aboutRow, decide, repair } from "./decide.js";

/**
 * Proposes the text that the chosen finding of a row suggests, or the first that suggests one; if none does,
 * aligns the row as the machine would have it otherwise, or approves the block that was moved with it.
 * @param {Row} row
 */
export function accept(row) {
  const found = nextSuggestion(row, findingsShown(row, filter), current.findingId);
  const other = alternativeOf(row, current.findingId);
  if (other && (!found || (current.findingId && found.finding.id !== current.findingId))) {
    realign(row);
    return;
  }
  if (!found) {
    const block = blockIn(row, current.findingId);
    if (block.length) approveBlock(block);
    else announce(say("said.nothing-suggested"));
    return;
  }
  const { text, change } = found;
  const chosen = corpus.languages[change.column];
  const values = { words: shortened(change.words, 60), language: nameOf(chosen) };
  const words = say(change.words ? "said.suggested" : "said.once", values);
  decide([aboutRow(row, "propose", { language: chosen.code, text })], words);
}

/**
 * Approves rows that were moved together, as one action.
 * @param {Row[]} rows
 */
export function approveBlock(rows) {
  if (rows.length) decide(rows.map((row) => aboutRow(row, "approve")), say("said.block", { n: rows.length }));
}

/**
 * Aligns a row as the machine would have it otherwise.
 * @param {Row} row
 */
export function realign(row) {
  const other = alternativeOf(row, current.findingId);
  if (!other) return;
  const values = { language: capital(nameOf(corpus.languages[other.column])), row: String(other.from.number) };
  repair(other.rows, row.article, say(other.exchanged ? "said.exchanged" : "said.put-here", values));
}
