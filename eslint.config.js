// The rules for the script of the review page. The names of the browser are listed, and those in model/ do
// without: a module there that uses the document does not pass.

import { createRequire } from "node:module";
import { resolve } from "node:path";

// Node looks for modules beside this file, but the tools are in the environment.
const tools = resolve(process.env.NODE_PATH ?? ".venv/node/node_modules");
const js = createRequire(`${tools}/`)("@eslint/js");

const readonly = (names) => Object.fromEntries(names.split(" ").map((name) => [name, "readonly"]));

const LANGUAGE = readonly("TextEncoder crypto");
const BROWSER = readonly(
  "AbortController Worker Blob BroadcastChannel Element EventTarget HTMLButtonElement HTMLDetailsElement HTMLDialogElement " +
    "HTMLElement HTMLInputElement HTMLSelectElement HTMLTextAreaElement IDBKeyRange Node ResizeObserver URL " +
    "URLSearchParams addEventListener clearTimeout document fetch getSelection history indexedDB localStorage " +
    "location matchMedia navigator performance requestAnimationFrame sessionStorage setInterval setTimeout window",
);

// Words for people are messages: a literal with letters may not be text, a label or an announcement, but a key's name.
const LETTERS = "[value=/[a-z]{2}/i]:not([value='aria-label']):not(CallExpression[arguments.0.value='kbd'] *)";
const RAW = "[value.raw=/[a-z]{2}/i]";
const SHOWN = [
  "Property[key.name=/^(text|title|placeholder|alt)$/]",
  "Property[key.value='aria-label']",
  "AssignmentExpression[left.property.name='textContent']",
  "CallExpression[callee.name=/^(announce|decide|repair)$/]",
  "CallExpression[callee.name=/^(el|svg)$/]",
];
const WORDS = SHOWN.flatMap((place) => [
  `${place} > Literal${LETTERS}:not(CallExpression[callee.name=/^(el|svg)$/] > Literal:first-child)`,
  `${place} > ConditionalExpression > Literal${LETTERS}`,
  `${place} > TemplateLiteral > TemplateElement${RAW}`,
  `${place} > ConditionalExpression > TemplateLiteral > TemplateElement${RAW}`,
]);

export default [
  js.configs.recommended,
  { files: ["eslint.config.js"], languageOptions: { globals: readonly("process") } },
  {
    files: ["pipeline/review/assets/script/**/*.js"],
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: { ...LANGUAGE, ...BROWSER } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "max-lines-per-function": ["error", 40],
      "no-duplicate-imports": "error",
      "no-implicit-globals": "error",
      "no-undef": "error",
      "no-unused-vars": "error",
      "no-use-before-define": ["error", { functions: false }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["view", "control"].map((folder) => `pipeline/review/assets/script/${folder}/*.js`),
    rules: {
      "no-restricted-syntax": [
        "error",
        ...WORDS.map((selector) => ({ selector, message: "Words for people are messages: use say()." })),
      ],
    },
  },
  {
    files: ["pipeline/bitexts/assets/*.js"],
    languageOptions: { ecmaVersion: 2023, sourceType: "script", globals: BROWSER },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error" },
  },
  {
    files: ["pipeline/review/assets/script/model/**/*.js"],
    languageOptions: { globals: Object.fromEntries(Object.keys(BROWSER).map((name) => [name, "off"])) },
  },
];
