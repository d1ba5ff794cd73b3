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
