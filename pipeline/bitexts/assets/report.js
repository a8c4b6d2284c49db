// Saves which findings were dismissed as a table for `synoptic check --dismissed`. Without it the report can only
// be read, so what it needs is hidden until it runs.
"use strict";
const boxes = [...document.querySelectorAll("input[data-id]")];
const commentOf = (box) => box.closest(".judge").querySelector("input[type=text]").value;
const cell = (text) => {
  const kept = /^'*[=+\-@\t\r\n|%＝＋－＠]/.test(text) ? `'${text}` : text; // no spreadsheet takes it for a formula
  return `"${kept.replaceAll('"', '""')}"`;
};
const line = (cells) => `${cells.map(cell).join(",")}\n`;
for (const element of document.querySelectorAll(".judge, #save")) element.hidden = false;
document.querySelector("#save button").addEventListener("click", () => {
  const judged = boxes.filter((box) => box.checked || box.defaultChecked || commentOf(box));
  const lines = judged.map((box) => [box.dataset.id, box.dataset.rule, box.checked ? "yes" : "no", commentOf(box)]);
  const table = [["id", "rule", "dismiss", "comment"], ...lines].map(line).join("");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([table], { type: "text/csv" }));
  link.download = document.querySelector("#save").dataset.name;
  link.click();
});
