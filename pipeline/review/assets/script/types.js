// @ts-check
// The records that travel between modules. Types only: nothing imports this file when the page runs.

/**
 * A language of the corpus; its place in `PageData.languages` is its column.
 * @typedef {object} Language
 * @property {string} code
 * @property {string} name in English
 */

/**
 * What the run wrote into the page, see `page_data` in pipeline/review/data.py.
 * @typedef {object} PageData
 * @property {number} low confidence below which a row is to be looked at
 * @property {Language[]} languages
 * @property {string[]} severities names, the gravest first; findings hold an index into them
 * @property {{columns: string[], rows: string[][]}} files the table articles.csv
 * @property {string[]} articles ids
 * @property {RowData[]} rows
 * @property {FindingData[]} findings
 * @property {Record<string, string>} rules what each rule means
 * @property {[decision: string, reason: string][]} stale decisions without effect
 * @property {Record<string, [article: string, target: string | null]>} moved what decisions are about by now
 * @property {string[]} left_out articles for which the page has no room
 */

/**
 * A row; `article` is an index into `PageData.articles`, `moved` 0 or 1.
 * @typedef {[
 *   article: number, id: string, confidence: number, review: string, moved: number,
 *   cells: (ParagraphData[] | null)[],
 * ]} RowData
 *
 * @typedef {[number: number, print: string, text: string, kind?: string]} ParagraphData
 */

/**
 * A finding; `row` is an index into `PageData.rows`, `dismissed` 0 or 1.
 * @typedef {[
 *   row: number, id: string, rule: string, severity: number, source: string, target: string,
 *   sourceSpan: Span | null, targetSpan: Span | null, message: string, suggestion: string, dismissed: number,
 * ]} FindingData
 *
 * @typedef {[start: number, end: number]} Span in code points of the text of a cell
 */

/**
 * @typedef {object} Paragraph
 * @property {string} language code
 * @property {number} number its place in the file, from 1
 * @property {string} print fingerprint of its text
 * @property {string} text
 * @property {string} kind
 * @property {number} serial its place among all paragraphs of the page
 */

/**
 * Paragraphs of one language in a row: null where the article has no file in that language.
 * @typedef {Paragraph[] | null} Cell
 */

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} uid the serials of its paragraphs; equal exactly if the paragraphs are
 * @property {Article} article
 * @property {Cell[]} cells one for each language of the corpus
 * @property {number | null} confidence 0..1; null for a row made by hand
 * @property {boolean} unsure whether the confidence is low
 * @property {boolean} moved whether it stands elsewhere in one of the languages
 * @property {boolean} base whether the run made it
 * @property {Finding[]} findings
 * @property {number} filled languages in which it has text
 * @property {"aligned" | "partial" | "unmatched"} status
 * @property {number} number its place in the article, from 1
 * @property {Review} review
 * @property {number} version rises with every change to what is shown of it
 * @property {string | null} searchText lower-case, once a search has asked for it
 * @property {{width: number, height: number} | null} guess its likely height in a list of this width, in px
 */

/**
 * What was said of a row.
 * @typedef {object} Review
 * @property {"" | "approved" | "rejected" | "repaired"} state
 * @property {readonly Decision[]} by the decisions that made the state
 * @property {readonly Decision[]} comments
 * @property {readonly Decision[]} proposals
 */

/**
 * @typedef {object} Article
 * @property {string} id
 * @property {number} index
 * @property {string} title
 * @property {boolean[]} languages whether it has a file in each language
 * @property {Record<string, string>[]} files its lines of articles.csv
 * @property {Row[]} base the rows that the run made
 * @property {Row[]} rows those after the decisions
 * @property {Map<string, Paragraph[]> | null} prints paragraphs by language and fingerprint, once needed
 * @property {Map<Paragraph, Row> | null} holders the row of each paragraph, once needed
 * @property {string} replayed ids of the decisions that `rows` come from
 * @property {Map<string, string>} fates why decisions about it have no effect
 */

/**
 * @typedef {object} Finding
 * @property {string} id
 * @property {string} rule
 * @property {number} severity
 * @property {string} source language code
 * @property {string} target language code
 * @property {Span | null} sourceSpan
 * @property {Span | null} targetSpan
 * @property {string} message
 * @property {string} suggestion
 * @property {Row} row
 * @property {boolean} dismissed
 * @property {Decision[]} dismissedBy
 */

/**
 * @typedef {Omit<PageData, "articles" | "files" | "rows" | "findings"> & CorpusRecords} Corpus
 *
 * @typedef {object} CorpusRecords
 * @property {Article[]} articles
 * @property {Map<string, Article>} byArticle
 * @property {Record<string, string>[]} files
 * @property {Map<string, Row>} rowsByUid every row that there has been
 */

/**
 * A line of decisions.csv; every field is a string, empty where it does not apply.
 * @typedef {object} Decision
 * @property {string} id
 * @property {string} time in UTC, as 2025-01-31T12:00:00Z
 * @property {string} reviewer
 * @property {string} kind
 * @property {string} article
 * @property {string} target id of the row, finding or decision that it is about
 * @property {string} paragraphs references, as `it:3:0a1b2c3d4e5f`, with spaces between them
 * @property {string} language
 * @property {string} text
 */

/** @typedef {Pick<Decision, "kind" | "article" | "target"> & Partial<Decision>} DecisionFields */

/**
 * Which rows are shown; an empty set or text lets everything pass.
 * @typedef {object} Filter
 * @property {Article | null} article
 * @property {Set<string>} statuses
 * @property {Set<string>} reviews
 * @property {Set<number>} severities
 * @property {string} rule
 * @property {number} confidence at most this
 * @property {string} search
 */

/**
 * Rows by what a choice of the filter would show.
 * @typedef {Record<"status" | "review" | "severity" | "rule", Record<string, number>>} Counts
 */

/**
 * A stretch of the text of a cell, in UTF-16 units: the place of a finding, or a hit of the search.
 * @typedef {object} Mark
 * @property {number} start
 * @property {number} end
 * @property {Finding | null} finding null for a hit
 */

/**
 * What the list of rows shows: a row or the head of an article.
 * @typedef {{row: Row, article?: undefined} | {row?: undefined, article: Article}} Item
 */
