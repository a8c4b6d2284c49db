// @ts-check
// Rows that the run has not made: by decisions, or aligned anew after them.
/** @import { Article, Corpus, Paragraph } from "../types.js" */

import { madeRow } from "./corpus.js";
import { contentId } from "./digest.js";
import { inFile } from "./parts.js";

/**
 * Returns the row of these paragraphs; the same paragraphs always give the same object.
 * @param {Corpus} corpus
 * @param {Article} article
 * @param {Paragraph[]} paragraphs
 * @param {number | null} confidence
 */
export function derivedRow(corpus, article, paragraphs, confidence) {
  const cells = corpus.languages.map(({ code }, k) =>
    article.languages[k]
      ? paragraphs
          .filter((p) => p.language === code)
          .sort(inFile)
      : null,
  );
  const id = contentId(cells.flatMap((cell) => cell || []));
  const row = madeRow(corpus, id, article, cells, confidence);
  const known = corpus.rowsByUid.get(row.uid);
  if (!known) corpus.rowsByUid.set(row.uid, row);
  return known || row;
}
