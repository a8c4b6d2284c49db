// @ts-check
// The heights of a list's items, in a Fenwick tree, so prefix sums and lookups take logarithmic time.

export class Heights {
  /** @param {number[]} heights in pixels */
  constructor(heights) {
    this.values = Float64Array.from(heights);
    this.tree = new Float64Array(this.values.length + 1);
    for (let k = 0; k < this.values.length; k += 1) this.tree[k + 1] = this.values[k];
    for (let k = 1; k < this.tree.length; k += 1) {
      const parent = k + (k & -k);
      if (parent < this.tree.length) this.tree[parent] += this.tree[k];
    }
  }

  /**
   * Sets the height of an item; returns the difference from the old height.
   * @param {number} index
   * @param {number} height
   */
  set(index, height) {
    const difference = height - this.values[index];
    this.values[index] = height;
    for (let k = index + 1; k < this.tree.length; k += k & -k) this.tree[k] += difference;
    return difference;
  }

  /**
   * Returns the total height before an item.
   * @param {number} index
   */
  before(index) {
    let sum = 0;
    for (let k = index; k > 0; k -= k & -k) sum += this.tree[k];
    return sum;
  }

  /**
   * Returns the item at an offset.
   * @param {number} height
   */
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
