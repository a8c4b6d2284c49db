// Pictures as inline SVG; each has its numbers as text beside it or in its label.

const STATUSES = ["aligned", "partial", "unmatched"];

// One bar of parts: [[name, number], ...].
function stackedBar(parts, label) {
  const total = parts.reduce((sum, [, number]) => sum + number, 0) || 1;
  let x = 0;
  return svg("svg", { class: "bar", viewBox: "0 0 1000 10", preserveAspectRatio: "none", role: "img", "aria-label": label },
    svg("rect", { class: "rail", width: 1000, height: 10 }),
    parts.map(([name, number]) => {
      const width = (1000 * number) / total;
      const rect = svg("rect", { class: name, x, width, height: 10 });
      x += width;
      return number ? rect : null;
    }));
}

function histogram(values, bins) {
  const counts = new Array(bins).fill(0);
  for (const value of values) counts[Math.min(bins - 1, Math.floor(value * bins))] += 1;
  return counts;
}

// Columns of which the height is the square root of the number, so that the few weak rows can be seen.
function columns(counts, label, onPick) {
  const most = Math.sqrt(Math.max(1, ...counts));
  const width = 1000 / counts.length;
  return svg("svg", { class: "columns", viewBox: "0 0 1000 220", role: "img", "aria-label": label },
    [0, 0.5, 0.9, 1].map((at) => svg("g", { class: "axis" },
      svg("line", { x1: 1000 * at, x2: 1000 * at, y1: 0, y2: 196 }),
      svg("text", { x: Math.min(985, Math.max(12, 1000 * at)), y: 216, "text-anchor": "middle", text: at }))),
    counts.map((number, k) => {
      const height = number ? Math.max(4, (186 * Math.sqrt(number)) / most) : 0;
      const from = k / counts.length;
      const level = from >= 0.9 ? "high" : from >= 0.5 ? "middle" : "low";
      return number ? svg("g", { class: "pick", on: { click: () => onPick((k + 1) / counts.length) } },
        svg("title", { text: `${count(number, "row")} with ${from.toFixed(2)} to ${((k + 1) / counts.length).toFixed(2)}` }),
        svg("rect", { class: `level ${level}`, x: k * width + 3, y: 196 - height, width: width - 6, height, rx: 3 }),
        svg("text", { class: "value", x: (k + 0.5) * width, y: 190 - height, "text-anchor": "middle", text: number })) : null;
    }));
}

// An article as one rail a language and a thread for each row: where the threads lean or are missing, the
// languages run apart. Paragraphs are laid out by their length.
function strip(article) {
  const rails = corpus.languages.map((language, k) => ({ language, k })).filter(({ k }) => article.languages[k]);
  const gap = 34;
  const places = rails.map(({ k }) => railPlaces(article, k));
  const height = gap * (rails.length - 1) + 20;
  const threads = new Map();
  const lone = [];
  for (const row of article.rows) {
    const spans = rails.map(({ k }, r) => (row.cells[k] || []).map((p) => places[r].get(p)).filter(Boolean));
    const filled = spans.map((each, r) => [each, r]).filter(([each]) => each.length);
    for (let n = 0; n + 1 < filled.length; n += 1) {
      const [[a, r], [b, s]] = [filled[n], filled[n + 1]];
      const kind = row.confidence !== null && row.confidence < LOW_CONFIDENCE ? "unsure" : row.status;
      const [left, right] = [a[0][0], a[a.length - 1][1]];
      const [low, high] = [b[0][0], b[b.length - 1][1]];
      const [top, bottom] = [10 + gap * r + 3, 10 + gap * s - 3];
      const path = `M${left} ${top}L${right} ${top}L${high} ${bottom}L${low} ${bottom}Z`;
      threads.set(kind, (threads.get(kind) || "") + path);
    }
    if (filled.length === 1) lone.push(...filled[0][0].map(([from, to]) => `M${from} ${10 + gap * filled[0][1]}L${to} ${10 + gap * filled[0][1]}`));
  }
  const unmatched = article.rows.filter((row) => row.status !== "aligned").length;
  return svg("svg", {
    class: "strip", viewBox: `0 0 1000 ${height}`, preserveAspectRatio: "none", role: "img",
    "aria-label": `${count(article.rows.length, "row")}, ${unmatched} of them not in all languages`,
  },
  [...threads].map(([kind, path]) => svg("path", { class: `thread ${kind}`, d: path })),
  rails.map((_, r) => svg("path", { class: "rail", d: [...places[r].values()].map(([from, to]) => `M${from} ${10 + gap * r}L${to} ${10 + gap * r}`).join("") })),
  lone.length ? svg("path", { class: "lone", d: lone.join("") }) : null);
}

// Where each paragraph of a language begins and ends on its rail, 0..1000.
function railPlaces(article, k) {
  const paragraphs = article.rows.flatMap((row) => row.cells[k] || []).sort((a, b) => a.number - b.number);
  const sizes = paragraphs.map((paragraph) => 12 + paragraph.text.length);
  const total = sizes.reduce((sum, size) => sum + size, 0) || 1;
  const space = Math.min(2, 300 / Math.max(1, paragraphs.length));
  let at = 0;
  return new Map(paragraphs.map((paragraph, n) => {
    const width = (1000 * sizes[n]) / total;
    const place = [at, at + Math.max(0.4, width - space)].map((x) => Math.round(100 * x) / 100);
    at += width;
    return [paragraph, place];
  }));
}
