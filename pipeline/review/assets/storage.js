// Where decisions are kept: in this browser always, and with the server that served the page, if one did.

const SERVED = document.documentElement.dataset.mode === "served";

const settings = {
  get(name) {
    try { return localStorage.getItem(`synoptic.${name}`) || ""; } catch { return ""; }
  },
  set(name, value) {
    try { localStorage.setItem(`synoptic.${name}`, value); } catch { /* not kept, that is all */ }
  },
  get reviewer() { return writable(settings.get("reviewer")).slice(0, 80); },
};

const storage = {
  place: `${location.origin}${location.pathname}`, // a browser keeps the decisions of each page apart
  database: null,
  channel: null,
  failed: "",
  pending: 0, // writes that are not on disk yet

  open() {
    return new Promise((resolve) => {
      let request;
      try { request = indexedDB.open("synoptic", 1); } catch { resolve(null); return; }
      request.onupgradeneeded = () => request.result.createObjectStore("decisions", { keyPath: ["place", "order", "id"] });
      request.onerror = () => resolve(null);
      request.onsuccess = () => { storage.database = request.result; resolve(request.result); };
    });
  },

  // All decisions that this browser has for this page, in the order in which they were made.
  async kept() {
    if (!storage.database) return [];
    const range = IDBKeyRange.bound([storage.place], [storage.place, []]);
    return finished(storage.database.transaction("decisions").objectStore("decisions").getAll(range));
  },

  // Resolves when the decisions are on this machine's disk.
  async keep(decisions, stored) {
    if (!storage.database) return false;
    storage.wait(1);
    const kept = await storage.write(decisions, stored).catch(() => false);
    storage.wait(-1);
    return kept;
  },

  wait(change) {
    storage.pending += change;
    byId("stored").dataset.pending = String(storage.pending);
  },

  async write(decisions, stored) {
    const transaction = storage.database.transaction("decisions", "readwrite", { durability: "strict" });
    const store = transaction.objectStore("decisions");
    for (const decision of decisions) {
      store.put({ place: storage.place, order: storage.order(decision), id: decision.id, decision, stored });
    }
    transaction.commit();
    return new Promise((resolve) => {
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => resolve(false);
      transaction.onerror = () => resolve(false);
    });
  },

  // Rising with every decision of this browser, so that they come back in their order.
  last: 0,
  orders: new Map(),
  order(decision) {
    if (!storage.orders.has(decision.id)) {
      storage.last = Math.max(storage.last + 1, Date.now());
      storage.orders.set(decision.id, storage.last);
    }
    return storage.orders.get(decision.id);
  },
};

function finished(request) {
  return new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve([]);
  });
}

const server = {
  known: 0, // how many decisions of the server's log are here
  token: new URLSearchParams(location.search).get("token") || "",
  busy: Promise.resolve(),

  async ask(method, body) {
    const answer = await fetch(`decisions?since=${server.known}`, {
      method,
      headers: { "X-Synoptic-Token": server.token, ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : undefined,
      cache: "no-store",
    });
    if (!answer.ok) throw new Error((await answer.text()) || answer.statusText);
    const { decisions, total } = await answer.json();
    server.known = total;
    return decisions;
  },

  // One request at a time, so that no answer overtakes another.
  turn(method, body) {
    const turn = server.busy.then(() => server.ask(method, body));
    server.busy = turn.catch(() => {});
    return turn;
  },
};
