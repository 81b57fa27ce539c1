"use strict";
// Shows the rows that have all words of the filter box, and of a folded part that has any, its rows.
(() => {
  const box = document.getElementById("filter");
  const said = document.getElementById("filtered");
  box.closest("p").hidden = false;
  const rows = [...document.querySelectorAll("tbody tr:not(.group)")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const opened = new Set();
  const filter = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, place) => {
      const has = words.every((word) => texts[place].includes(word));
      row.hidden = !has;
      count += has ? 1 : 0;
    });
    for (const part of document.querySelectorAll("main details")) {
      const found = words.length > 0 && part.querySelector("tbody tr:not(.group):not([hidden])");
      if (found && !part.open) {
        part.open = true;
        opened.add(part);
      } else if (!found && opened.delete(part)) {
        part.open = false;
      }
    }
    said.textContent = words.length ? `${count} of ${rows.length} rows` : "";
  };
  box.addEventListener("input", filter);
})();
