/* Tables in a box marked data-sortable get a button in each heading: up, down, and back to the order of the server.
   A cell is put in order by its data-value, else by its text; an empty value comes last both ways. */
(() => {
  const key = (row, column) => {
    const cell = row.cells[column];
    return (cell.dataset.value === undefined ? cell.textContent : cell.dataset.value).trim();
  };

  const compare = (a, b) => {
    const difference = Number(a) - Number(b);
    return Number.isNaN(difference) ? a.localeCompare(b, document.documentElement.lang) : difference;
  };

  const order = (rows, column, direction) => rows
    .map((row, place) => ({ row, place, key: key(row, column) }))
    .sort((a, b) => (!a.key - !b.key) || (a.key && direction * compare(a.key, b.key)) || a.place - b.place)
    .map((item) => item.row);

  const shapes = { none: "↕", ascending: "↑", descending: "↓" };
  const next = { none: "ascending", ascending: "descending", descending: "none" };

  for (const table of document.querySelectorAll("[data-sortable] > table")) {
    const body = table.tBodies[0];
    const served = [...body.rows];
    const headings = [...table.tHead.rows[0].cells];

    const mark = (heading, state) => {
      heading.setAttribute("aria-sort", state);
      heading.querySelector(".mg-sort").textContent = shapes[state];
    };

    headings.forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "mg-sort";
      button.setAttribute("aria-label", `${table.parentElement.dataset.sortable} ${heading.textContent.trim()}`);
      heading.append(button);
      mark(heading, "none");
      button.addEventListener("click", () => {
        const state = next[heading.getAttribute("aria-sort")];
        for (const other of headings) mark(other, other === heading ? state : "none");
        const direction = state === "descending" ? -1 : 1;
        body.append(...(state === "none" ? served : order(served, column, direction)));
      });
    });
  }
})();
