/* Sizes as they are drawn: letters, targets, what is cut off. Needs walk.js. Evaluated in the page: defines `measure`. */
window.measure = (() => {
  const text = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const own = (element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const unique = (lines) => [...new Set(lines)];

  /* a link in a sentence: its line has words of others beside it */
  const inline = (element) => {
    if (element.localName !== "a" || getComputedStyle(element).display !== "inline") return false;
    let block = element.parentElement;
    while (block && getComputedStyle(block).display === "inline") block = block.parentElement;
    return text(block).length > text(element).length;
  };
  const scaled = (element) => {
    const svg = element.ownerSVGElement || element;
    const matrix = element.getScreenCTM ? element.getScreenCTM() : null;
    return matrix && svg ? Math.hypot(matrix.a, matrix.b) : 1;
  };

  return {
    /* elements whose letters are smaller than `least` px, in charts than `chart` */
    small: (least, chart) => unique([...document.body.querySelectorAll("*")].filter((element) => own(element).length && walk.isShown(element)).map((element) => {
      const inChart = Boolean(element.closest("svg"));
      const size = parseFloat(getComputedStyle(element).fontSize) * (inChart ? scaled(element) : 1);
      return size < (inChart ? chart : least) - .05 ? `${walk.name(element)} ${size.toFixed(1)} px` : "";
    }).filter(Boolean)),

    /* what can be pressed, stands in no sentence, and is smaller than `least` px either way */
    targets: (least) => unique(walk.operable(document).filter((element) => !inline(element) && !element.matches("code, div")).flatMap((element) => {
      const boxes = [element, ...(element.labels || [])].filter(walk.isShown).map((item) => item.getBoundingClientRect());
      if (!boxes.length) return [];
      const [width, height] = [Math.max(...boxes.map((box) => box.width)), Math.max(...boxes.map((box) => box.height))];
      return Math.min(width, height) < least - .5 ? [`${walk.name(element)} ${width.toFixed(0)} × ${height.toFixed(0)} px`] : [];
    })),

    /* boxes that cut off what they hold and do not scroll */
    cut: () => unique([...document.body.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      if (!walk.isShown(element) || !/hidden|clip/.test(style.overflowX + style.overflowY) || element.closest("svg")) return false;
      return element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    }).map(walk.name)),

    /* words that run out of the page, or over the edge of a box that does not let them */
    outside: () => unique([...document.body.querySelectorAll("main *, header *, footer *, dialog[open] *")].filter((element) => {
      if (!own(element).length || !walk.isShown(element)) return false;
      for (let box = element; box; box = box.parentElement) if (/auto|scroll/.test(getComputedStyle(box).overflowX)) return false;
      const range = document.createRange();
      return own(element).some((node) => {
        range.selectNodeContents(node);
        return [...range.getClientRects()].some(({left, right}) => left < -1 || right > document.documentElement.clientWidth + 1);
      });
    }).map(walk.name)),

    /* two controls on the same spot */
    overlapping: () => {
      const all = walk.operable(document).filter((element) => walk.isShown(element) && !/fixed|sticky/.test(getComputedStyle(element).position));
      return unique(all.flatMap((element, place) => all.slice(place + 1, place + 4).map((next) => {
        if (element.contains(next) || next.contains(element)) return "";
        const [a, b] = [element.getBoundingClientRect(), next.getBoundingClientRect()];
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        return getComputedStyle(element).display !== "inline" && getComputedStyle(next).display !== "inline" && wide > 1 && high > 1 ? `${walk.name(element)} and ${walk.name(next)}` : "";
      })).filter(Boolean));
    },

    wider: () => document.documentElement.scrollWidth - document.documentElement.clientWidth,

    /* icons that are drawn as a background, which forced colours take away */
    icons: () => [...document.querySelectorAll(".mingge-icon")].filter(walk.isShown).filter((element) =>
      getComputedStyle(element, "::before").backgroundColor === getComputedStyle(document.body).backgroundColor).map(walk.name),

    /* buttons and fields that have neither an edge nor words */
    bare: () => walk.operable(document).filter((element) => element.matches("button, input:not([type=radio], [type=checkbox]), select") && walk.isShown(element)).filter((element) =>
      getComputedStyle(element).borderTopStyle === "none" && !text(element) && !element.matches(".mingge-icon")).map(walk.name),

    moving: () => document.getAnimations().map((animation) => `${walk.name(animation.effect.target)} ${animation.effect.getTiming().duration}`),
  };
})();
