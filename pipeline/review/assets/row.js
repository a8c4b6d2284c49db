// How a row looks.

const REVIEW_MARKS = { approved: "✓", rejected: "✕", repaired: "⟲" };
const KIND_NAMES = { heading: "heading", title: "title", "list-item": "list item", quote: "quote", boilerplate: "boilerplate", "table-cell": "table cell", caption: "caption" };

const current = { row: null, column: 0, findingId: "" };

function rowElement(row) {
  const review = reviewOf(row);
  const here = current.row === row;
  const low = row.confidence !== null && row.confidence < LOW_CONFIDENCE;
  return el("article", {
    class: "row", tabindex: "-1", id: here ? "current-row" : null, "aria-label": rowLabel(row), "aria-current": here ? "true" : null,
    data: { uid: row.uid, status: row.status, state: review.state, low: low ? "yes" : "no" },
  },
  gutter(row, review),
  el("div", { class: "cells" }, corpus.languages.map((language, k) => cellElement(row, k, here && current.column === k))),
  notes(row, review),
  here ? toolbar(row) : null);
}

function rowLabel(row) {
  const { state } = reviewOf(row);
  const findings = openFindings(row).length;
  const parts = [`Row ${row.number} of ${row.article.rows.length}`, row.status, confidenceWords(row)];
  if (state) parts.push(state);
  if (findings) parts.push(count(findings, "finding"));
  return parts.join(", ");
}

function confidenceWords(row) {
  return row.confidence === null ? "made by hand" : `confidence ${percent(row.confidence)}`;
}

function gutter(row, review) {
  const level = row.confidence === null ? "unknown" : row.confidence >= 0.9 ? "high" : row.confidence >= 0.5 ? "middle" : "low";
  const meter = svg("svg", { class: `meter ${level}`, viewBox: "0 0 6 40", "aria-hidden": "true" },
    svg("rect", { class: "rail", width: 6, height: 40, rx: 3 }),
    row.confidence === null ? null
      : svg("rect", { class: "level", y: 40 - 40 * row.confidence, width: 6, height: 40 * row.confidence, rx: 3 }));
  return el("div", { class: "gutter" },
    el("span", { class: "number", text: row.number }),
    meter,
    row.confidence === null ? null
      : el("span", { class: `confidence ${level}`, title: "confidence", text: row.confidence >= 0.995 ? "99+" : Math.round(100 * row.confidence) }),
    review.state ? el("span", { class: `mark ${review.state}`, title: review.state, text: REVIEW_MARKS[review.state] }) : null);
}

function cellElement(row, k, active) {
  const language = corpus.languages[k];
  const cell = row.cells[k];
  const name = el("span", { class: "language" },
    el("span", { text: language.name }), cell && cell.length ? el("span", { class: "places", text: `¶ ${numbersOf(cell)}` }) : null);
  if (cell === null) return el("div", { class: "cell absent", data: { column: k } }, name, el("p", { class: "none", text: `no ${language.name} file` }));
  if (!cell.length) {
    return el("div", { class: `cell empty${active ? " active" : ""}`, data: { column: k } }, name, el("p", { class: "none", text: `nothing in ${language.name}` }));
  }
  const marks = marksOf(row, language.code, cellText(cell));
  let offset = 0;
  const paragraphs = cell.map((paragraph) => {
    const start = offset;
    offset += paragraph.text.length + 2;
    return el("p", { class: `paragraph ${paragraph.kind}` },
      el("span", { class: "place", "aria-hidden": "true", text: paragraph.number }),
      KIND_NAMES[paragraph.kind] && paragraph.kind === "boilerplate" ? el("span", { class: "kind", text: "boilerplate" }) : null,
      pieces(paragraph.text, start, marks));
  });
  return el("div", { class: `cell${active ? " active" : ""}`, data: { column: k } }, name,
    el("div", { class: "text", lang: language.code, dir: "auto" }, paragraphs));
}

// Where findings and hits of the search lie in a cell, in UTF-16 units of its text.
function marksOf(row, code, text) {
  const marks = [];
  for (const finding of openFindings(row)) {
    for (const [language, span] of [[finding.source, finding.sourceSpan], [finding.target, finding.targetSpan]]) {
      if (language !== code || !span) continue;
      const start = unitOffset(text, span[0]);
      marks.push({ start, end: start + unitOffset(text.slice(start), span[1] - span[0]), finding });
    }
  }
  const words = folded(filter.search.trim());
  if (words) {
    const where = folded(text);
    if (where.length === text.length) {
      for (let at = where.indexOf(words); at >= 0 && marks.length < 200; at = where.indexOf(words, at + words.length)) {
        marks.push({ start: at, end: at + words.length, finding: null });
      }
    }
  }
  return marks.sort((a, b) => a.start - b.start || a.end - b.end);
}

// The text of a paragraph that begins at `start` of its cell, cut at the ends of the marks.
function pieces(text, start, marks) {
  const end = start + text.length;
  const inside = marks.filter((mark) => mark.start < end && mark.end > start && mark.end > mark.start);
  if (!inside.length) return [text];
  const cuts = new Set([start, end]);
  for (const mark of inside) {
    cuts.add(Math.max(start, mark.start));
    cuts.add(Math.min(end, mark.end));
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, k) => {
    const part = text.slice(from - start, places[k + 1] - start);
    const over = inside.filter((mark) => mark.start <= from && mark.end >= places[k + 1]);
    if (!over.length) return part;
    const finding = over.map((mark) => mark.finding).filter(Boolean).sort((a, b) => a.severity - b.severity)[0];
    if (!finding) return el("mark", { class: "hit", text: part });
    return el("mark", {
      class: corpus.severities[finding.severity], title: finding.message, data: { finding: finding.id }, text: part,
    });
  });
}

function notes(row, review) {
  const lines = [
    ...row.findings.map((finding) => findingLine(finding)),
    ...review.proposals.map((decision) => proposalLine(row, decision)),
    ...review.comments.map(commentLine),
  ];
  if (!row.base) lines.push(el("li", { class: "note quiet" }, el("span", { class: "body", text: "Put together by hand; the next run checks it again." })));
  if (row.moved) lines.push(el("li", { class: "note quiet" }, el("span", { class: "body", text: "Stands elsewhere in one of the languages." })));
  return lines.length ? el("ul", { class: "notes", "aria-label": "Findings and remarks" }, lines) : null;
}

function findingLine(finding) {
  const pair = [finding.source, finding.target].filter(Boolean).join("–");
  return el("li", { class: `note finding ${corpus.severities[finding.severity]}${finding.dismissed ? " dismissed" : ""}`, data: { finding: finding.id } },
    el("span", { class: "severity", text: finding.dismissed ? "dismissed" : corpus.severities[finding.severity] }),
    el("span", { class: "body" },
      el("span", { class: "message", text: finding.message }),
      finding.suggestion ? el("span", { class: "suggestion" }, el("span", { "aria-hidden": "true", text: "→ " }), el("span", { class: "visually-hidden", text: "suggestion: " }), finding.suggestion) : null,
      el("span", { class: "rule", title: corpus.rules[finding.rule], text: `${finding.rule}${pair ? ` · ${pair}` : ""}` })),
    el("button", {
      type: "button", class: "small", data: { do: finding.dismissed ? "undismiss" : "dismiss", finding: finding.id },
      "aria-label": `${finding.dismissed ? "Open again" : "Dismiss as false alarm"}: ${finding.rule}`,
      text: finding.dismissed ? "Open again" : "Dismiss",
    }));
}

// The proposed text; if it keeps much of the row's, what goes and what comes is marked.
function proposalLine(row, decision) {
  const k = corpus.languages.findIndex((each) => each.code === decision.language);
  const before = k < 0 ? "" : cellText(row.cells[k]);
  const after = decision.text;
  const [start, end] = commonEnds(before, after);
  const gone = before.slice(start, before.length - end);
  const come = after.slice(start, after.length - end);
  const parts = 3 * (start + end) > after.length ? [
    after.slice(0, start), gone ? el("del", { class: "removed", text: gone }) : null,
    come ? el("mark", { class: "changed", text: come }) : null, after.slice(after.length - end),
  ] : [after];
  return remarkLine(decision, `Better ${k < 0 ? decision.language : corpus.languages[k].name}`,
    el("span", { class: "proposed", lang: decision.language, dir: "auto" }, parts));
}

function commentLine(decision) {
  return remarkLine(decision, "Comment", el("span", { class: "message", dir: "auto", text: decision.text }));
}

function remarkLine(decision, title, body) {
  const by = [decision.reviewer, decision.time.slice(0, 10)].filter(Boolean).join(", ");
  return el("li", { class: "note remark" }, el("span", { class: "severity", text: title }),
    el("span", { class: "body" }, body, el("span", { class: "rule", text: by })),
    el("button", { type: "button", class: "small", data: { do: "takeback", decision: decision.id }, "aria-label": `Take back: ${title}`, text: "Take back" }));
}

const TOOLS = [
  ["approve", "Approve", "a"], ["reject", "Reject", "x"], ["comment", "Comment", "c"], ["propose", "Better text", "e"],
  ["merge", "Merge with next", "m"], ["split", "Split", "s"], ["moveup", "First ¶ up", "["], ["movedown", "Last ¶ down", "]"],
];

function toolbar(row) {
  const { state } = reviewOf(row);
  return el("div", { class: "tools", role: "toolbar", "aria-label": `Decide about row ${row.number}` }, TOOLS.map(([name, label, key]) => (
    el("button", {
      type: "button", data: { do: name }, "aria-keyshortcuts": key, disabled: !canDo(name, row),
      "aria-pressed": name === "approve" ? String(state === "approved") : name === "reject" ? String(state === "rejected") : null,
    }, el("span", { text: label }), el("kbd", { "aria-hidden": "true", text: key }))
  )));
}
