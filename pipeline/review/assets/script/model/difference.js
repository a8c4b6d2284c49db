// @ts-check
// The difference of two texts, word by word.

const MOST_COMPARED = 250_000; // pairs of words; beyond it, what differs counts as one piece

/** @typedef {{kind: "same" | "removed" | "added", text: string}} Piece */

/**
 * Returns the words of a text, each with the space before it; joined they are the text.
 * @param {string} text
 */
function words(text) {
  return text.match(/\s*\S+|\s+$/g) || [];
}

/**
 * Returns what stays, goes and comes from one text to another, in order.
 * @param {string} before
 * @param {string} after
 * @returns {Piece[]}
 */
export function differences(before, after) {
  const [old, now] = [words(before), words(after)];
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < most - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  /** @type {[Piece["kind"], string[]][]} */
  const found = [
    ["same", old.slice(0, start)],
    ...compared(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ["same", old.slice(old.length - end)],
  ];
  return joined(spaced(joined(found)).map(({ kind, text }) => [kind, [text]]));
}

/**
 * Compares words by their longest common subsequence.
 * @param {string[]} old
 * @param {string[]} now
 * @returns {[Piece["kind"], string[]][]}
 */
function compared(old, now) {
  if (old.length * now.length > MOST_COMPARED) return [["removed", old], ["added", now]];
  const width = now.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = old[i] === now[j]
        ? lengths[(i + 1) * width + j + 1] + 1
        : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  /** @type {[Piece["kind"], string[]][]} */
  const found = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      found.push(["same", [old[i]]]);
      [i, j] = [i + 1, j + 1];
    } else if (j >= now.length || (i < old.length && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])) {
      found.push(["removed", [old[i]]]);
      i += 1;
    } else {
      found.push(["added", [now[j]]]);
      j += 1;
    }
  }
  return found;
}

/**
 * Joins neighbours of the same kind; between two pieces that stay, what goes stands before what comes.
 * @param {[Piece["kind"], string[]][]} found
 * @returns {Piece[]}
 */
function joined(found) {
  /** @type {Piece[]} */
  const pieces = [];
  let [gone, come] = ["", ""];
  const flush = () => {
    if (gone) pieces.push({ kind: "removed", text: gone });
    if (come) pieces.push({ kind: "added", text: come });
    [gone, come] = ["", ""];
  };
  for (const [kind, list] of found) {
    const text = list.join("");
    if (!text) continue;
    if (kind === "removed") gone += text;
    else if (kind === "added") come += text;
    else {
      flush();
      const last = pieces.at(-1);
      if (last && last.kind === "same") last.text += text;
      else pieces.push({ kind, text });
    }
  }
  flush();
  return pieces;
}

/**
 * Takes the space at the beginning of a pair that goes and comes out of it, as it stays.
 * @param {Piece[]} pieces
 */
function spaced(pieces) {
  return pieces.flatMap((piece, k) => {
    const next = pieces[k + 1];
    if (piece.kind !== "removed" || next?.kind !== "added") return [piece];
    const [space] = /^\s*/.exec(piece.text) || [""];
    if (!space || !next.text.startsWith(space)) return [piece];
    next.text = next.text.slice(space.length);
    return [{ kind: /** @type {const} */ ("same"), text: space }, { ...piece, text: piece.text.slice(space.length) }];
  });
}
