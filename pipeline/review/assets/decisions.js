// The log of decisions: what the file had when the page was made, and what was decided here since.

const COLUMNS = ["id", "time", "reviewer", "kind", "article", "target", "paragraphs", "language", "text"];

const log = {
  entries: [], // in order
  given: 0, // how many of them the page came with
  ids: new Set(),
  own: new Set(), // made in this browser
  unsaved: new Set(), // neither in the file nor stored by the server
  redo: [],
};

function enter(decision, { own = false, unsaved = false } = {}) {
  if (own) log.own.add(decision.id);
  if (unsaved) log.unsaved.add(decision.id);
  if (log.ids.has(decision.id)) return false;
  log.ids.add(decision.id);
  log.entries.push(decision);
  return true;
}

// The ids that were taken back; taking that back makes them hold again.
function withdrawnIds() {
  const cancelled = new Set();
  for (let k = log.entries.length - 1; k >= 0; k -= 1) {
    const { id, kind, target } = log.entries[k];
    if (kind === "withdraw" && !cancelled.has(id)) cancelled.add(target);
  }
  return cancelled;
}

function newAction() {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, "0")).join("");
}

function makeDecision(action, turn, fields) {
  const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const empty = Object.fromEntries(COLUMNS.map((name) => [name, ""]));
  return { ...empty, id: `${action}.${turn}`, time, reviewer: settings.reviewer, ...fields };
}

function csvOf(decisions) {
  const quoted = (value) => `"${value.replaceAll('"', '""')}"`;
  const lines = [COLUMNS, ...decisions.map((decision) => COLUMNS.map((name) => decision[name] || ""))];
  return lines.map((line) => `${line.map(quoted).join(",")}\n`).join("");
}
