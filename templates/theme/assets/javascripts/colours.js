/* The switch between light and dark. Without a script the device decides, and the switch stays hidden. */
(() => {
  const page = document.documentElement;
  const root = new URL("../..", document.currentScript.src).pathname;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const present = () => page.dataset.minggeColours || (dark.matches ? "dark" : "light");
  const buttons = document.querySelectorAll("[data-mingge-colours]:is(button)");

  const show = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", present() === "dark");
  };

  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const next = present() === "dark" ? "light" : "dark";
      page.dataset.minggeColours = next;
      try { localStorage.setItem(`${root}colours`, next); } catch { /* forgotten with the page */ }
      show();
    });
  }
  dark.addEventListener("change", show);
  show();
})();
