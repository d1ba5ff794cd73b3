/* Before anything is drawn: the colours that the reader chose. The address of the site's root is the key, so that two
   sites of one host do not share a choice. Storage may be forbidden: then the device decides. */
(() => {
  const root = new URL("../..", document.currentScript.src).pathname;
  let chosen = "";
  try { chosen = localStorage.getItem(`${root}colours`) || ""; } catch { /* forbidden */ }
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.minggeColours = chosen;
})();
