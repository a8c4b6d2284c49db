// @ts-check
// Keyboard shortcuts and their help texts.
/** @import { MessageKey } from "../types.js" */

/** @type {Readonly<Record<string, string>>} */
export const KEYS = {
  j: "next", ArrowDown: "next", k: "previous", ArrowUp: "previous", n: "nextproblem", p: "previousproblem",
  h: "left", ArrowLeft: "left", l: "right", ArrowRight: "right", Home: "first", End: "last",
  o: "view", "/": "search",
  a: "approve", x: "reject", c: "comment", e: "propose", d: "dismissnext", u: "undo", U: "redo",
  m: "merge", s: "split", "[": "moveup", "]": "movedown", "{": "shiftup", "}": "shiftdown", v: "carry",
  A: "close", b: "approveupto", D: "dismissalike",
  J: "extenddown", K: "extendup", "Shift ArrowDown": "extenddown", "Shift ArrowUp": "extendup",
  Enter: "accept", y: "link", f: "filters", t: "theme", "?": "help", Escape: "escape",
};

const OTHER_SCRIPT = /^(?!\p{Script=Latin})\p{L}$/u;
/** Keys that a Korean keyboard leaves as they are, but an input method may keep to itself. */
const SIGNS = { BracketLeft: "[", BracketRight: "]", Slash: "/" };

/**
 * Returns the key of an event. Where the keyboard writes another script, such as Hangul, that is the Latin
 * letter on the key; layouts with Latin letters in other places keep their own.
 * @param {KeyboardEvent} event
 */
export function keyOf({ key, code, shiftKey }) {
  if (key !== "Process" && !OTHER_SCRIPT.test(key)) return key;
  const [, letter] = /^Key([A-Z])$/.exec(code) || [];
  if (letter) return shiftKey ? letter : letter.toLowerCase();
  if (code === "Slash" && shiftKey) return "?";
  const sign = SIGNS[/** @type {keyof typeof SIGNS} */ (code)] || key;
  return shiftKey ? { "[": "{", "]": "}" }[sign] || sign : sign;
}

/** @type {[title: MessageKey, keys: [key: string, message: MessageKey][]][]} */
export const HELP = [
  ["help.move", [
    ["j  ↓", "help.next"], ["k  ↑", "help.previous"], ["n", "help.nextproblem"], ["p", "help.previousproblem"],
    ["h  ←", "help.left"], ["l  →", "help.right"], ["Home  End", "help.ends"],
    ["o", "help.overview"], ["/", "help.search"], ["y", "help.link"],
  ]],
  ["help.decide", [
    ["a", "help.approve"], ["x", "help.reject"], ["c", "help.comment"], ["e", "help.edit"],
    ["Ctrl Enter", "help.save-edit"], ["Esc", "help.leave-edit"], ["Enter", "help.accept"],
    ["d", "help.dismiss"], ["u  Ctrl Z", "help.undo"], ["U  Ctrl Y", "help.redo"],
  ]],
  ["help.many", [
    ["A", "help.close"], ["b", "help.approveupto"], ["D", "help.dismissalike"], ["J  K", "help.extend"],
    ["Ctrl A", "help.select-all"],
  ]],
  ["help.repair", [
    ["m", "help.merge"], ["s", "help.split"], ["[", "help.moveup"], ["]", "help.movedown"], ["{  }", "help.shift"], ["v", "help.carry"],
  ]],
  ["help.page", [
    ["f", "help.filters"], ["t", "help.theme"], ["Ctrl S", "help.save"], ["?", "help.help"], ["Esc", "help.escape"],
  ]],
];
