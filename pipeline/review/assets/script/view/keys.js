// @ts-check
// Keyboard shortcuts and their help texts.

/** @type {Readonly<Record<string, string>>} */
export const KEYS = {
  j: "next", ArrowDown: "next", k: "previous", ArrowUp: "previous", n: "nextproblem", p: "previousproblem",
  h: "left", ArrowLeft: "left", l: "right", ArrowRight: "right", Home: "first", End: "last",
  o: "view", "/": "search",
  a: "approve", x: "reject", c: "comment", e: "propose", d: "dismissnext", u: "undo", U: "redo",
  m: "merge", s: "split", "[": "moveup", "]": "movedown", "{": "shiftup", "}": "shiftdown",
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

/** @type {[title: string, keys: [key: string, text: string][]][]} */
export const HELP = [
  ["Move", [
    ["j  ↓", "next row"], ["k  ↑", "row before"], ["n", "next problem"], ["p", "problem before"],
    ["h  ←", "language to the left"], ["l  →", "language to the right"], ["Home  End", "first, last row"],
    ["o", "overview, and back"], ["/", "search"], ["y", "copy the link to the row"],
  ]],
  ["Decide", [
    ["a", "approve"], ["x", "reject"], ["c", "comment"], ["e", "edit the text: a better one becomes a proposal"], ["Ctrl Enter", "save it, and go to the next problem"],
    ["Esc", "leave it; the draft is kept"],
    ["Enter", "take what is suggested: a text, a number, another alignment"],
    ["d", "dismiss a finding as false alarm"], ["u  Ctrl Z", "undo"], ["U  Ctrl Y", "do it again"],
  ]],
  ["Many rows", [
    ["A", "close the article: approve its undecided rows without a finding, and open the next worst article"],
    ["b", "approve them from the beginning of the article up to this row"],
    ["D", "dismiss all findings like this one that the filter shows"],
    ["J  K", "select the next row too, the row before; also Shift with ↓ ↑ or a click"],
    ["Ctrl A", "select all rows that the filter shows; a, x, d and m act on the selected rows, Esc selects none"],
  ]],
  ["Repair", [
    ["m", "merge with the next row"], ["s", "split the row"],
    ["[", "first paragraph of this language to the row above"],
    ["]", "last paragraph of this language to the row below"],
    ["{  }", "shift this language from here on by one row, up or down, as far as the next gap"],
  ]],
  ["Page", [
    ["f", "filters"], ["t", "light, dark, or as the system has it"],
    ["Ctrl S", "save the decisions as a file"], ["?", "this help"], ["Esc", "close"],
  ]],
];
