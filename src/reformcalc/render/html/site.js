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

  const found = (text) => {
    const want = wanted(text);
    const all = want.words.length || want.sums.length
      ? INDEX.entries.map((entry) => [score(want, entry), entry]).filter(([worth]) => worth > 0)
      : [];
    if (!want.sums.length) {
      for (const [address, word, meaning, plain] of INDEX.words) {
        if (plain === want.together) {
          all.push([3 * INDEX.together + 2 * INDEX.naming * want.words.length, [address, "what it means", word, meaning]]);
        }
      }
      for (const [address, title, names] of INDEX.pages) {
        if (names.includes(want.together)) all.push([Infinity, [address, "page", title]]);
      }
    }
    return all.sort((one, other) => other[0] - one[0]);
  };

  // Whether one word becomes another by one letter more, less, other, or two that change places.
  const near = (one, other) => {
    if (Math.abs(one.length - other.length) > 1) return false;
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    const [a, b] = [one.slice(at), other.slice(at)];
    return a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1)
      || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  };

  // Other ways to ask, the likeliest first: with the words of the record that are nearest to each
  // word that it does not have; else, where it has each, with each of them alone.
  const otherwise = (text) => {
    const { words, together } = wanted(text);
    const often = new Map();
    for (const [, , , , , names, texts] of INDEX.entries) {
      for (const [worth, said] of [...names.map((name) => [INDEX.naming, name]), ...texts]) {
        for (const word of said.split(" ")) often.set(word, (often.get(word) || 0) + worth);
      }
    }
    const every = [...often.keys()].filter((word) => word.length > 2);
    const has = (word) => every.some((one) => one.includes(word));
    const like = (word) => {
      const close = every.filter((one) => near(word, one));
      for (let end = word.length - 1; !close.length && end > 3 && end > word.length / 2; end -= 1) {
        close.push(...every.filter((one) => one.startsWith(word.slice(0, end))));
      }
      const begins = (one) => (one[0] === word[0] ? 1 : 0);
      return close.sort((one, other) => begins(other) - begins(one) || often.get(other) - often.get(one)).slice(0, 5);
    };
    const unknown = words.filter((word) => !has(word));
    const known = words.filter(has);
    if (unknown.length === 1) {
      const asked = like(unknown[0]).map((word) => together.replace(unknown[0], word)).filter((one) => found(one).length);
      if (asked.length) return asked;
    }
    return [known.join(" "), ...known].filter((one, place, all) => one && one !== together && all.indexOf(one) === place);
  };

  const show = (text) => {
    const list = document.getElementById("found");
    const status = document.getElementById("status");
    let all = found(text);
    let said = `${all.length} found for \u201c${text}\u201d`;
    if (!all.length) {
      const asked = otherwise(text).filter((one) => found(one).length);
      said = `Nothing in the record has \u201c${text}\u201d.`;
      if (asked.length) {
        all = found(asked[0]);
        said += ` Shown are ${all.length} found for \u201c${asked[0]}\u201d.`;
        const others = asked.slice(1).map((one) => {
          const link = element("a", one);
          link.href = `?q=${encodeURIComponent(one)}`;
          return link;
        });
        const line = document.getElementById("near");
        line.hidden = !others.length;
        line.replaceChildren("Or: ", ...others.flatMap((link) => [link, " "]));
      }
    }
    status.textContent = said;
    list.replaceChildren(...all.slice(0, 100).map(([, [address, kind, name, says]]) => {
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
    const has = (row, one) => one.options
      ? (row.getAttribute(`data-${one.name}`) || "").split(" ").includes(one.value)
      : folded(row.cells[0].textContent).includes(folded(one.value));
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
        row.hidden = !chosen.every((one) => has(row, one));
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
      if (value && (!one.options || [...one.options].some((option) => option.value === value))) one.value = value;
      one.addEventListener("input", () => {
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
