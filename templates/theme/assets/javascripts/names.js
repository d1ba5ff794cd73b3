/* Tables and charts are called by what stands above them, so that a list of all tables of a page says which is which;
   a search by the label of its field, because a page may have two. */
(() => {
  let count = 0;
  const title = (box) => {
    for (let node = box; node && !node.matches("main"); node = node.parentElement) {
      if (node.matches("details") && node.firstElementChild.localName === "summary" && node !== box) return node.firstElementChild;
      for (let before = node.previousElementSibling; before; before = before.previousElementSibling) {
        if (/^h[1-6]$/.test(before.localName)) return before;
        const inside = before.querySelectorAll("h1, h2, h3, h4, h5, h6");
        if (inside.length) return inside[inside.length - 1];
      }
    }
    return null;
  };
  const call = (box, name) => {
    if (!name) return;
    if (!name.id) name.id = `mingge-name-${count += 1}`;
    box.setAttribute("aria-labelledby", name.id);
  };
  for (const box of document.querySelectorAll("main :is(table, figure):not([aria-label], [aria-labelledby])")) {
    if (!box.caption) call(box, box.querySelector("svg > title") || title(box));
  }
  for (const form of document.querySelectorAll("form[role=search]:not([aria-label], [aria-labelledby])")) {
    const opener = form.closest("dialog") && document.querySelector(".md-header [data-mingge-search]");
    if (opener) form.setAttribute("aria-label", opener.textContent.trim());
    else call(form, form.querySelector("label"));
  }
})();
