// Finds what is looked for, and filters rows. All that it shows is on the pages without it.
"use strict";

(() => {
  const asked = new URLSearchParams(location.search);

  // Letters whatever their case and accents, words apart by one space: as `find` compares them.
  const folded = (text) => {
    const plain = text.toLowerCase().replace(/['\u2019]/g, "").normalize("NFKD").replace(/\p{M}/gu, "");
    return (plain.match(/[\p{L}\p{N}_£%][\p{L}\p{N}_£%.]*/gu) || []).map((word) => word.replace(/\.+$/, "")).join(" ");
  };

  const UNITS = { bn: 1e9, billion: 1e9, mn: 1e6, million: 1e6, m: 1e6, k: 1e3 };
  const SUM = /£\s*([\d.,]*\d)\s*(bn|billion|mn|million|m|k)?\b/gi;
  const UNSIGNED = /(^|[^\w£.,])(\d[\d.,]*\s*(?:bn|billion|mn|million|m)\b)/gi;

  const wanted = (text) => {
    const signed = text.replace(UNSIGNED, "$1£$2");
    const sums = [...signed.matchAll(SUM)].map(
      ([, figure, unit]) => Math.round(Number(figure.replace(/,/g, "")) * (UNITS[(unit || "").toLowerCase()] || 1))
    );
    const spelt = folded(signed.replace(SUM, " ")).split(" ").filter(Boolean);
    const telling = spelt.filter((word) => !INDEX.small.includes(word));
    const words = telling.length ? telling : sums.length ? [] : spelt;
    return { words: [...new Set(words)], sums, together: spelt.join(" ") };
  };

  // What the best place of each word and sum is worth; 0 where one of them is nowhere.
  const score = (want, [, , , , factor, names, texts, sums]) => {
    let total = 0;
    for (const word of want.words) {
      let best = 0;
      for (const [weight, text] of [...names.map((name) => [INDEX.naming, name]), ...texts]) {
        if (text.includes(word)) {
          best = Math.max(best, weight * (` ${text} `.includes(` ${word} `) ? INDEX.whole : 1));
        }
      }
      if (!best) return 0;
      total += best;
    }
    for (const sum of want.sums) {
      const best = Math.max(0, ...sums.filter(([, value]) => value === sum).map(([weight]) => weight));
      if (!best) return 0;
      total += best;
    }
    if (want.words.length && names.includes(want.together)) total += 2 * INDEX.together;
    else if (want.words.length > 1 && names.some((name) => ` ${name} `.includes(` ${want.together} `))) {
      total += INDEX.together;
    }
    return total * factor;
  };

  const element = (name, text) => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };

  const show = (text) => {
    const list = document.getElementById("found");
    const status = document.getElementById("status");
    const want = wanted(text);
    const found = want.words.length || want.sums.length
      ? INDEX.entries.map((entry) => [score(want, entry), entry]).filter(([worth]) => worth > 0)
      : [];
    if (!want.sums.length) {
      for (const [address, word, meaning, plain] of INDEX.words) {
        if (plain === want.together) {
          found.push([3 * INDEX.together + 2 * INDEX.naming * want.words.length, [address, "what it means", word, meaning]]);
        }
      }
    }
    found.sort((one, other) => other[0] - one[0]);
    status.textContent = found.length
      ? `${found.length} found for \u201c${text}\u201d`
      : `Nothing in the record has \u201c${text}\u201d`;
    list.replaceChildren(...found.slice(0, 100).map(([, [address, kind, name, says]]) => {
      const item = document.createElement("li");
      const link = element("a", name);
      link.href = address;
      item.append(link, element("small", says ? `${kind}: ${says}` : kind));
      return item;
    }));
  };

  if (typeof INDEX !== "undefined") {
    const text = (asked.get("q") || "").trim();
    document.getElementById("find").value = text;
    if (text) {
      document.title = `${text} · ${document.title}`;
      show(text);
    }
  }

  for (const form of document.querySelectorAll("form.filters")) {
    const table = form.nextElementSibling;
    const rows = [...table.tBodies[0].rows];
    const fields = [...form.elements].filter((one) => one.name);
    const filter = () => {
      const chosen = fields.filter((one) => one.value);
      let group = null;
      let shown = 0;
      let every = 0;
      for (const row of rows) {
        if (row.classList.contains("group")) {
          group = row;
          group.hidden = chosen.length > 0;
          continue;
        }
        every += 1;
        row.hidden = !chosen.every((one) => (row.getAttribute(`data-${one.name}`) || "").split(" ").includes(one.value));
        if (!row.hidden) {
          shown += 1;
          if (group) group.hidden = false;
        }
      }
      // What stands below a table is of the whole of it.
      const below = table.nextElementSibling;
      for (const whole of [table.tFoot, below && below.matches("ul.notes") ? below : null]) {
        if (whole) whole.hidden = chosen.length > 0;
      }
      form.querySelector("[role=status]").textContent = chosen.length ? `${shown} of ${every} shown` : `${every} in all`;
    };
    for (const one of fields) {
      const value = asked.get(one.name);
      if (value && [...one.options].some((option) => option.value === value)) one.value = value;
      one.addEventListener("change", () => {
        if (one.value) asked.set(one.name, one.value);
        else asked.delete(one.name);
        const query = asked.toString();
        history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
        filter();
      });
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    filter();
  }
})();
