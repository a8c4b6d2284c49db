// @ts-check
// The menu of what the server offers for download.

import { byId } from "../browser/elements.js";
import { SERVED, server } from "../browser/server.js";

/** Gives the links of the menu their addresses, which need the token; without a server there is no menu. */
export function offerDownloads() {
  const menu = byId("hand-on", HTMLDetailsElement);
  menu.hidden = !SERVED;
  for (const link of menu.querySelectorAll("a")) {
    link.href = `${link.dataset.get}?token=${encodeURIComponent(server.token)}`;
    link.addEventListener("click", () => (menu.open = false));
  }
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
    event.stopPropagation();
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
}
