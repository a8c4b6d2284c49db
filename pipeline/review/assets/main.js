// The page as a whole: what is shown, where the reviewer is, and what every key and click does.

const view = { page: "overview", shown: [], items: [], indexOf: new Map() };

const list = new VirtualList(byId("viewport"), byId("canvas"), {
  render: (item) => (item.row ? rowElement(item.row) : headElement(item.article)),
  keyOf: (item) => (item.row
    ? `${item.row.uid}@${item.row.version}${current.row === item.row ? `*${current.column}` : ""}?${filter.search}`
    : `article ${item.article.index}@${item.article.rows.length}`),
  guess: (item) => (item.row ? guessHeight(item.row) : 110),
});

function guessHeight(row) {
  const width = list.width || 1000;
  if (row.guessedFor !== width) Object.assign(row, { guessedFor: width, guessed: likelyHeight(row, width) });
  return row.guessed;
}

function likelyHeight(row, width) {
  const narrow = width < 760;
  const across = narrow ? width - 60 : (width - 100) / corpus.languages.length;
  const heights = row.cells.map((cell, k) => {
    const wide = ["ko", "ja", "zh-cn", "zh-tw"].includes(corpus.languages[k].code) ? 15 : 8;
    return (cell || []).reduce((sum, p) => sum + 26 * Math.ceil((p.text.length * wide + 1) / across) + 8, 26);
  });
  const text = narrow ? heights.reduce((a, b) => a + b, 0) : Math.max(...heights);
  return text + 40 + 34 * row.findings.length;
}

function headElement(article) {
  const meta = [...new Set(article.files.flatMap((file) => [file.file, file.author, file.date]))].filter(Boolean).join(" · ");
  return el("div", { class: "article-head" }, el("h2", { dir: "auto", text: article.title }), el("p", { class: "meta", text: `${meta} · ${count(article.rows.length, "row")}` }));
}

function refresh(keepPlace) {
  const { shown, counts } = filtered();
  view.shown = shown;
  view.items = [];
  view.indexOf = new Map();
  let article = null;
  for (const row of shown) {
    if (row.article !== article) {
      article = row.article;
      view.items.push({ article });
    }
    view.indexOf.set(row, view.items.length);
    view.items.push({ row });
  }
  if (!view.indexOf.has(current.row)) current.row = shown.find((row) => !current.row || row.article.index > current.row.article.index || (row.article === current.row.article && row.number >= current.row.number)) || shown[0] || null;
  byId("found").textContent = `${count(shown.length, "row")}${isFiltered() ? " found" : ""}`;
  byId("nothing").hidden = shown.length > 0;
  drawSide(counts);
  drawHeads();
  list.setItems(view.items, keepPlace);
}

function drawHeads() {
  byId("heads").replaceChildren(...corpus.languages.map((language, k) => (
    el("span", { class: k === current.column ? "active" : "", text: language.name })
  )));
  const bar = byId("viewport").offsetWidth - byId("viewport").clientWidth; // of the scroll bar
  byId("heads").style.paddingInlineEnd = `calc(1.4rem + ${bar}px)`;
}

function drawState() {
  const own = log.own.size;
  const rows = corpus.articles.flatMap((article) => article.rows);
  const decided = rows.filter((row) => reviewOf(row).state).length;
  const unsaved = SERVED ? log.unsaved.size : Math.max(0, own - Number(settings.get(`saved ${storage.place}`) || 0));
  byId("progress").textContent = `${decided.toLocaleString("en")} of ${rows.length.toLocaleString("en")} decided`;
  byId("progress-bar").replaceChildren(stackedBar([["approved", decided], ["room", rows.length - decided]], `${decided} of ${rows.length} rows decided`));
  byId("stored").textContent = SERVED ? (unsaved ? `${unsaved} not stored yet` : "all stored") : own ? `${count(own, "decision")} in this browser` : "";
  byId("save").classList.toggle("primary", !SERVED && unsaved > 0);
  byId("undo").disabled = !log.entries.some((d) => log.own.has(d.id) && d.kind !== "withdraw") ;
  byId("failure").textContent = storage.failed;
  byId("failure").hidden = !storage.failed;
}

function afterChange(words, focusDo = "") {
  const before = current.row;
  const held = before ? new Set(paragraphsOf(before)) : new Set();
  replayAll();
  if (before && !before.article.rows.includes(before)) {
    current.row = before.article.rows.find((row) => paragraphsOf(row).some((p) => held.has(p))) || null;
  }
  const inside = byId("viewport").contains(document.activeElement) || document.activeElement === document.body;
  refresh(true);
  if (view.page === "overview") drawOverview();
  drawState();
  if (inside) refocus(focusDo);
  if (words) announce(words);
}

function refocus(focusDo = "") {
  const element = list.elementOf(view.indexOf.get(current.row));
  if (!element || view.page !== "rows") return;
  const button = focusDo ? element.querySelector(`[data-do="${focusDo}"]:not([disabled])`) : null;
  (button || element).focus({ preventScroll: true });
}

function setCurrent(row, { focus = true, align = "nearest" } = {}) {
  const changed = row !== current.row;
  if (changed) current.findingId = "";
  current.row = row;
  drawHeads();
  list.draw();
  const index = view.indexOf.get(row);
  if (index === undefined) return;
  list.show(index === 1 ? 0 : index, align);
  list.show(index);
  if (focus) refocus();
}

function goTo(place) {
  if (view.shown[place]) setCurrent(view.shown[place], { align: "top" });
}

function step(direction) {
  const at = view.shown.indexOf(current.row);
  const next = Math.min(view.shown.length - 1, Math.max(0, at + direction));
  if (view.shown[next]) setCurrent(view.shown[next]);
}

function stepProblem(direction) {
  const at = view.shown.indexOf(current.row);
  for (let k = at + direction; k >= 0 && k < view.shown.length; k += direction) {
    if (isProblem(view.shown[k])) {
      setCurrent(view.shown[k], { align: "top" });
      return;
    }
  }
  announce(direction > 0 ? "no problem further down" : "no problem further up");
}

function turnColumn(direction) {
  const count_ = corpus.languages.length;
  current.column = Math.min(count_ - 1, Math.max(0, current.column + direction));
  announce(corpus.languages[current.column].name);
  if (current.row) setCurrent(current.row);
}

function showPage(page) {
  view.page = page;
  document.documentElement.dataset.page = page;
  byId("overview").hidden = page !== "overview";
  byId("rows").hidden = page !== "rows";
  for (const name of ["overview", "rows"]) byId(`to-${name}`).setAttribute("aria-current", page === name ? "page" : "false");
  if (page === "overview") { drawOverview(); byId("overview").scrollTop = 0; }
  else { refresh(true); list.draw(); if (current.row) setCurrent(current.row, { focus: false }); }
}

function showRows(change) {
  clearFilter();
  change();
  showPage("rows");
  if (view.shown.length) setCurrent(view.shown[0], { align: "top" });
}

function begin() {
  showRows(() => { filter.article = null; });
  const first = view.shown.find(isProblem) || view.shown[0];
  if (first) setCurrent(first, { align: "top" });
}

function escape() {
  if (document.documentElement.dataset.side === "open") toggleSide();
  else if (document.activeElement === byId("search")) refocus();
}

function toggleSide() {
  const open = document.documentElement.dataset.side === "open";
  document.documentElement.dataset.side = open ? "" : "open";
  byId("to-side").setAttribute("aria-expanded", String(!open));
  if (!open) { const first = byId("side").querySelector("button, input"); if (first) first.focus(); }
}

function turnTheme() {
  const themes = ["", "light", "dark"];
  const next = themes[(themes.indexOf(document.documentElement.dataset.theme || "") + 1) % 3];
  setTheme(next);
  settings.set("theme", next);
  announce(next ? `${next} colours` : "colours of the system");
}

function setTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme; else delete document.documentElement.dataset.theme;
}

function clicked(event) {
  const mark = event.target.closest("mark[data-finding]");
  const button = event.target.closest("[data-do]");
  const row = event.target.closest(".row");
  if (row) {
    const item = view.shown.find((each) => each.uid === row.dataset.uid);
    const cell = event.target.closest(".cell");
    if (item && (item !== current.row || cell)) {
      const column = cell ? Number(cell.dataset.column) : current.column;
      const same = item === current.row && column === current.column;
      current.column = column;
      if (!same && !String(getSelection())) setCurrent(item, { focus: !button });
      else current.row = item;
    }
  }
  if (mark) current.findingId = mark.dataset.finding;
  if (!button) return;
  const { dataset } = button;
  if (dataset.do === "dismiss") dismiss(findingById(dataset.finding));
  else if (dataset.do === "undismiss") reopen(findingById(dataset.finding));
  else if (dataset.do === "takeback") decide([withdrawal(log.entries.find((d) => d.id === dataset.decision))], "taken back");
  else if (dataset.do === "pick-article") pickArticle(dataset.article);
  else if (dataset.do === "pick-rule") showRows(() => { filter.article = null; filter.rule = dataset.rule; });
  else if (dataset.do === "begin") begin();
  else if (dataset.do === "clear") { clearFilter(); byId("search").value = ""; refresh(false); }
  else if (dataset.do === "close") button.closest("dialog").close("");
  else if (dataset.do === "overview" || dataset.do === "rows") showPage(dataset.do);
  else act(dataset.do);
}

function pickArticle(index) {
  filter.article = index === "" ? null : corpus.articles[Number(index)];
  if (view.page !== "rows") showPage("rows");
  refresh(false);
  if (view.shown.length) setCurrent(view.shown[0], { align: "top", focus: false });
  if (document.documentElement.dataset.side === "open" && matchMedia("(max-width: 60rem)").matches) toggleSide();
}

function pressed(event) {
  if (event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() === "s") { event.preventDefault(); save(); }
    return;
  }
  const field = event.target.closest("input, select, textarea");
  if (field && event.key !== "Escape" && !(field.id === "search" && event.key === "Enter")) return;
  if (event.target.closest("button, summary, [role=toolbar]") && [" ", "Enter"].includes(event.key)) return;
  if (event.key === "Enter" && field) { event.preventDefault(); if (view.shown.length) setCurrent(current.row); return; }
  const name = KEYS[event.key];
  if (!name || (settings.get("keys") === "off" && name !== "help" && name !== "escape")) return;
  const scrolls = view.page === "overview" && /^(Arrow|Home|End)/.test(event.key);
  if (scrolls) return;
  event.preventDefault();
  act(name);
}

let searching = 0;

function changed(event) {
  const { target } = event;
  if (target.dataset.filter) {
    const set = { status: filter.statuses, review: filter.reviews, severity: filter.severities }[target.dataset.filter];
    const value = target.dataset.filter === "severity" ? Number(target.dataset.value) : target.dataset.value;
    if (target.checked) set.add(value); else set.delete(value);
    keepFocus(() => refresh(false), `[data-filter="${target.dataset.filter}"][data-value="${target.dataset.value}"]`);
  } else if (target.id === "rule") { filter.rule = target.value; keepFocus(() => refresh(false), "#rule"); }
  else if (target.id === "confidence") { filter.confidence = Number(target.value); keepFocus(() => refresh(false), "#confidence"); }
  else if (target.id === "keys-on") { settings.set("keys", target.checked ? "" : "off"); return; }
  else if (target.id === "reviewer") settings.set("reviewer", target.value.slice(0, 80));
  else return;
  if (view.page !== "rows" && target.id !== "reviewer") showPage("rows");
}

function keepFocus(redraw, selector) {
  redraw();
  const element = document.querySelector(selector);
  if (element) element.focus();
}

function typed(event) {
  if (event.target.id === "confidence") byId("confidence-value").textContent = Number(event.target.value).toFixed(2);
  if (event.target.id !== "search") return;
  clearTimeout(searching);
  searching = setTimeout(() => {
    filter.search = byId("search").value;
    if (view.page !== "rows") showPage("rows");
    refresh(false);
    byId("search").focus();
  }, 150);
}

async function start() {
  setTheme(settings.get("theme"));
  for (const decision of JSON.parse(byId("decision-data").textContent)) enter(decision);
  log.given = log.entries.length;
  server.known = log.entries.length;
  await storage.open();
  if (!SERVED && "BroadcastChannel" in window) listenToTabs();
  await takeKept();
  byId("reviewer").value = settings.reviewer;
  byId("keys-on").checked = settings.get("keys") !== "off";
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  document.addEventListener("change", changed);
  document.addEventListener("input", typed);
  byId("split-grid").addEventListener("keydown", splitKey);
  byId("split-grid").addEventListener("click", (event) => {
    const cut = event.target.closest("[data-cut]");
    if (!cut) return;
    splitting.column = Number(cut.dataset.column);
    splitting.cuts[splitting.column] = Number(cut.dataset.cut);
    drawSplit();
    byId("split-grid").querySelector(`[data-column="${splitting.column}"] .here`).focus();
  });
  document.addEventListener("pointerover", (event) => lightUp(event.target));
  document.addEventListener("focusin", (event) => lightUp(event.target));
  addEventListener("beforeunload", (event) => {
    if (storage.pending || (storage.failed && log.unsaved.size)) event.preventDefault();
  });
  drawHelp();
  replayAll();
  refresh(false);
  showPage("overview");
  drawState();
  if (SERVED) {
    setInterval(synchronise, 3000);
    document.addEventListener("visibilitychange", synchronise);
    await synchronise();
  } else {
    document.addEventListener("visibilitychange", catchUp);
    await catchUp();
  }
  document.documentElement.dataset.ready = "yes";
}

// Takes in what this browser has of this page, from before and from other tabs; tells whether there was more.
async function takeKept() {
  let more = false;
  for (const { decision, order, stored } of await storage.kept()) {
    storage.orders.set(decision.id, order);
    storage.last = Math.max(storage.last, order);
    if (SERVED && stored) { // the server's log is what counts
      if (log.ids.has(decision.id)) log.own.add(decision.id);
      continue;
    }
    more = enter(decision, { own: true, unsaved: !stored && !log.ids.has(decision.id) }) || more;
  }
  if (more && !SERVED) inTheirOrder();
  return more;
}

// So that every tab replays and saves the same log.
function inTheirOrder() {
  const order = (decision) => storage.orders.get(decision.id) || Infinity;
  const own = log.entries.splice(log.given);
  log.entries.push(...own.sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1)));
}

// Other tabs of the same page say when they have kept something; whoever was not listening reads it later.
function listenToTabs() {
  storage.channel = new BroadcastChannel(storage.place);
  storage.channel.onmessage = catchUp;
}

async function catchUp() {
  if (!document.hidden && await takeKept()) afterChange("");
}

// A finding and its place in the text light up together.
function lightUp(target) {
  const id = target.closest && target.closest("[data-finding]") ? target.closest("[data-finding]").dataset.finding : "";
  for (const element of document.querySelectorAll(".lit")) element.classList.remove("lit");
  if (id) for (const element of byId("canvas").querySelectorAll("[data-finding]")) element.classList.toggle("lit", element.dataset.finding === id);
}

start();
