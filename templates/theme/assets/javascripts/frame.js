/* What Material 9.8 writes into the head of every page, as a file of its own: a page is lighter by it, and needs no
   script inside. Without ResizeObserver (old WeChat) its bundle would fetch a polyfill from another host. */
window.ResizeObserver || (window.ResizeObserver = function () {
  this.observe = this.unobserve = this.disconnect = function () {};
});

__md_scope = new URL("../..", document.currentScript.src);
__md_hash = (text) => [...text].reduce((hash, sign) => (hash << 5) - hash + sign.charCodeAt(0), 0);
__md_get = (key, storage = localStorage, scope = __md_scope) => JSON.parse(storage.getItem(`${scope.pathname}.${key}`));
__md_set = (key, value, storage = localStorage, scope = __md_scope) => {
  try {
    storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch (error) { /* storage is full or forbidden: the choice is forgotten */ }
};
