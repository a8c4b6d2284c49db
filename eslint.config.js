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
    files: ["pipeline/bitexts/assets/*.js"],
    languageOptions: { ecmaVersion: 2023, sourceType: "script", globals: BROWSER },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error" },
  },
  {
    files: ["pipeline/review/assets/script/model/**/*.js"],
    languageOptions: { globals: Object.fromEntries(Object.keys(BROWSER).map((name) => [name, "off"])) },
  },
];
