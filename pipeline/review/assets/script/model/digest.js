// @ts-check
// BLAKE2b (RFC 7693) without a key, to give a repaired row the id that the next run will give it.
/** @import { Paragraph } from "../types.js" */

import { pointCount } from "./text.js";

const BLAKE_START = [
  0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n,
];
const BLAKE_ORDER = [
  "0123456789abcdef",
  "ea489fd61c02b753",
  "b8c052fdae367194",
  "7931dcbe265a40f8",
  "905724afe1bc683d",
  "2c6a0b834d75fe19",
  "c51fed4a0763928b",
  "db7ec13950f4862a",
  "6fe9b308c2d714a5",
  "a2847615fb9e3cd0",
].map((line) => Array.from(line, (digit) => parseInt(digit, 16)));
const BLAKE_MIXED = [
  [0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15],
  [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14],
];
const MASK = 0xffffffffffffffffn;

/**
 * @param {bigint} value
 * @param {bigint} bits
 */
function turned(value, bits) {
  return ((value >> bits) | (value << (64n - bits))) & MASK;
}

/**
 * Updates the state with a block.
 * @param {bigint[]} state of 8 words
 * @param {Uint8Array} block of 128 bytes
 * @param {number} total bytes up to the end of the block
 * @param {boolean} last
 */
function compress(state, block, total, last) {
  /** @type {bigint[]} */
  const words = [];
  const view = new DataView(block.buffer, block.byteOffset, 128);
  for (let k = 0; k < 16; k += 1) words.push(view.getBigUint64(8 * k, true));
  const v = [...state, ...BLAKE_START];
  v[12] ^= BigInt(total);
  if (last) v[14] ^= MASK;
  for (let round = 0; round < 12; round += 1) {
    const order = BLAKE_ORDER[round % 10];
    BLAKE_MIXED.forEach(([a, b, c, d], k) => {
      v[a] = (v[a] + v[b] + words[order[2 * k]]) & MASK;
      v[d] = turned(v[d] ^ v[a], 32n);
      v[c] = (v[c] + v[d]) & MASK;
      v[b] = turned(v[b] ^ v[c], 24n);
      v[a] = (v[a] + v[b] + words[order[2 * k + 1]]) & MASK;
      v[d] = turned(v[d] ^ v[a], 16n);
      v[c] = (v[c] + v[d]) & MASK;
      v[b] = turned(v[b] ^ v[c], 63n);
    });
  }
  for (let k = 0; k < 8; k += 1) state[k] ^= v[k] ^ v[k + 8];
}

/**
 * @param {Uint8Array} bytes
 * @param {number} size of the digest, in bytes
 * @returns {string} hexadecimal digits
 */
export function blake2b(bytes, size) {
  const state = [...BLAKE_START];
  state[0] ^= 0x01010000n ^ BigInt(size);
  const blocks = Math.max(1, Math.ceil(bytes.length / 128));
  const padded = new Uint8Array(128 * blocks);
  padded.set(bytes);
  for (let k = 0; k < blocks; k += 1) {
    const last = k === blocks - 1;
    compress(state, padded.subarray(128 * k, 128 * k + 128), last ? bytes.length : 128 * (k + 1), last);
  }
  let out = "";
  for (let k = 0; k < size; k += 1) {
    out += Number((state[k >> 3] >> BigInt(8 * (k & 7))) & 0xffn).toString(16).padStart(2, "0");
  }
  return out;
}

/**
 * Returns the id of a row: the digest of language code, length and text of each paragraph.
 * @param {Paragraph[]} paragraphs
 */
export function contentId(paragraphs) {
  const parts = paragraphs.map((p) => `${p.language}\0${pointCount(p.text)}\0${p.text}`);
  return unlikeNumber(blake2b(new TextEncoder().encode(parts.join("")), 6));
}

/**
 * Returns an id that no spreadsheet takes for a number.
 * @param {string} id
 */
function unlikeNumber(id) {
  return /^\d+(e\d+)?$/.test(id) ? "ghijklmnop"[Number(id[0])] + id.slice(1) : id;
}
