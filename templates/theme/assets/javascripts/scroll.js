/* Boxes that scroll sideways can be reached with a keyboard; those that need not scroll are no stop. */
(() => {
  const mark = () => {
    for (const box of document.querySelectorAll(".mingge-scroll, .md-typeset pre > code")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  addEventListener("load", mark);
  addEventListener("resize", mark);
})();
