/* What a keyboard should reach, and what it does reach. Evaluated in the page: defines `walk`. */
window.walk = (() => {
  const OPERABLE = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, audio[controls], video[controls], [contenteditable], [tabindex]";

  /* the rectangles of an element that its clipping ancestors and the page's edges leave */
  const shown = (element) => {
    const alive = element.checkVisibility({opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true});
    if (!alive) return [];
    let boxes = [...element.getClientRects()].map(({left, top, right, bottom}) => [left + scrollX, top + scrollY, right + scrollX, bottom + scrollY]);
    for (let box = element; box && box !== document.body && box !== document.documentElement; box = box.parentElement) {
      const style = getComputedStyle(box), edge = box.getBoundingClientRect();
      const tiny = edge.width <= 2 || edge.height <= 2;
      if (style.clipPath === "inset(50%)" || style.clip === "rect(0px, 0px, 0px, 0px)") return [];
      if (box !== element && tiny && /hidden|clip/.test(style.overflow)) return [];
      if (style.position === "fixed") break;
    }
    boxes = boxes.filter(([left, top, right, bottom]) => right - left > 2 && bottom - top > 2 && right > 0 && bottom > 0 && left < document.documentElement.scrollWidth);
    return boxes;
  };
  const isShown = (element) => shown(element).length > 0;
  const name = (element) => {
    const id = element.id ? `#${element.id}` : "", kinds = [...element.classList].map((kind) => `.${kind}`).join("");
    return `${element.localName}${id}${kinds} “${(element.getAttribute("aria-label") || element.textContent || element.value || "").trim().replace(/\s+/g, " ").slice(0, 30)}”`;
  };
  const inGroup = (element) => element.type === "radio" && !element.checked && element.name
    && [...document.getElementsByName(element.name)].some((other) => other.checked || other !== element);
  const operable = (root) => [...root.querySelectorAll(OPERABLE)].filter((element) =>
    element.tabIndex >= 0 && !element.matches(":disabled") && !element.closest("[inert]") && !inGroup(element)
    && !(element.closest("dialog") && !element.closest("dialog[open]")));

  /* a label may stand for the input it hides */
  const seen = (element) => isShown(element) || [...(element.labels || [])].some(isShown);
  /* by less than a pixel, too: then the browser stops there */
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflow) && (element.scrollWidth >= element.clientWidth);

  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).map(Number).map((part) => (part /= 255) <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = (element) => {
    for (let box = element; box; box = box.parentElement) {
      const colour = getComputedStyle(box).backgroundColor;
      if (!/, 0\)$|^transparent$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + .05) / (dark + .05);
  };
  /* a ring drawn inside stands on the element's own ground, one drawn around it on its parent's */
  const ring = (element) => {
    const style = getComputedStyle(element);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return "no outline";
    const on = ground(parseFloat(style.outlineOffset) < 0 ? element : element.parentElement);
    const ratio = contrast(style.outlineColor, on);
    return ratio < 3 ? `outline ${style.outlineColor} on ${on}: ${ratio.toFixed(1)}` : "";
  };
  /* nothing of what the screen shows of an element can be touched */
  const covered = (element) => {
    const points = [...element.getClientRects()].flatMap((box) => {
      const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
      const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
      if (left >= right || top >= bottom) return [];
      return [.02, .25, .5, .75, .98].flatMap((x) => [.05, .5, .95].map((y) => [left + (right - left) * x, top + (bottom - top) * y]));
    });
    return points.every(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return !top || !(element.contains(top) || top.contains(element) || [...(element.labels || [])].some((label) => label.contains(top)));
    });
  };

  let known = new Map();
  return {
    name,
    isShown,
    operable,
    /* what must be reached below `root`, as a number: the names are kept for `rest` */
    begin: (selector) => {
      known = new Map(operable(document.querySelector(selector)).filter(seen).map((element) => [element, false]));
      return known.size;
    },
    /* where the focus is: nothing, or what is wrong with its being there */
    step: (selector) => {
      const element = document.activeElement;
      if (!element || element === document.body) return {at: null, first: false, faults: []};
      const first = known.get(element) !== true;
      known.set(element, true);
      const faults = [];
      if (!seen(element)) faults.push("takes focus, and is not shown");
      else if (covered(element)) faults.push("is covered when it has focus");
      const lit = isShown(element) ? element : [...(element.labels || [])].find(isShown) || element;
      // a dialog that has the focus is itself what is seen
      const fault = !element.matches("dialog") && ring(element) && ring(lit);
      if (fault) faults.push(`focus is not seen: ${fault}`);
      if (!element.matches(`dialog, ${OPERABLE}`) && !scrolls(element)) faults.push("takes focus, and can do nothing");
      if (!element.closest(selector)) faults.push(`is outside ${selector}`);
      return {at: name(element), first, faults};
    },
    rest: () => [...known].filter(([, reached]) => !reached).map(([element]) => name(element)),
  };
})();
