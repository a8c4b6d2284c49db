// @ts-check
// Shared record types. Nothing imports this file at run time.

/**
 * A text with placeholders, or one for each form that a number takes.
 * @typedef {string | Record<string, string>} Message
 * @typedef {keyof typeof import("../messages/en.json")} MessageKey
 * @typedef {Record<string, string | number>} Values for the placeholders; `n` chooses the form
 */

/** @typedef {"approve" | "reject" | "repair" | "comment" | "propose" | "dismiss" | "split" | "join" | "part"} Kind of a decision */

/**
 * A language of the corpus; its index in `PageData.languages` is its column.
 * @typedef {object} Language
 * @property {string} code
 * @property {string} name in English
 */

/**
 * The data of the page, see `page_data` in pipeline/review/data.py.
 * @typedef {object} PageData
 * @property {number} low rows with a lower confidence need a look
 * @property {Language[]} languages
 * @property {("critical" | "major" | "minor" | "neutral")[]} severities the most severe first; findings have an index into them
 * @property {{columns: string[], rows: string[][]}} files the table articles.csv
 * @property {string[]} articles ids
 * @property {RowData[]} rows
 * @property {FindingData[]} findings
 * @property {Record<string, string>} rules meaning of each rule
 * @property {Record<string, string>} [suspicions] what each means and what to do; pages of old runs lack it
 * @property {[decision: string, reason: string][]} stale decisions without effect
 * @property {Record<string, [article: string, target: string | null]>} moved current article and target
 * @property {string[]} [fulfilled] better texts that are in the article now; pages of old runs lack it
 * @property {Record<string, string[]>} [later] languages that came after a decision on a row; pages of old runs
 *   lack it
 * @property {string[]} left_out articles omitted from the page
 * @property {{rows: string[], findings: string[]}} [news] ids that are new since the last run
 * @property {LooseData[]} [loose] files in no article; pages of old runs lack it
 */

/**
 * A row; `article` is an index into `PageData.articles`, `moved` 0 or 1.
 * @typedef {[
 *   article: number, id: string, confidence: number, review: string, moved: number,
 *   cells: (ParagraphData[] | null)[], rival?: [column: number, paragraph: number, probability: number],
 * ]} RowData
 *
 * @typedef {[number: number, print: string, text: string, kind?: string]} ParagraphData
 *
 * A row that the server has aligned anew.
 * @typedef {[
 *   confidence: number, review: string, moved: number,
 *   cells: (ParagraphData[] | null)[], rival?: [column: number, paragraph: number, probability: number],
 * ]} Answered
 */

/**
 * A file in no article: its name, the nearest files with their probabilities, and its paragraphs, null if
 * there are too many.
 * @typedef {[file: string, rivals: [file: string, probability: number][], text: [number, string, string][] | null]} LooseData
 *
 * @typedef {object} Loose
 * @property {Record<string, string>} file its line of articles.csv
 * @property {string} title
 * @property {number} index
 * @property {[file: string, probability: number][]} rivals
 * @property {[number: number, kind: string, text: string][] | null} text
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
 * @property {number} number position in the file, from 1
 * @property {string} print fingerprint of its text
 * @property {string} text
 * @property {string} kind
 * @property {number} serial index among all paragraphs of the page; negative for a part of one
 * @property {{root: number, offset: number}} [place] of a part: serial of the whole paragraph, and where in its text
 */

/**
 * Paragraphs of one language in a row: null where the article has no file in that language.
 * @typedef {Paragraph[] | null} Cell
 */

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} uid serials of its paragraphs; equal if and only if the paragraphs are
 * @property {Article} article
 * @property {Cell[]} cells one for each language of the corpus
 * @property {number | null} confidence 0..1; null for a row made by hand
 * @property {boolean} unsure whether the confidence is low
 * @property {boolean} moved whether it is out of order in one of the languages
 * @property {boolean} base whether the run made it
 * @property {boolean} anew whether it was aligned anew after a repair, and the run does not know it
 * @property {boolean} isNew whether the run before it had no such row
 * @property {boolean} settled whether a decision that the run knew made it, so its confidence is a convention
 * @property {[column: number, paragraph: number, probability: number] | null} rival the paragraph of another row
 *   that may belong here
 * @property {Finding[]} findings
 * @property {number} filled number of languages with text
 * @property {"aligned" | "partial" | "unmatched"} status
 * @property {number} number position in the article, from 1
 * @property {Review} review
 * @property {number} version increases with every visible change
 * @property {string | null} searchText text in lower case, computed on the first search
 * @property {{width: number, height: number} | null} guess estimated height at this list width, in px
 */

/**
 * The review of a row.
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
 * @property {Row[]} mended those of them that are as a reviewer had put them together
 * @property {boolean} split whether one of its paragraphs has ever been split on this page
 * @property {Map<string, Paragraph[]> | null} prints paragraphs by language and fingerprint, made on demand
 * @property {Map<Paragraph, Row> | null} holders row of each paragraph, made on demand
 * @property {string | null} replayed ids of the decisions that `rows` come from; null: they are to be made again
 * @property {number} version increases whenever one of its rows or findings changes
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
 * @property {boolean} isNew whether the run before had no such finding
 * @property {boolean} dismissed
 * @property {Decision[]} dismissedBy
 */

/**
 * @typedef {Omit<PageData, "articles" | "files" | "rows" | "findings" | "loose"> & CorpusRecords} Corpus
 *
 * @typedef {object} CorpusRecords
 * @property {Article[]} articles
 * @property {Map<string, Article>} byArticle
 * @property {Record<string, string>[]} files
 * @property {Loose[]} loose files in no article
 * @property {Map<string, Row>} rowsByUid every row ever made
 * @property {Map<string, Finding>} findingsById
 * @property {Article[]} mended articles with rows that the run had from repairs
 * @property {Set<Article>} decided articles whose rows decisions have made or judged
 * @property {Set<Finding>} dismissed findings that decisions dismiss
 * @property {WeakMap<Decision, Article | null>} homes the article of a decision, looked up once
 */

/**
 * A line of decisions.csv; fields that do not apply are empty.
 * @typedef {object} Decision
 * @property {string} id
 * @property {string} time in UTC, as 2025-01-31T12:00:00Z
 * @property {string} reviewer
 * @property {string} kind
 * @property {string} article
 * @property {string} target id of the row, finding or decision concerned
 * @property {string} paragraphs references such as `it:3:0a1b2c3d4e5f`, and the languages of the article,
 *   separated by spaces
 * @property {string} language
 * @property {string} text
 */

/**
 * Where the server has a decision: its number in the log, from 1, and the number it was based on.
 * @typedef {{sequence: number, base: number}} Place
 * @typedef {Decision & Place} StoredDecision
 */

/** @typedef {Pick<Decision, "kind" | "article" | "target"> & Partial<Decision>} DecisionFields */

/**
 * Conditions on the shown rows; an empty set or text matches everything.
 * @typedef {object} Filter
 * @property {Article | null} article
 * @property {Set<string>} statuses
 * @property {Set<string>} reviews
 * @property {Set<number>} severities
 * @property {string} rule
 * @property {number} confidence maximum
 * @property {string} search
 * @property {"" | "words" | "expression"} way of searching
 * @property {Found | null} found where an expression is
 * @property {Set<string>} news "segments" or "findings" that are new since the last run
 * @property {string} person who decided something about them, or ""
 * @property {string} order "" as in the text, "articles" or "rows" by expected harm
 */

/**
 * @typedef {[start: number, end: number][]} Spans in UTF-16 units
 *
 * Where an expression is, by text; texts that are not there were not searched. `version` grows with each.
 * @typedef {{source: string, spans: Map<string, Spans>, version: number}} Found
 */

/**
 * Number of rows for each choice of the filter.
 * @typedef {Record<"status" | "review" | "severity" | "rule" | "news", Record<string, number>>} Counts
 */

/**
 * A range of the text of a cell, in UTF-16 units: the place of a finding or a search hit.
 * @typedef {object} Mark
 * @property {number} start
 * @property {number} end
 * @property {Finding | null} finding null for a hit
 */

/**
 * An item of the list: a row or the header of an article.
 * @typedef {{row: Row, article?: undefined} | {row?: undefined, article: Article}} Item
 */
