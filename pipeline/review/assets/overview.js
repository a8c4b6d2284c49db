// The overview: what the corpus is like, and where to begin.

const SHOWN_ARTICLES = 150;

function drawOverview() {
  const rows = corpus.articles.flatMap((article) => article.rows);
  byId("overview").replaceChildren(
    figures(rows), el("div", { class: "pair" }, confidencePicture(rows), rulesPicture(rows)), articlesPicture(), filesTable(), ...[staleList()].filter(Boolean));
}

function figures(rows) {
  const decided = rows.filter((row) => reviewOf(row).state).length;
  const open = rows.flatMap(openFindings).length;
  const problems = rows.filter(isProblem).length;
  const tile = (number, label) => el("div", { class: "tile" }, el("dd", { text: number.toLocaleString("en") }), el("dt", { text: label }));
  return el("section", { class: "figures", "aria-label": "Totals" },
    el("dl", {}, tile(corpus.articles.length, corpus.articles.length === 1 ? "article" : "articles"), tile(rows.length, "rows"), tile(open, "open findings"), tile(problems, "rows to look at"), tile(decided, "rows decided")),
    el("button", { type: "button", class: "primary", data: { do: "begin" }, text: problems ? "Go to the first problem" : "Read the rows" }));
}

function confidencePicture(rows) {
  const known = rows.filter((row) => row.filled > 1 && row.confidence !== null);
  const low = known.filter((row) => row.confidence < LOW_CONFIDENCE).length;
  const bins = histogram(known.map((row) => row.confidence), 20);
  return el("section", {}, el("h2", { text: "Confidence" }),
    el("p", { class: "lead", text: known.length ? `${count(low, "row")} of ${known.length.toLocaleString("en")} in several languages ${low === 1 ? "has" : "have"} less than ${LOW_CONFIDENCE}.` : "No row has several languages." }),
    columns(bins, `Rows by confidence: ${bins.map((n, k) => (n ? `${n} from ${(k / 20).toFixed(2)}` : "")).filter(Boolean).join(", ")}`,
      (confidence) => showRows(() => { filter.confidence = confidence; })),
    statusPicture(rows));
}

function statusPicture(rows) {
  const counts = STATUSES.map((status) => [status, rows.filter((row) => row.status === status).length]);
  return el("div", { class: "statuses" }, el("h2", { text: "Rows by status" }), stackedBar(counts, counts.map(([name, n]) => `${n} ${name}`).join(", ")),
    el("p", { class: "legend" }, counts.map(([name, n]) => el("span", {}, svg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, svg("rect", { class: name, width: 10, height: 10, rx: 2 })), `${n.toLocaleString("en")} ${name}`))));
}

function rulesPicture(rows) {
  const rules = new Map();
  for (const finding of rows.flatMap((row) => row.findings)) {
    const each = rules.get(finding.rule) || { open: 0, dismissed: 0, severity: finding.severity };
    each[finding.dismissed ? "dismissed" : "open"] += 1;
    rules.set(finding.rule, each);
  }
  const sorted = [...rules].sort(([a, x], [b, y]) => x.severity - y.severity || y.open - x.open || (a < b ? -1 : 1));
  const most = Math.max(1, ...sorted.map(([, each]) => each.open + each.dismissed));
  return el("section", {}, el("h2", { text: "Findings by rule" }),
    sorted.length ? el("ul", { class: "rules" }, sorted.map(([rule, each]) => el("li", {},
      el("button", { type: "button", class: "link", title: corpus.rules[rule], data: { do: "pick-rule", rule } , text: rule }),
      stackedBar([[corpus.severities[each.severity], each.open], ["dismissed", each.dismissed], ["room", most - each.open - each.dismissed]], `${each.open} open, ${each.dismissed} dismissed`),
      el("span", { class: "value", text: each.dismissed ? `${each.open} + ${each.dismissed}` : each.open })))) : el("p", { class: "lead", text: "Nothing was found." }));
}

function articlesPicture() {
  const needs = (article) => article.rows.filter(isProblem).length;
  const sorted = corpus.articles.map((article) => [article, needs(article)]).sort((a, b) => b[1] - a[1] || a[0].index - b[0].index);
  const more = sorted.length - SHOWN_ARTICLES;
  return el("section", {}, el("h2", { text: "Articles" }),
    el("p", { class: "lead" }, "A band for every language, a thread for every row. Threads that lean, or are missing, show where the languages run apart. ", legend()),
    el("ol", { class: "articles" }, sorted.slice(0, SHOWN_ARTICLES).map(([article, problems]) => articleFigure(article, problems))),
    corpus.left_out.length ? el("p", { class: "lead", text: `${count(corpus.left_out.length, "more article")} with less to look at would be too much for one page. They are in corpus.csv.` }) : null,
    more > 0 ? el("p", { class: "lead", text: `${count(more, "more article")} with fewer problems: see the list beside.` }) : null);
}

function legend() {
  const names = [["aligned", "all languages"], ["partial", "some"], ["unsure", "unsure"], ["lone", "one language"]];
  return el("span", { class: "legend" }, names.map(([name, text]) => el("span", {}, svg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, svg("rect", { class: name, width: 10, height: 10, rx: 2 })), text)));
}

function articleFigure(article, problems) {
  const counts = STATUSES.map((status) => [status, article.rows.filter((row) => row.status === status).length]);
  const words = counts.filter(([, number]) => number).map(([status, number]) => `${number} ${status}`).join(", ");
  const names = corpus.languages.filter((_, k) => article.languages[k]).map((language) => language.code);
  return el("li", { class: "article-figure" },
    el("h3", {}, el("button", { type: "button", class: "link", data: { do: "pick-article", article: article.index }, text: article.title })),
    el("p", { class: "meta", text: [...article.files.map((file) => file.file), article.files.map((file) => file.author).find(Boolean), article.files.map((file) => file.date).find(Boolean)].filter(Boolean).join(" · ") }),
    el("div", { class: "strip-box" }, el("div", { class: "rails", "aria-hidden": "true" }, names.map((code) => el("span", { text: code }))), strip(article)),
    el("div", { class: "status-line" }, stackedBar(counts, words), el("span", { text: words }), el("span", { class: problems ? "todo" : "done", text: problems ? `${problems} to look at` : "nothing to look at" })));
}

// Every raw file, with whatever columns the run knows of it.
function filesTable() {
  const columns = Object.keys(corpus.files[0] || {});
  const shown = columns.filter((name) => corpus.files.some((file) => file[name]));
  return el("details", { class: "files" }, el("summary", { text: `${count(corpus.files.length, "raw file")} and what became of them` }),
    el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Raw files" }, el("table", {},
      el("thead", {}, el("tr", {}, shown.map((name) => el("th", { scope: "col", text: name.replaceAll("_", " ") })))),
      el("tbody", {}, corpus.files.slice(0, 2000).map((file) => el("tr", {}, shown.map((name) => el("td", { dir: "auto", text: file[name] }))))))));
}

function staleList() {
  const stale = log.entries.filter((decision) => fates.has(decision.id));
  if (!stale.length) return null;
  return el("section", {}, el("h2", { text: "Stale decisions" }), el("p", { class: "lead", text: "They are kept, but have no effect: what they were about is not there any more." }),
    el("ul", { class: "stale" }, stale.slice(0, 500).map((decision) => el("li", {}, el("strong", { text: decision.kind }), ` ${decision.time.slice(0, 10)} ${decision.reviewer} `, el("span", { text: fates.get(decision.id) }), decision.text ? el("q", { text: decision.text.slice(0, 200) }) : null))));
}
