// Repairs: each says which paragraphs are a row, and that is what is kept.

function neighbour(row, step) {
  return row.article.rows[row.article.rows.indexOf(row) + step] || null;
}

function canDo(name, row) {
  const cell = row.cells[current.column] || [];
  const others = paragraphsOf(row).length > 1;
  if (name === "merge") return Boolean(neighbour(row, 1));
  if (name === "split") return others;
  if (name === "moveup") return cell.length > 0 && Boolean(neighbour(row, -1));
  if (name === "movedown") return cell.length > 0 && Boolean(neighbour(row, 1));
  if (name === "propose") return row.cells[current.column] !== null;
  return true;
}

// The paragraphs of the repaired rows, in the order in which they are to be made.
function merged(row) {
  return [[...paragraphsOf(row), ...paragraphsOf(neighbour(row, 1))]];
}

// A paragraph of the current language goes to the row above or below.
function moved(row, step) {
  const cell = row.cells[current.column];
  const going = step < 0 ? cell[0] : cell[cell.length - 1];
  const rest = paragraphsOf(row).filter((paragraph) => paragraph !== going);
  const grown = [...paragraphsOf(neighbour(row, step)), going];
  return (step < 0 ? [grown, rest] : [rest, grown]).filter((paragraphs) => paragraphs.length);
}

// `cuts[k]` paragraphs of language k stay above.
function parted(row, cuts) {
  const above = row.cells.flatMap((cell, k) => (cell || []).slice(0, cuts[k]));
  const below = row.cells.flatMap((cell, k) => (cell || []).slice(cuts[k]));
  return above.length && below.length ? [above, below] : null;
}

// Where a row would most likely be cut: in each language where its text is halfway.
// If no language has several paragraphs there, the current one gets a row of its own.
function likelyCuts(row) {
  if (row.cells.every((cell) => !cell || cell.length < 2)) {
    const filled = row.cells.map((cell) => Boolean(cell && cell.length));
    const alone = filled[current.column] ? current.column : filled.lastIndexOf(true);
    return filled.map((has, k) => (has && k !== alone ? 1 : 0));
  }
  return row.cells.map((cell) => {
    if (!cell || cell.length < 2) return cell ? cell.length : 0;
    const half = cellText(cell).length / 2;
    let sum = 0;
    let best = 1;
    let nearest = Infinity;
    cell.slice(0, -1).forEach((paragraph, k) => {
      sum += paragraph.text.length + 2;
      if (Math.abs(sum - half) < nearest) { nearest = Math.abs(sum - half); best = k + 1; }
    });
    return best;
  });
}
