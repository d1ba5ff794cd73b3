/* The menu button is a label: Material lets Enter press it, a button must also answer to Space. */
(() => {
  const menu = document.querySelector(".mingge-menu");
  if (!menu) return;
  menu.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    menu.click();
  });
})();

/* The theme wraps wide tables of hand-written pages in boxes that scroll; a keyboard must reach them too. */
addEventListener("load", () => {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
});
