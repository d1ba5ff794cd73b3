/* Search with Pagefind, loaded on first use. Without it every opener stays the plain link it is in the HTML.
   Openers: any element with data-mingge-search; a form or search field with it passes its words on. */
(() => {
  const dialog = document.getElementById("mingge-search");
  if (!dialog || typeof dialog.showModal !== "function") return;

  // Relative to this file, so that the site works from any folder of any host.
  const library = new URL("../../pagefind/pagefind.js", document.currentScript.src).href;
  const page = 8;
  const pause = 200;
  const input = dialog.querySelector("input");
  const status = dialog.querySelector("[role=status]");
  const list = dialog.querySelector("ol");
  const more = dialog.querySelector("[data-more]");

  let loading = null;
  let found = [];
  let shown = 0;
  let asked = 0;
  let timer = 0;

  const load = () => {
    loading = loading || import(library).then((engine) => engine.init().then(() => engine));
    loading.catch(() => { loading = null; });
    return loading;
  };

  const element = (name, className, text) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  };

  // Generated pages are indexed one Chinese character a word (builder/site/search.py says why), so a quoted
  // query of single characters finds any part of a name; what people wrote is indexed in words, as it comes.
  const signs = /[\u{2e80}-\u{10ffff}]/gu;
  const queries = (words) => {
    const spaced = words.replace(/"/g, " ").replace(signs, " $& ").replace(/\s+/g, " ").trim();
    return spaced.includes(" ") ? [`"${spaced}"`, words, spaced] : [words];
  };

  const find = async (words) => {
    const engine = await load();
    for (const query of queries(words)) {
      const { results } = await engine.search(query);
      if (results.length) return results;
    }
    return [];
  };

  // Pagefind's excerpt is escaped HTML with <mark>: take its text and marks and nothing else, and take out
  // the spaces that stand between the characters of the index.
  const excerpt = (html) => {
    const target = element("span", "mingge-result__excerpt");
    const close = html
      .replace(/ +(<\/mark>)/g, "$1 ")
      .replace(/([\u2e80-\uffff](?:<[^>]*>)*) +(?=(?:<[^>]*>)*[^a-z <])/gi, "$1")
      .replace(/([^a-z >](?:<[^>]*>)*) +(?=(?:<[^>]*>)*[\u2e80-\uffff])/gi, "$1");
    for (const node of new DOMParser().parseFromString(close, "text/html").body.childNodes) {
      target.append(node.nodeName === "MARK" ? element("mark", "", node.textContent) : node.textContent);
    }
    return target;
  };

  const result = (data) => {
    const item = element("li");
    const link = element("a", "mingge-result");
    link.href = data.url;
    link.append(element("span", "mingge-result__title", data.meta.title || data.url));
    if (data.meta.subtitle) link.append(element("span", "mingge-result__subtitle", data.meta.subtitle));
    link.append(excerpt(data.excerpt));
    item.append(link);
    return item;
  };

  const show = async (turn) => {
    const items = await Promise.all(found.slice(shown, shown + page).map((hit) => hit.data()));
    if (turn !== asked) return;
    list.append(...items.map(result));
    shown += items.length;
    more.hidden = shown >= found.length;
  };

  const clear = (message) => {
    found = [];
    shown = 0;
    list.textContent = "";
    more.hidden = true;
    status.textContent = message;
  };

  const search = async () => {
    const turn = ++asked;
    const words = input.value.trim();
    if (!words) return clear("");
    status.textContent = dialog.dataset.searching;
    try {
      const results = await find(words);
      if (turn !== asked) return;
      clear(results.length ? dialog.dataset.count.replace("{count}", results.length) : dialog.dataset.none);
      found = results;
      await show(turn);
    } catch {
      if (turn === asked) clear(dialog.dataset.failed);
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(search, pause);
  };

  const step = (by) => {
    const stops = [input, ...list.querySelectorAll("a")];
    const next = stops.indexOf(document.activeElement) + by;
    if (next >= 0 && next < stops.length) stops[next].focus();
  };

  const open = (words) => {
    if (!dialog.open) dialog.showModal();
    if (words) input.value = words;
    input.select();
    load().catch(() => {});
    if (input.value) search();
  };

  // While an input method composes, the field holds letters that are not yet the reader's words.
  input.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  input.addEventListener("compositionend", later);
  more.addEventListener("click", async () => {
    const first = shown;
    await show(asked);
    const links = list.querySelectorAll("a");
    if (links[first]) links[first].focus();
  });

  dialog.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close], [data-areas], .mingge-result")) dialog.close();
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const first = list.querySelector("a");
    if (first) first.focus();
  });

  for (const opener of document.querySelectorAll("[data-mingge-search]")) {
    const field = opener.matches("form") ? opener.querySelector("input") : null;
    opener.setAttribute("aria-haspopup", "dialog");
    opener.addEventListener(field ? "submit" : "click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(field ? field.value.trim() : "");
    });
  }
})();
