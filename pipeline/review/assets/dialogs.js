// The dialogs: help, a text to write, a row to split. Each gives focus back where it came from.

function openDialog(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
}

function ask({ title, hint, value, lang, action }) {
  const dialog = byId("writing");
  const area = byId("writing-text");
  byId("writing-title").textContent = title;
  byId("writing-hint").textContent = hint;
  byId("writing-save").textContent = action;
  area.lang = lang;
  area.value = value;
  openDialog(dialog);
  area.focus();
  area.setSelectionRange(value.length, value.length);
  return closed(dialog).then((answer) => (answer === "save" ? writable(area.value) : null));
}

// Resolves with the value of the button. The event "close" comes later than that, and a key that is pressed
// in between would be heard by a page that does not know yet what was asked for.
function closed(dialog) {
  const ended = new AbortController();
  return new Promise((resolve) => {
    const end = (value) => { ended.abort(); resolve(value); };
    dialog.addEventListener("submit", (event) => {
      event.preventDefault();
      const value = event.submitter ? event.submitter.value : "";
      dialog.close(value);
      end(value);
    }, { signal: ended.signal });
    // With Escape. If the dialog is open, this is the late event of the time before.
    dialog.addEventListener("close", () => { if (!dialog.open) end(""); }, { signal: ended.signal });
  });
}

const splitting = { row: null, cuts: [], column: 0 };

function askSplit(row) {
  splitting.row = row;
  splitting.cuts = likelyCuts(row);
  splitting.column = row.cells.findIndex((cell) => cell && cell.length > 1);
  if (splitting.column < 0) splitting.column = row.cells.findIndex((cell) => cell && cell.length);
  drawSplit();
  const dialog = byId("splitting");
  openDialog(dialog);
  byId("split-grid").focus();
  return closed(dialog).then((answer) => (answer === "save" ? parted(row, splitting.cuts) : null));
}

function drawSplit() {
  const { row, cuts, column } = splitting;
  byId("split-grid").replaceChildren(...row.cells.map((cell, k) => {
    if (!cell || !cell.length) return null;
    const items = cell.flatMap((paragraph, n) => [
      cutButton(k, n, cell.length),
      el("p", { class: `paragraph ${n < cuts[k] ? "above" : "below"}`, lang: paragraph.language, dir: "auto", text: endsOf(paragraph.text) }),
    ]);
    return el("div", { class: `split-column${k === column ? " active" : ""}`, data: { column: k } },
      el("h3", { text: corpus.languages[k].name }), items, cutButton(k, cell.length, cell.length));
  }).filter(Boolean));
  byId("split-save").disabled = !parted(row, cuts);
}

function cutButton(k, n, length) {
  const here = splitting.cuts[k] === n;
  const words = n === 0 ? "all below" : n === length ? "all above" : `cut before paragraph ${n + 1}`;
  return el("button", { type: "button", class: `cut${here ? " here" : ""}`, "aria-pressed": String(here), data: { column: k, cut: n }, "aria-label": `${corpus.languages[k].name}: ${words}` });
}

function splitKey(event) {
  const { row } = splitting;
  const { key } = event;
  if (key === "ArrowUp" || key === "ArrowDown") {
    const length = row.cells[splitting.column].length;
    const cut = splitting.cuts[splitting.column] + (key === "ArrowUp" ? -1 : 1);
    splitting.cuts[splitting.column] = Math.min(length, Math.max(0, cut));
  } else if (key === "ArrowLeft" || key === "ArrowRight") {
    const step = key === "ArrowLeft" ? -1 : 1;
    let k = splitting.column + step;
    while (row.cells[k] !== undefined && !(row.cells[k] && row.cells[k].length)) k += step;
    if (row.cells[k]) splitting.column = k;
  } else if (key === "Enter" && event.target.id === "split-grid" && !byId("split-save").disabled) {
    byId("splitting").querySelector("form").requestSubmit(byId("split-save"));
  } else return;
  event.preventDefault();
  drawSplit();
}

const HELP = [
  ["Move", [["j  ↓", "next row"], ["k  ↑", "row before"], ["n", "next problem"], ["p", "problem before"], ["h  ←", "language to the left"], ["l  →", "language to the right"], ["Home  End", "first, last row"], ["o", "overview, and back"], ["/", "search"]]],
  ["Decide", [["a", "approve"], ["x", "reject"], ["c", "comment"], ["e", "propose a better text"], ["d", "dismiss a finding as false alarm"], ["u", "undo"], ["U", "do it again"]]],
  ["Repair", [["m", "merge with the next row"], ["s", "split the row"], ["[", "first paragraph of this language to the row above"], ["]", "last paragraph of this language to the row below"]]],
  ["Page", [["f", "filters"], ["t", "light, dark, or as the system has it"], ["Ctrl S", "save the decisions as a file"], ["?", "this help"], ["Esc", "close"]]],
];

function drawHelp() {
  byId("help-keys").replaceChildren(...HELP.map(([title, keys]) => el("section", {}, el("h3", { text: title }),
    el("dl", {}, keys.map(([key, text]) => el("div", {}, el("dt", {}, key.split("  ").map((each) => el("kbd", { text: each }))), el("dd", { text })))))));
}
