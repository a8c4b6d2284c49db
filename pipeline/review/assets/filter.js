// Which rows are shown.

const filter = {
  article: null, statuses: new Set(), reviews: new Set(), severities: new Set(), rule: "", confidence: 1, search: "",
};

const REVIEW_STATES = ["undecided", "approved", "rejected", "repaired", "commented", "stale"];

function openFindings(row) {
  return row.findings.filter((finding) => !finding.dismissed);
}

function reviewStates(row) {
  const { state, comments, proposals } = reviewOf(row);
  return [state || "undecided", ...(comments.length || proposals.length ? ["commented"] : [])];
}

// What a reviewer should look at: something was found, or the row may be wrong.
function isProblem(row) {
  if (reviewOf(row).state) return false;
  const unsure = row.confidence !== null && row.confidence < LOW_CONFIDENCE;
  return unsure || openFindings(row).some((finding) => finding.severity < 3);
}

function searchText(row) {
  if (row.searchText === undefined) {
    const parts = [row.id, ...row.cells.map(cellText), ...row.findings.flatMap((f) => [f.id, f.message, f.suggestion])];
    row.searchText = folded(parts.join("\n"));
  }
  const { comments, proposals } = reviewOf(row);
  const said = [...comments, ...proposals].map((each) => each.text).join("\n");
  return said ? `${row.searchText}\n${folded(said)}` : row.searchText;
}

// Each test by name, so that the counts beside a choice can leave out the test that the choice belongs to.
function filterTests() {
  const words = folded(filter.search.trim());
  const tests = {};
  if (filter.statuses.size) tests.status = (row) => filter.statuses.has(row.status);
  if (filter.reviews.size) tests.review = (row) => reviewStates(row).some((state) => filter.reviews.has(state));
  if (filter.severities.size) {
    tests.severity = (row) => openFindings(row).some((finding) => filter.severities.has(finding.severity));
  }
  if (filter.rule) tests.rule = (row) => row.findings.some((finding) => finding.rule === filter.rule);
  if (filter.confidence < 1) tests.confidence = (row) => row.confidence !== null && row.confidence <= filter.confidence;
  if (words) tests.search = (row) => searchText(row).includes(words);
  return tests;
}

function rowsOfScope() {
  return (filter.article ? [filter.article] : corpus.articles).flatMap((article) => article.rows);
}

// The rows that pass all tests, and how many would with each choice.
function filtered() {
  const tests = Object.entries(filterTests());
  const shown = [];
  const counts = { status: {}, review: {}, severity: {}, rule: {} };
  const add = (kind, name) => { counts[kind][name] = (counts[kind][name] || 0) + 1; };
  for (const row of rowsOfScope()) {
    const failed = tests.filter(([, test]) => !test(row)).map(([name]) => name);
    if (!failed.length) shown.push(row);
    if (failed.length > 1) continue;
    const passes = (name) => !failed.length || failed[0] === name;
    if (passes("status")) add("status", row.status);
    if (passes("review")) reviewStates(row).forEach((state) => add("review", state));
    if (passes("severity")) new Set(openFindings(row).map((f) => f.severity)).forEach((s) => add("severity", s));
    if (passes("rule")) new Set(row.findings.map((f) => f.rule)).forEach((rule) => add("rule", rule));
  }
  return { shown, counts };
}

function isFiltered() {
  return Object.keys(filterTests()).length > 0;
}

function clearFilter() {
  for (const set of [filter.statuses, filter.reviews, filter.severities]) set.clear();
  Object.assign(filter, { rule: "", confidence: 1, search: "" });
}
