/* The page that checks this site against its public log: what does it is a module of its own, which no other page loads. */
(() => {
  const box = document.getElementById("mingge-verify");
  if (!box) return;
  const root = new URL("../../", document.currentScript.src);
  import(new URL("verify/check.js", root).href).then((found) => found.begin(box, root));
})();
