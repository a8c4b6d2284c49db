// What the log comes to: which rows there are, and what was said of each. The same rules as those of the
// next run (pipeline/decisions/resolve.py): of two decisions that contradict each other the later holds,
// and one whose text is gone has no effect.

const reviews = new Map(); // row -> {state, by: decisions, comments, proposals}
const fates = new Map(); // decision id -> why it has no effect

function unreviewed() {
  return { state: "", by: [], comments: [], proposals: [] };
}

function reviewOf(row) {
  return reviews.get(row) || unreviewed();
}

function replayAll() {
  fates.clear();
  const cancelled = withdrawnIds();
  for (const [id, reason] of corpus.stale) if (!cancelled.has(id)) fates.set(id, reason);
  const about = new Map();
  const dismissals = new Map();
  for (const decision of log.entries) {
    if (decision.kind === "withdraw" || cancelled.has(decision.id)) continue;
    if (decision.kind === "dismiss") {
      const { target } = placeOf(decision);
      dismissals.set(target, [...(dismissals.get(target) || []), decision]);
      continue;
    }
    if (corpus.left_out.includes(placeOf(decision).article)) continue;
    const article = articleOf(decision);
    if (!article) fates.set(decision.id, fates.get(decision.id) || whyNot(decision));
    else if (about.has(article)) about.get(article).push(decision);
    else about.set(article, [decision]);
  }
  for (const finding of allFindings()) {
    finding.dismissedBy = dismissals.get(finding.id) || [];
    if (finding.dismissed === finding.dismissedBy.length > 0) continue;
    finding.dismissed = !finding.dismissed;
    finding.row.version += 1;
  }
  for (const article of corpus.articles) {
    const decisions = about.get(article) || [];
    const ids = decisions.map((decision) => decision.id).join(" ");
    if (ids !== article.replayed) replayArticle(article, decisions);
    article.replayed = ids;
    for (const [id, reason] of article.fates) if (!fates.has(id)) fates.set(id, reason);
  }
}

function* allFindings() {
  for (const article of corpus.articles) for (const row of article.base) yield* row.findings;
}

function references(decision) {
  return decision.paragraphs.split(" ").filter(Boolean).map((part) => {
    const [language, number, print] = part.split(":");
    return { language, number: Number(number), print };
  });
}

// The paragraphs of an article by language and fingerprint.
function printsOf(article) {
  if (!article.prints) {
    article.prints = new Map();
    for (const row of article.base) {
      for (const paragraph of row.cells.flatMap((cell) => cell || [])) {
        const key = `${paragraph.language}:${paragraph.print}`;
        if (article.prints.has(key)) article.prints.get(key).push(paragraph);
        else article.prints.set(key, [paragraph]);
      }
    }
  }
  return article.prints;
}

function holds(article, wanted) {
  const needed = new Map();
  for (const { language, print } of wanted) {
    const key = `${language}:${print}`;
    needed.set(key, (needed.get(key) || 0) + 1);
  }
  const prints = printsOf(article);
  return [...needed].every(([key, times]) => (prints.get(key) || []).length >= times);
}

function articleOf(decision) {
  const wanted = references(decision);
  const article = corpus.byArticle.get(placeOf(decision).article);
  return wanted.length && article && holds(article, wanted) ? article : null;
}

// Article and finding that a decision is about: those it names, unless the run has found it elsewhere.
function placeOf(decision) {
  const [article, target] = corpus.moved[decision.id] || [decision.article, decision.target];
  return { article, target };
}

// For decisions that the run did not know; of the others it has told why.
function whyNot(decision) {
  const article = corpus.byArticle.get(placeOf(decision).article);
  if (!article) return "its article is not in this run";
  const gone = references(decision).filter(({ language, print }) => !printsOf(article).has(`${language}:${print}`));
  return `its article has no such text now: ${gone.map(({ language, number }) => `${language} ${number}`).join(", ")}`;
}

// How far the text of each language has moved since: told by paragraphs that have their text to themselves.
function shiftsOf(article, decisions) {
  const shifts = new Map();
  for (const reference of decisions.flatMap(references)) {
    const there = printsOf(article).get(`${reference.language}:${reference.print}`) || [];
    if (there.length !== 1) continue;
    if (!shifts.has(reference.language)) shifts.set(reference.language, []);
    shifts.get(reference.language).push([reference.number, there[0].number - reference.number]);
  }
  return shifts;
}

function located(article, decision, shifts) {
  const taken = new Set();
  for (const { language, number, print } of references(decision)) {
    const free = printsOf(article).get(`${language}:${print}`).filter((p) => !taken.has(p));
    if (free.length === 1) {
      taken.add(free[0]);
      continue;
    }
    const near = (shifts.get(language) || []).reduce((best, each) => (
      Math.abs(each[0] - number) < Math.abs(best[0] - number) ? each : best
    ), [Infinity, 0]);
    const distance = (p) => Math.abs(p.number - number - near[1]);
    taken.add(free.reduce((best, each) => (distance(each) < distance(best) ? each : best)));
  }
  return taken;
}

function replayArticle(article, decisions) {
  for (const row of article.rows) reviews.delete(row);
  article.rows = decisions.length ? [...article.base] : article.base;
  article.holders = null;
  article.fates = new Map();
  const shifts = shiftsOf(article, decisions);
  const found = new Map(decisions.map((each) => [each, located(article, each, shifts)]));
  for (const decision of decisions) {
    if (decision.kind === "reject") rejectRow(article, decision, found.get(decision));
    else if (STATES[decision.kind]) judge(makeRow(article, found.get(decision)), decision);
  }
  for (const decision of decisions) {
    if (decision.kind !== "comment" && decision.kind !== "propose") continue;
    const [first] = found.get(decision);
    const row = holders(article).get(first);
    const said = reviewOf(row);
    (decision.kind === "comment" ? said.comments : said.proposals).push(decision);
    reviews.set(row, said);
  }
  numberRows(article);
  for (const row of article.rows) row.version += 1;
}

const STATES = { approve: "approved", reject: "rejected", repair: "repaired" };

function judge(row, decision) {
  const state = STATES[decision.kind];
  const before = reviewOf(row);
  if (before.state === "approved" && state === "repaired") return; // whoever makes the same row agrees
  reviews.set(row, { ...unreviewed(), state, by: before.state === state ? [...before.by, decision] : [decision] });
}

function rejectRow(article, decision, paragraphs) {
  const row = rowOf(article, paragraphs);
  if (row) judge(row, decision);
  else article.fates.set(decision.id, "its paragraphs are no longer one row");
}

function paragraphsOf(row) {
  return row.cells.flatMap((cell) => cell || []);
}

// The row of each paragraph of an article.
function holders(article) {
  if (!article.holders) {
    article.holders = new Map();
    for (const row of article.rows) for (const paragraph of paragraphsOf(row)) article.holders.set(paragraph, row);
  }
  return article.holders;
}

// The row that has just these paragraphs, if there is one.
function rowOf(article, paragraphs) {
  const [first] = paragraphs;
  const row = holders(article).get(first);
  const own = row ? paragraphsOf(row) : [];
  return row && own.length === paragraphs.size && own.every((p) => paragraphs.has(p)) ? row : undefined;
}

// Makes these paragraphs a row: where the first of them stands; what is left of other rows stays.
function makeRow(article, paragraphs) {
  const same = rowOf(article, paragraphs);
  if (same) return same;
  const rows = [];
  let place = -1;
  for (const row of article.rows) {
    const own = paragraphsOf(row);
    const left = own.filter((p) => !paragraphs.has(p));
    if (left.length === own.length) {
      rows.push(row);
      continue;
    }
    reviews.delete(row); // what was said of a row that is taken apart is gone, also if it comes about again
    if (place < 0) place = rows.length;
    if (left.length) {
      if (place === rows.length && standsBehind(own, left, paragraphs)) place += 1;
      rows.push(derivedRow(article, left, row));
    }
  }
  const made = derivedRow(article, [...paragraphs], null);
  rows.splice(place, 0, made);
  article.rows = rows;
  article.holders = null;
  return made;
}

// Whether the paragraphs that are taken out of a row stand behind those that are left in it.
function standsBehind(own, left, taken) {
  for (const { code } of corpus.languages) {
    const kept = left.filter((p) => p.language === code).map((p) => p.number);
    const gone = own.filter((p) => taken.has(p) && p.language === code).map((p) => p.number);
    if (kept.length && gone.length) return Math.min(...gone) > Math.max(...kept);
  }
  return false;
}

const rowsByUid = new Map(corpus.articles.flatMap((article) => article.base).map((row) => [row.uid, row]));

// The row of these paragraphs; one that comes about again is the same object.
function derivedRow(article, paragraphs, from) {
  const cells = corpus.languages.map(({ code }, k) => (
    article.languages[k]
      ? paragraphs.filter((p) => p.language === code).sort((a, b) => a.number - b.number || a.serial - b.serial)
      : null
  ));
  const row = finishRow({
    id: contentId(cells.flatMap((cell) => cell || [])), confidence: from ? from.confidence : null,
    moved: false, article, base: false, findings: [], version: 0, number: 0, cells,
  });
  if (!rowsByUid.has(row.uid)) rowsByUid.set(row.uid, row);
  return rowsByUid.get(row.uid);
}
