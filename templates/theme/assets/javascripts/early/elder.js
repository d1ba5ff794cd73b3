/* Before anything is drawn: the size of type that a link asks for (?elder=22), that this tab was given by one, or that
   the reader chose. A link does not touch the choice. Storage may be forbidden: then links carry it (elder.js). */
(() => {
  const key = `${new URL("../..", document.currentScript.src).pathname}elder`;
  const known = (text) => /^(0|18|22|26|30)$/.test(text);
  let size = new URLSearchParams(location.search).get("elder");
  try {
    if (known(size)) sessionStorage.setItem(key, size);
    else size = sessionStorage.getItem(key) || localStorage.getItem(key);
  } catch { /* forbidden */ }
  if (known(size) && size !== "0") document.documentElement.dataset.minggeElder = size;
})();
