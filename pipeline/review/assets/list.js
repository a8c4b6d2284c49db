// A list of which only the part in view is in the document. Heights are guessed until an item has been
// shown; a Fenwick tree adds them up, so that a place is found in the logarithm of the number of items.

class Heights {
  constructor(heights) {
    this.values = Float64Array.from(heights);
    this.tree = new Float64Array(this.values.length + 1);
    for (let k = 0; k < this.values.length; k += 1) this.tree[k + 1] = this.values[k];
    for (let k = 1; k < this.tree.length; k += 1) {
      const parent = k + (k & -k);
      if (parent < this.tree.length) this.tree[parent] += this.tree[k];
    }
  }

  set(index, height) {
    const difference = height - this.values[index];
    this.values[index] = height;
    for (let k = index + 1; k < this.tree.length; k += k & -k) this.tree[k] += difference;
    return difference;
  }

  // The sum of the heights before an item.
  before(index) {
    let sum = 0;
    for (let k = index; k > 0; k -= k & -k) sum += this.tree[k];
    return sum;
  }

  // The item at a height.
  at(height) {
    let index = 0;
    let rest = height;
    for (let step = 1 << Math.floor(Math.log2(this.tree.length)); step > 0; step >>= 1) {
      if (index + step < this.tree.length && this.tree[index + step] <= rest) {
        index += step;
        rest -= this.tree[index];
      }
    }
    return Math.min(index, this.values.length - 1);
  }
}

class VirtualList {
  // render(item) makes an element, keyOf(item) names what it shows, guess(item) its height in pixels.
  constructor(viewport, canvas, { render, keyOf, guess }) {
    Object.assign(this, { viewport, canvas, render, keyOf, guess });
    this.items = [];
    this.mounted = new Map(); // index -> {element, key}
    this.measured = new Map(); // key -> height
    this.heights = new Heights([]);
    this.observer = new ResizeObserver(() => this.resized());
    this.width = 0;
    viewport.addEventListener("scroll", () => this.later(), { passive: true });
    new ResizeObserver(() => this.refit()).observe(viewport);
  }

  setItems(items, keepPlace = false) {
    const anchor = keepPlace ? this.anchor() : null;
    this.items = items;
    this.heights = new Heights(items.map((item) => this.measured.get(this.keyOf(item)) || this.guess(item)));
    if (anchor) {
      const index = items.findIndex((item) => this.keyOf(item).startsWith(anchor.name));
      if (index >= 0) this.viewport.scrollTop = this.heights.before(index) + anchor.offset;
    } else this.viewport.scrollTop = 0;
    this.draw();
  }

  // The first item in view and how far it is scrolled.
  anchor() {
    if (!this.items.length) return null;
    const index = this.heights.at(this.viewport.scrollTop);
    const item = this.items[index];
    return item ? { name: this.keyOf(item).split("@")[0], offset: this.viewport.scrollTop - this.heights.before(index) } : null;
  }

  later() {
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => { this.pending = 0; this.draw(); });
  }

  // Another width makes other heights.
  refit() {
    if (this.viewport.clientWidth === this.width) { this.later(); return; }
    this.width = this.viewport.clientWidth;
    this.measured.clear();
    this.setItems(this.items, true);
  }

  draw() {
    this.mount();
    // What is new has its real height only now; a taller or smaller one moves all that is below it.
    if (this.measure()) this.mount();
    this.measure();
    this.place();
  }

  // Puts the items in view into the document, each in its place, and takes the others out.
  mount() {
    const { viewport, canvas, heights, items } = this;
    const room = viewport.clientHeight;
    const first = items.length ? heights.at(Math.max(0, viewport.scrollTop - room / 2)) : 0;
    const last = items.length ? heights.at(viewport.scrollTop + 1.5 * room) : -1;
    const old = new Map([...this.mounted.values()].map((each) => [each.key, each]));
    this.mounted = new Map();
    let previous = null;
    for (let index = first; index <= last; index += 1) {
      const key = this.keyOf(items[index]);
      let each = old.get(key);
      if (each) old.delete(key);
      else {
        each = { key, element: this.render(items[index]) };
        this.observer.observe(each.element);
      }
      const next = previous ? previous.nextSibling : canvas.firstChild;
      if (next !== each.element) canvas.insertBefore(each.element, next);
      previous = each.element;
      each.index = index;
      this.mounted.set(index, each);
    }
    for (const { element } of old.values()) {
      this.observer.unobserve(element);
      element.remove();
    }
    this.place();
  }

  place() {
    this.canvas.style.height = `${this.heights.before(this.items.length)}px`;
    for (const { element, index } of this.mounted.values()) {
      element.style.transform = `translateY(${this.heights.before(index)}px)`;
    }
  }

  // Takes in the heights of what is in the document; tells whether one was another than thought.
  measure() {
    let shift = 0;
    let changed = false;
    const top = this.viewport.scrollTop;
    for (const { element, index, key } of this.mounted.values()) {
      const height = element.offsetHeight;
      if (!height || height === this.heights.values[index]) continue;
      const above = this.heights.before(index) + this.heights.values[index] <= top;
      const difference = this.heights.set(index, height);
      this.measured.set(key, height);
      changed = true;
      if (above) shift += difference;
    }
    if (changed) this.place();
    if (shift) this.viewport.scrollTop = top + shift;
    return changed;
  }

  resized() {
    if (this.measure()) this.draw();
  }

  // Brings an item into view, with some room above it; its neighbours' heights may still be guesses.
  show(index, align = "nearest") {
    for (let turn = 0; turn < 3; turn += 1) {
      const top = this.heights.before(index);
      const bottom = top + this.heights.values[index];
      const { scrollTop, clientHeight } = this.viewport;
      const margin = Math.min(80, clientHeight / 6);
      const fits = top >= scrollTop && bottom <= scrollTop + clientHeight;
      if (align === "nearest" && fits) return;
      const higher = bottom - top > clientHeight - margin;
      const below = align === "nearest" && bottom > scrollTop + clientHeight && top > scrollTop && !higher;
      this.viewport.scrollTop = below ? bottom - clientHeight + margin / 2 : top - margin;
      this.draw();
    }
  }

  elementOf(index) {
    const each = this.mounted.get(index);
    return each ? each.element : null;
  }
}
