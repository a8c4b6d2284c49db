// The column beside the rows: articles, and what to show.

const LISTED_ARTICLES = 3000;

function drawSide(counts) {
  byId("articles").replaceChildren(articleChoice(null, "All articles"), ...corpus.articles.slice(0, LISTED_ARTICLES).map((a) => articleChoice(a, a.title)));
  byId("filters").replaceChildren(
    choices("Status", "status", filter.statuses, STATUSES.map((name) => [name, name]), counts.status),
    choices("Review", "review", filter.reviews, REVIEW_STATES.filter((name) => name !== "stale").map((name) => [name, name]), counts.review),
    choices("Severity", "severity", filter.severities, corpus.severities.map((name, k) => [k, name]), counts.severity),
    ruleChoice(counts.rule), confidenceChoice(),
    el("button", { type: "button", class: "small", data: { do: "clear" }, disabled: !isFiltered(), text: "Show everything" }));
}

function articleChoice(article, title) {
  const rows = article ? article.rows : corpus.articles.flatMap((each) => each.rows);
  const problems = rows.filter(isProblem).length;
  return el("li", {}, el("button", {
    type: "button", "aria-current": filter.article === article ? "true" : null,
    data: { do: "pick-article", article: article ? article.index : "" },
  }, el("span", { class: "title", text: title }), problems ? el("span", { class: "badge", text: problems }, el("span", { class: "visually-hidden", text: " to look at" })) : el("span", { class: "badge done", text: "✓" }, el("span", { class: "visually-hidden", text: " nothing to look at" }))));
}

function choices(title, kind, set, names, counts) {
  return el("fieldset", {}, el("legend", { text: title }), names.map(([value, name]) => el("label", { class: `choice ${name}` },
    el("input", { type: "checkbox", checked: set.has(value), data: { filter: kind, value } }),
    el("span", { text: name }), el("span", { class: "value", text: (counts[value] || 0).toLocaleString("en") }))));
}

function ruleChoice(counts) {
  const rules = Object.keys(corpus.rules);
  return el("label", { class: "field" }, el("span", { text: "Rule" }), el("select", { id: "rule" },
    el("option", { value: "", text: "any" }), rules.map((rule) => el("option", { value: rule, selected: filter.rule === rule, text: `${rule} (${counts[rule] || 0})` }))));
}

function confidenceChoice() {
  const value = filter.confidence;
  return el("label", { class: "field" }, el("span", {}, "Confidence at most ", el("output", { id: "confidence-value", text: value.toFixed(2) })),
    el("input", { id: "confidence", type: "range", min: 0, max: 1, step: 0.01, value }));
}
