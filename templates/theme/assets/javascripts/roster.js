/* Marks the shift of the present hour. The page says everything without it. */
(() => {
  const now = new Date();
  for (const row of document.querySelectorAll("[data-start]")) {
    const [start, end] = [row.dataset.start, row.dataset.end].map((text) => new Date(text.replace(" ", "T")));
    if (start <= now && now < end) row.setAttribute("aria-current", "time");
  }
})();
