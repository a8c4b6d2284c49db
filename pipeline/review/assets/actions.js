// What a reviewer does: every action becomes decisions, is kept at once and can be undone.

const KEYS = {
  j: "next", ArrowDown: "next", k: "previous", ArrowUp: "previous", n: "nextproblem", p: "previousproblem",
  h: "left", ArrowLeft: "left", l: "right", ArrowRight: "right", Home: "first", End: "last", o: "view", "/": "search",
  a: "approve", x: "reject", c: "comment", e: "propose", d: "dismissnext", u: "undo", U: "redo", m: "merge", s: "split",
  "[": "moveup", "]": "movedown", f: "filters", t: "theme", "?": "help", Escape: "escape",
};

function announce(text) {
  byId("status").textContent = text;
}

async function decide(list, words) {
  const action = newAction();
  const decisions = list.map((fields, turn) => makeDecision(action, turn, fields));
  const focus = document.activeElement && document.activeElement.closest ? document.activeElement.closest("[data-do]") : null;
  for (const decision of decisions) enter(decision, { own: true, unsaved: true });
  if (list[0].kind !== "withdraw") log.redo = [];
  afterChange(words, focus ? focus.dataset.do : "");
  await store(decisions);
}

// In this browser first, then with the server; what cannot be stored is tried again later.
async function store(decisions) {
  const kept = await storage.keep(decisions, false);
  if (!kept && !SERVED) storage.failed = "This browser does not keep decisions: save them as a file before you close the page.";
  if (storage.channel) storage.channel.postMessage("kept");
  if (SERVED) await send(decisions);
  drawState();
}

async function send(decisions) {
  try {
    const others = await server.turn("POST", { decisions });
    storage.failed = "";
    for (const decision of decisions) log.unsaved.delete(decision.id);
    await storage.keep(decisions, true);
    takeIn(others);
  } catch (error) {
    storage.failed = `Not stored: ${error.message}. The decisions stay in this browser and are sent again.`;
    drawState();
  }
}

// Decisions of other tabs and people.
function takeIn(decisions) {
  const fresh = decisions.filter((decision) => enter(decision));
  for (const decision of decisions) log.unsaved.delete(decision.id);
  if (fresh.length) afterChange("");
}

async function synchronise() {
  if (!SERVED || document.hidden) return;
  const waiting = log.entries.filter((decision) => log.unsaved.has(decision.id));
  if (waiting.length) await send(waiting);
  else {
    try { takeIn(await server.turn("GET")); storage.failed = ""; } catch (error) { storage.failed = `The server does not answer (${error.message}). Decisions stay in this browser and are sent later.`; }
  }
  drawState();
}

function rowFields(row, kind, fields = {}) {
  return { kind, article: row.article.id, target: row.id, paragraphs: paragraphsOf(row).map(referenceOf).join(" "), ...fields };
}

function repairFields(article, paragraphs) {
  const order = new Map(corpus.languages.map((language, k) => [language.code, k]));
  const sorted = [...paragraphs].sort((a, b) => order.get(a.language) - order.get(b.language) || a.number - b.number);
  return { kind: "repair", article: article.id, target: contentId(sorted), paragraphs: sorted.map(referenceOf).join(" ") };
}

function say(row, state) {
  const { state: before, by } = reviewOf(row);
  if (before === state) return decide(by.map(withdrawal), `row ${row.number}: taken back`);
  return decide([rowFields(row, state === "approved" ? "approve" : "reject")], `row ${row.number} ${state}`);
}

function withdrawal(decision) {
  return { kind: "withdraw", article: decision.article, target: decision.id };
}

// The row that was repaired first, or the one that grew, is the current one afterwards.
function repair(rows, article, words) {
  const done = decide(rows.map((paragraphs) => repairFields(article, paragraphs)), words);
  const row = rowOf(article, new Set(rows[0]));
  if (row) setCurrent(row);
  return done;
}

function dismiss(finding) {
  const languages = [finding.source, finding.target].filter(Boolean);
  const paragraphs = paragraphsOf(finding.row).filter((p) => languages.includes(p.language));
  return decide([{
    kind: "dismiss", article: finding.row.article.id, target: finding.id,
    paragraphs: (paragraphs.length ? paragraphs : paragraphsOf(finding.row)).map(referenceOf).join(" "),
  }], `dismissed: ${finding.rule}`);
}

function reopen(finding) {
  if (finding.dismissedBy.length) decide(finding.dismissedBy.map(withdrawal), `open again: ${finding.rule}`);
}

function findingById(id) {
  for (const finding of allFindings()) if (finding.id === id) return finding;
  return null;
}

function undo() {
  const cancelled = withdrawnIds();
  const last = log.entries.findLast((d) => log.own.has(d.id) && d.kind !== "withdraw" && !cancelled.has(d.id));
  if (!last) { announce("nothing to undo"); return; }
  const action = last.id.split(".")[0];
  const all = log.entries.filter((d) => d.id.split(".")[0] === action && !cancelled.has(d.id));
  const redo = all.map((d) => d.id);
  decide(all.map(withdrawal), `undone: ${last.kind}`);
  log.redo.push(redo);
}

function redo() {
  const ids = log.redo.pop();
  if (!ids) { announce("nothing to do again"); return; }
  const takenBack = log.entries.filter((d) => d.kind === "withdraw" && ids.includes(d.target));
  const rest = log.redo;
  decide(takenBack.map(withdrawal), "done again");
  log.redo = rest;
}

async function comment(row) {
  const text = await ask({ title: `Comment on row ${row.number}`, hint: "For whoever works on this text next.", value: "", lang: "", action: "Comment" });
  if (text && text.trim()) await decide([rowFields(row, "comment", { text })], "comment added");
}

async function propose(row) {
  const language = corpus.languages[current.column];
  const value = cellText(row.cells[current.column]);
  const text = await ask({ title: `Better ${language.name} text for row ${row.number}`, hint: "The raw file is not changed; the proposal goes to the translators with the exports.", value, lang: language.code, action: "Propose" });
  if (text !== null && text.trim() && text !== value) await decide([rowFields(row, "propose", { language: language.code, text })], "proposal added");
}

async function split(row) {
  const parts = await askSplit(row);
  if (!parts) return;
  if (row.article.rows.includes(row)) repair(parts, row.article, `row ${row.number} split`);
  else announce("the row has changed meanwhile, so it is not split");
}

async function save() {
  if (!SERVED) await catchUp();
  const decisions = log.entries.filter((decision) => log.own.has(decision.id));
  if (!decisions.length) { announce("nothing has been decided here yet"); return; }
  const url = URL.createObjectURL(new Blob([csvOf(decisions)], { type: "text/csv" }));
  const stamp = new Date().toISOString().slice(0, 16).replaceAll(":", "").replace("T", "-");
  const link = el("a", { href: url, download: `decisions-${stamp}.csv` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  if (!SERVED) settings.set(`saved ${storage.place}`, String(decisions.length));
  announce(`${count(decisions.length, "decision")} saved`);
  drawState();
}

const ACTIONS = {
  next: () => step(1), previous: () => step(-1), nextproblem: () => stepProblem(1), previousproblem: () => stepProblem(-1),
  first: () => goTo(0), last: () => goTo(view.shown.length - 1), left: () => turnColumn(-1), right: () => turnColumn(1),
  approve: (row) => say(row, "approved"), reject: (row) => say(row, "rejected"),
  comment, propose, split,
  merge: (row) => repair(merged(row), row.article, `rows ${row.number} and ${row.number + 1} merged`),
  moveup: (row) => repair(moved(row, -1), row.article, "paragraph moved up"),
  movedown: (row) => repair(moved(row, 1), row.article, "paragraph moved down"),
  dismissnext: (row) => {
    const open = openFindings(row);
    const finding = open.find((each) => each.id === current.findingId) || open[0];
    if (finding) dismiss(finding); else announce("no open finding in this row");
  },
};
const OF_ROW = new Set(["approve", "reject", "comment", "propose", "split", "merge", "moveup", "movedown", "dismissnext"]);

function act(name) {
  if (OF_ROW.has(name)) {
    const { row } = current;
    if (!row || view.page !== "rows") return;
    if (!canDo(name, row)) { announce("not possible here"); return; }
    ACTIONS[name](row);
  } else if (ACTIONS[name]) ACTIONS[name]();
  else if (name === "undo") undo();
  else if (name === "redo") redo();
  else if (name === "save") save();
  else if (name === "theme") turnTheme();
  else if (name === "help") { if (!byId("help").open) openDialog(byId("help")); }
  else if (name === "view") showPage(view.page === "rows" ? "overview" : "rows");
  else if (name === "filters") toggleSide();
  else if (name === "search") { showPage("rows"); byId("search").focus(); byId("search").select(); }
  else if (name === "escape") escape();
}
