// The corpus as the run wrote it. Rows change when a reviewer repairs them (replay.js); the base rows stay.

const corpus = (() => {
  const data = JSON.parse(byId("corpus-data").textContent);
  const languages = data.languages;
  const articles = data.articles.map((id, index) => ({ id, index, base: [], rows: [], prints: null, holders: null, replayed: "", fates: new Map() }));
  let serial = 0;
  const base = data.rows.map(([article, id, confidence, review, moved, cells]) => {
    const row = {
      id, confidence, moved: Boolean(moved), article: articles[article], base: true, reviewed: review,
      findings: [], version: 0, number: 0, uid: "",
      cells: cells.map((cell, k) => cell && cell.map(([number, print, text, kind]) => (
        { language: languages[k].code, number, print, text, kind: kind || "paragraph", serial: serial++ }
      ))),
    };
    row.article.base.push(row);
    return row;
  });
  for (const article of articles) {
    article.languages = languages.map((_, k) => article.base.some((row) => row.cells[k] !== null));
    article.base.forEach((row) => finishRow(row));
    article.rows = article.base;
    numberRows(article);
  }
  for (const [row, id, rule, severity, source, target, sourceSpan, targetSpan, message, suggestion, dismissed]
    of data.findings) {
    base[row].findings.push({
      id, rule, severity, source, target, sourceSpan, targetSpan, message, suggestion,
      row: base[row], dismissed: Boolean(dismissed), dismissedBy: [],
    });
  }
  const files = data.files.rows.map((values) => (
    Object.fromEntries(data.files.columns.map((name, k) => [name, values[k]]))
  ));
  for (const article of articles) {
    article.files = files.filter((file) => file.article === article.id);
    article.title = titleOf(article);
  }
  return { ...data, articles, files, byArticle: new Map(articles.map((a) => [a.id, a])) };
})();

const LOW_CONFIDENCE = corpus.low; // below it, a row is to be looked at

function referenceOf(paragraph) {
  return `${paragraph.language}:${paragraph.number}:${paragraph.print}`;
}

// Fills in what follows from the cells of a row.
function finishRow(row) {
  const filled = row.cells.filter((cell) => cell && cell.length).length;
  const possible = row.article.languages.filter(Boolean).length;
  row.filled = filled;
  row.status = filled === 1 ? "unmatched" : filled === possible ? "aligned" : "partial";
  row.uid = row.cells.flatMap((cell) => cell || []).map((paragraph) => paragraph.serial).join("+");
  return row;
}

function numberRows(article) {
  article.rows.forEach((row, k) => { row.number = k + 1; });
}

function cellText(cell) {
  return (cell || []).map((paragraph) => paragraph.text).join("\n\n");
}

function numbersOf(cell) {
  const ranges = [];
  for (const { number } of cell || []) {
    const last = ranges[ranges.length - 1];
    if (last && number <= last[1] + 1) last[1] = Math.max(number, last[1]);
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}

function titleOf(article) {
  const named = article.files.find((file) => file.title);
  if (named) return named.title;
  for (const row of article.base) {
    const cell = row.cells.find((each) => each && each.length);
    if (cell) return cell[0].text.length > 90 ? `${cell[0].text.slice(0, 88)}…` : cell[0].text;
  }
  return article.id;
}
