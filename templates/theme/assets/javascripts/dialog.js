/* Links that open a dialog become buttons where the browser has dialogs: data-mingge-dialog names the dialog. Escape,
   the trap of the focus and its way back are the browser's own. */
(() => {
  if (typeof HTMLDialogElement !== "function") return;

  for (const link of document.querySelectorAll("a[data-mingge-dialog], .md-header a[data-mingge-search]")) {
    const button = document.createElement("button");
    button.type = "button";
    for (const { name, value } of link.attributes) if (name !== "href") button.setAttribute(name, value);
    button.setAttribute("aria-haspopup", "dialog");
    button.append(...link.childNodes);
    link.replaceWith(button);
  }

  for (const nav of document.querySelectorAll("[data-mingge-copy]")) {
    nav.append(...[...document.getElementById(nav.dataset.minggeCopy).children].map((node) => node.cloneNode(true)));
  }

  for (const button of document.querySelectorAll("button[data-mingge-dialog]")) {
    const dialog = document.getElementById(button.dataset.minggeDialog);
    button.addEventListener("click", () => dialog.showModal());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close], a")) dialog.close();
    });
  }
})();
