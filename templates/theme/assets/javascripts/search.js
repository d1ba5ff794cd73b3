/* The finder: every form with data-mingge-find, the dialog's and those in pages, looks through find/data.json
   (builder/pages/finder.py) while the reader types. Pagefind is asked for texts, and only when they are wanted.
   Without script the forms lead to find/, and every opener stays the plain link it is in the HTML. */
(() => {
  const dialog = document.getElementById("mingge-search");
  if (!dialog || typeof dialog.showModal !== "function") return;

  // Relative to this file, so that the site works from any folder of any host.
  const root = new URL("../../", document.currentScript.src);
  const words = dialog.dataset;
  // What is asked for comes from the release that the page is of (builder/site/lasting.py).
  const edition = words.edition ? new URL(words.edition, location.href) : root;
  const few = 8; // results at first, and streets that are loaded at once
  const pause = 120;
  const patience = 700;

  // ── words ──────────────────────────────────────────────────────────────────────────────────────

  const isChinese = (sign) => sign >= "\u2e80";
  const plain = (text) => text.normalize("NFKD").replace(/[\p{M}'’ʼ]/gu, "").toLowerCase();
  // Signs part words, and blanks count between Latin words only.
  const fold = (text) => plain(text).replace(/[\s\p{P}\p{S}\p{Z}]+/gu, " ").trim()
    .replace(/([\u2e80-\u{3ffff}]) | (?=[\u2e80-\u{3ffff}])/gu, "$1");
  const solid = (text) => fold(text).replace(/ /g, "");

  const house = /\s*[\d〇零一二三四五六七八九十百]+(?:\s*[-–—之]\s*\d+)*\s*[a-z]?\s*(?:号|號|栋|棟|幢|座|单元|單元|楼|樓|室|弄|户|戶|门|門).*$/iu;
  const homeless = (text) => text.replace(house, "").replace(/([\u2e80-\u9fff])\s*\d[\d\s-]*$/u, "$1").replace(/^\d+[a-z]?\s+|\s+\d+[a-z]?$/gi, "");

  // ── the data ───────────────────────────────────────────────────────────────────────────────────

  let loading = null;
  let data = null;

  const get = (path) => fetch(new URL(path, edition)).then((answer) => {
    if (!answer.ok) throw new Error(path);
    return answer.json();
  });

  const item = (kind, order, path, name, code, place, note) =>
    ({ kind, order, path, name, title: fold(name), code, digits: solid(code), place, note, short: "", words: [] });

  const add = (table, kind, folder) => table.code.forEach((code, row) => {
    const found = item(kind, data.items.length, `${folder}/${code}/`, table.name[row], code, table.area[row], kind ? table.kind : "");
    found.heading = table.title;
    for (const [title, isPhone, cells] of table.words) {
      for (const line of cells[row] ? cells[row].split("\n") : []) {
        const [lead, word] = line.includes("\t") ? line.split("\t") : ["", line];
        found.words.push({ title, isPhone, text: lead + word, fold: isPhone ? word.replace(/\D/g, "") : fold(word) });
      }
    }
    data.items.push(found);
  });

  const begin = (found) => {
    const { areas } = found;
    data = { items: [], areas: [], sounds: new Map(), parts: found.parts.map(([code, known]) => ({ code, known, loading: null })) };
    areas.code.forEach((code, row) => {
      const area = item(2, row, `area/${code}/`, areas.name[row], code, areas.up[row], areas.kinds[areas.kind[row]]);
      area.heading = areas.title;
      area.short = fold(areas.short[row]);
      data.areas.push(area);
    });
    data.items.push(...data.areas);
    for (const group of found.sounds ? found.sounds.split("|") : []) {
      const syllable = group.match(/^[a-z]+/)[0];
      for (const sign of group.slice(syllable.length)) {
        data.sounds.set(sign, [...data.sounds.get(sign) || [], syllable]);
      }
    }
    add(found.grids, 0, "grid");
    add(found.branches, 1, "branch");
  };

  const load = () => {
    loading = loading || get("find/data.json").then(begin);
    loading.catch(() => { loading = null; });
    return loading;
  };

  const fill = (part) => {
    part.loading = part.loading || get(`find/${part.code}/data.json`).then((found) => {
      add(found.grids, 0, "grid");
      add(found.branches, 1, "branch");
    });
    part.loading.catch(() => { part.loading = null; });
    return part.loading;
  };

  // A large package is parted by streets: those that may have what is typed, or all when none says so, the nearest first.
  const wanted = (typed) => {
    const text = fold(typed);
    const around = (test) => new Set(data.areas.filter(test).flatMap((area) => [area, ...path(area)]).map((one) => one.code));
    const inside = around((area) => area.title.includes(text));
    const near = around((area) => area.title.startsWith(text.slice(0, 2)));
    const asked = fold(homeless(typed.normalize("NFKC")));
    const keys = [...[...asked].filter(isChinese), ...(asked.match(/[a-z][a-z0-9]*/g) || []).map((word) => ` ${word.slice(0, 3)}`)];
    const digits = solid(typed);
    const likely = data.parts.filter(({ code, known }) => inside.has(code) || (keys.length
      ? keys.every((key) => known.includes(key))
      : digits.length > 4 && (digits.startsWith(solid(code)) || solid(code).startsWith(digits))));
    return (likely.length ? likely : [...data.parts]).sort((a, b) => near.has(b.code) - near.has(a.code));
  };

  // ── what sounds alike ──────────────────────────────────────────────────────────────────────────

  // What many do not tell apart: z and zh, n and l, in and ing.
  const blur = (letters) => letters.replace(/([zcs])h/g, "$1").replace(/l/g, "n").replace(/([ei]n)g/g, "$1");
  const same = (letters) => letters;

  // Returns how far `typed` gets from `at` in `text`, -1 for not at all: a character matches one of its sound, letters
  // match a syllable, or its beginning where nothing more is typed, and, with `loosely`, its initial alone.
  const sounded = (typed, text, at, tone, loosely, from = 0) => {
    if (from === typed.length) return at;
    if (at === text.length) return -1;
    const go = (taken) => sounded(typed, text, at + 1, tone, loosely, from + taken);
    if (typed[from] === text[at]) return go(1);
    const mine = (data.sounds.get(text[at]) || []).map(tone);
    if (isChinese(typed[from])) {
      return (data.sounds.get(typed[from]) || []).some((one) => mine.includes(tone(one))) ? go(1) : -1;
    }
    const rest = typed.slice(from).join("");
    for (const one of mine) {
      if (one.startsWith(rest)) return at + 1;
      for (const cut of loosely ? [one, one[1] === "h" ? one.slice(0, 2) : one[0], one[0]] : [one]) {
        const end = rest.startsWith(cut) ? go(cut.length) : -1;
        if (end >= 0) return end;
      }
    }
    return -1;
  };

  // Each compares typed words with one text: 0 the same, 1 begins so, 2 a word begins so, 3 holds it, -1 nothing.
  const written = (typed, text) => {
    if (!typed) return -1;
    if (typed === text) return 0;
    if (text.startsWith(typed)) return 1;
    if (text.includes(` ${typed}`)) return 2;
    return text.includes(typed) && (typed.length > 1 || isChinese(typed)) ? 3 : -1;
  };
  const heard = (tone, loosely) => (typed, text) => {
    const signs = [...tone(typed.replace(/ü/g, "v").replace(/ /g, ""))];
    const of = [...text];
    if (signs.length < 2 || !of.some(isChinese)) return -1;
    for (let at = 0; at < (loosely ? 1 : of.length); at += 1) {
      const end = sounded(signs, of, at, tone, loosely);
      if (end >= 0) return at ? 3 : end === of.length ? 0 : 1;
    }
    return -1;
  };
  // A code or a telephone: all of it, its end, its beginning, or four and more of its digits.
  const numbered = (typed, text, least) => {
    if (typed.length < 3 || !/\d/.test(typed) || !text) return -1;
    if (typed === text || (text.endsWith(typed) && typed.length >= least)) return 0;
    if (text.endsWith(typed)) return 1;
    if (typed.length < 4) return -1;
    return text.startsWith(typed) ? 2 : text.includes(typed) ? 3 : -1;
  };

  // ── ranking ────────────────────────────────────────────────────────────────────────────────────

  const path = (found) => {
    const above = [];
    for (let at = found.place; at >= 0; at = data.areas[at].place) above.unshift(data.areas[at]);
    return above;
  };

  // Returns the best way in which one typed word finds an item: { rank, own, reason }. `own`: exactly its name or number.
  const rated = (found, typed, compare) => {
    let best = null;
    const offer = (match, weight, own, reason) => {
      const rank = match * 10 + weight;
      if (match >= 0 && (!best || rank < best.rank)) best = { rank, own: own && match === 0, reason };
    };
    offer(compare(typed, found.title), 0, true, "");
    if (found.short && typed === found.short) offer(0, 0, true, "");
    const digits = /^[a-z]*[\d ]+[a-z]?$/.test(typed) ? typed.replace(/ /g, "") : "";
    if (compare === written && digits) {
      offer(written(digits, found.title.replace(/ /g, "")), 0, true, "");
      offer(numbered(digits, found.digits, 99), 1, true, [found.heading, found.code]);
    }
    for (const word of found.words) {
      const match = word.isPhone ? (compare === written ? numbered(digits, word.fold, 7) : -1) : compare(typed, word.fold);
      offer(match, 12, word.isPhone, [word.title, word.text]);
    }
    if (!best && found.kind < 2) {
      for (const area of path(found)) offer(compare(typed, area.title), 90, false, "");
    }
    return best;
  };

  const matched = (typed, compare) => data.items.flatMap((found) => {
    const ways = typed.map((word) => rated(found, word, compare));
    if (!ways.length || ways.some((way) => !way)) return [];
    const own = ways.every((way) => way.own);
    const reason = (ways.find((way) => way.reason) || ways[0]).reason;
    return [{ found, own, reason, rank: Math.max(...ways.map((way) => way.rank)) }];
  });

  // An address in one piece, such as 城南街道晨曦巷12号: the items whose names cover most of it.
  const within = (typed) => {
    const held = (text) => (text.length > 1 && typed.includes(text) ? text.length : 0);
    const hits = data.items.flatMap((found) => {
      const word = found.words.find((one) => !one.isPhone && held(one.fold));
      const own = held(found.title) + (word ? held(word.fold) : 0);
      const rest = own && found.kind < 2 ? path(found).reduce((sum, area) => sum + held(area.title), 0) : 0;
      return own ? [{ found, own: false, reason: word && [word.title, word.text], rank: -own - rest }] : [];
    });
    const best = Math.min(...hits.map((hit) => hit.rank));
    return hits.filter((hit) => hit.rank === best);
  };

  const kindOf = (hit) => (hit.own ? (hit.found.kind === 2 ? -1 : 0) : 1 + hit.found.kind);
  const sorted = (hits) => hits.sort((a, b) =>
    kindOf(a) - kindOf(b) || a.rank - b.rank || (a.found.path < b.found.path ? -1 : 1));

  const look = (text) => {
    const typed = text.normalize("NFKC");
    const bare = homeless(typed);
    const ways = [];
    for (const compare of [written, ...(data.sounds.size ? [heard(same), heard(same, true), heard(blur)] : [])]) {
      for (const one of new Set([typed, bare])) {
        ways.push(() => matched([fold(one)], compare));
        const parts = one.split(/\s+/).map(fold).filter(Boolean);
        if (parts.length > 1) ways.push(() => matched(parts, compare));
      }
    }
    ways.push(() => within(fold(bare)));
    for (const way of ways) {
      const hits = way();
      if (hits.length) return sorted(hits);
    }
    return [];
  };

  // ── texts, by Pagefind ─────────────────────────────────────────────────────────────────────────

  let engine = null;
  const texts = () => {
    engine = engine || import(new URL("pagefind/pagefind.js", edition).href)
      .then((found) => found.options({ baseUrl: root.pathname }).then(() => found.init()).then(() => found));
    engine.catch(() => { engine = null; });
    return engine;
  };

  // Titles of what was published are indexed one Chinese character a word (builder/site/search.py says why), so that a
  // quoted query of single characters finds any part; what people wrote is indexed in words, as it comes.
  const read = async (typed) => {
    const spaced = typed.replace(/"/g, " ").replace(/[\u{2e80}-\u{10ffff}]/gu, " $& ").replace(/\s+/g, " ").trim();
    const found = await texts();
    for (const query of spaced.includes(" ") ? [`"${spaced}"`, typed, spaced] : [typed]) {
      const { results } = await found.search(query);
      if (results.length) return results;
    }
    return [];
  };

  // Pagefind's excerpt is escaped HTML with <mark>: take its text, without the spaces between single characters.
  const excerpt = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent
    .replace(/([\u2e80-\uffff]) +(?=[^a-z ])/gi, "$1").replace(/([^a-z ]) +(?=[\u2e80-\uffff])/gi, "$1");

  // ── what the reader sees ───────────────────────────────────────────────────────────────────────

  const element = (name, className, text) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  };

  const line = (href, title, ...notes) => {
    const link = element("a", "mingge-result");
    link.href = href;
    link.append(element("span", "mingge-result__title", title));
    for (const note of notes) if (note) link.append(element("span", "mingge-result__note", note));
    const row = element("li");
    row.append(link);
    return row;
  };

  const shown = ({ found, reason }) => {
    const above = path(found);
    const where = (above.length > 1 ? above.slice(1) : above).map((area) => area.name).join(" › ");
    const why = reason && words.reason.replace("{name}", reason[0]).replace("{text}", () => reason[1]);
    return line(new URL(found.path, root), found.name, [found.note, where].filter(Boolean).join(" · "), why);
  };

  const mount = (form) => {
    const input = form.querySelector("input");
    const status = element("p", "mingge-find__status");
    status.setAttribute("role", "status");
    const button = (text) => {
      const node = element("button", "mingge-find__more", text);
      node.type = "button";
      node.hidden = true;
      return node;
    };
    const list = element("ol", "mingge-find__results");
    const more = button(words.more);
    const ask = button(words.proseMore);
    const heading = element("h2", "mingge-find__heading", words.prose);
    const others = element("ol", "mingge-find__results");
    const box = element("div", "mingge-find");
    heading.hidden = true;
    if (form.closest("dialog")) list.id = "mingge-search-results";
    box.append(status, list, more, heading, others, ask);
    form.after(box);

    let turn = 0;
    let timer = 0;
    let hits = [];
    const links = () => [...box.querySelectorAll("a")];

    const extend = (rows) => {
      const from = list.children.length;
      list.append(...hits.slice(from, from + rows).map(shown));
      more.hidden = list.children.length >= hits.length;
    };
    const clear = (message) => {
      hits = [];
      list.textContent = others.textContent = "";
      more.hidden = heading.hidden = ask.hidden = true;
      status.textContent = message;
    };
    const counted = (number) => (number ? words.count.replace("{count}", number) : words.none);

    const prose = async () => {
      const mine = turn;
      ask.hidden = true;
      status.textContent = words.searching;
      try {
        const results = await read(input.value.trim());
        const pages = await Promise.all(results.slice(0, few).map((result) => result.data()));
        if (mine !== turn) return;
        heading.hidden = !pages.length;
        others.replaceChildren(...pages.map((page) => line(page.url, page.meta.title || page.url, page.meta.subtitle, excerpt(page.excerpt))));
        status.textContent = counted(hits.length + results.length);
      } catch {
        if (mine === turn) status.textContent = words.failed;
      }
    };

    const search = async () => {
      clearTimeout(timer);
      const mine = ++turn;
      const typed = input.value.trim();
      if (!typed) return clear("");
      if (!data || data.parts.length) status.textContent = words.searching;
      try {
        await load();
        // One street after the other, so that what is found first is seen first.
        const streets = data.parts.length ? wanted(typed) : [];
        for (let at = 0; at <= streets.length; at += few) {
          await Promise.all(streets.slice(at, at + few).map(fill));
          if (mine !== turn) return;
          const now = look(typed);
          clear(now.length ? counted(now.length) : words.searching);
          hits = now;
          extend(few);
          if (hits.some(({ own, found }) => own && !found.kind)) break;
        }
        ask.hidden = !hits.length;
        if (!hits.length) timer = setTimeout(prose, patience);
      } catch {
        if (mine === turn) clear(words.failed);
      }
    };

    const step = (by) => {
      const stops = [input, ...links()];
      const next = stops.indexOf(document.activeElement) + by;
      if (next >= 0 && next < stops.length) stops[next].focus();
    };

    // While an input method composes, the field holds letters that are not yet the reader's words.
    const later = () => { clearTimeout(timer); timer = setTimeout(search, pause); };
    input.addEventListener("input", (event) => { if (!event.isComposing) later(); });
    input.addEventListener("compositionend", later);
    input.addEventListener("focus", () => load().catch(() => {}), { once: true });
    // Where the box is what the page is for, its list is on its way before it is asked for, unless the reader saves data.
    const saves = navigator.connection && navigator.connection.saveData;
    if (!dialog.contains(form) && !saves) addEventListener("load", () => setTimeout(() => load().catch(() => {}), pause));
    more.addEventListener("click", () => {
      const first = list.children.length;
      extend(20);
      list.children[first].firstChild.focus();
    });
    ask.addEventListener("click", () => { input.focus(); prose(); });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await search();
      const [first] = links();
      if (first) first.focus();
    });
    for (const part of [form, box]) {
      part.addEventListener("keydown", (event) => {
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (!by || event.isComposing) return;
        event.preventDefault();
        step(by);
      });
    }
    return {
      input,
      search,
      show: (found) => {
        turn += 1;
        clear(counted(found.length));
        list.append(...found.map(({ label, path: place, note }) => line(new URL(place, root), label, note)));
      },
    };
  };

  const boxes = new Map([...document.querySelectorAll("[data-mingge-find]")].map((form) => [form, mount(form)]));
  const typed = new URLSearchParams(location.search).get("q");
  for (const [form, box] of boxes) {
    if (typed && !dialog.contains(form)) {
      box.input.value = typed;
      box.search();
    }
  }

  // What another script found, e.g. by position: [{label, path, note}], paths from the site's root.
  document.addEventListener("mingge:found", (event) => {
    const { target, detail } = event;
    const form = target instanceof Element ? target.closest("[data-mingge-find]") : null;
    const box = boxes.get(form) || [...boxes].filter(([other]) => !dialog.contains(other)).map(([, one]) => one)[0];
    if (!box || !Array.isArray(detail)) return;
    event.preventDefault(); // taken: the one who found it need not list it
    box.show(detail);
  });

  for (const opener of document.querySelectorAll("[data-mingge-search]")) {
    opener.setAttribute("aria-haspopup", "dialog");
    opener.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (!dialog.open) dialog.showModal();
      const box = boxes.get(dialog.querySelector("form"));
      box.input.select();
      box.input.focus();
    });
  }
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close], .mingge-result")) dialog.close();
  });
})();
