/* Large type, strong contrast and large targets, chosen by the reader and kept by the reader's own browser. */
(() => {
  const opener = document.querySelector("[data-mingge-dialog='mingge-elder']");
  const panel = document.getElementById("mingge-elder");
  if (!opener || !panel || typeof panel.showModal !== "function") return;
  const page = document.documentElement;
  const key = `${new URL("../..", document.currentScript.src).pathname}elder`;
  const present = () => page.dataset.minggeElder || "0";
  let kept = true;

  const keep = (size) => {
    try {
      localStorage.setItem(key, size);
      sessionStorage.setItem(key, size);
    } catch { kept = false; }
  };
  const recall = () => {
    try { return sessionStorage.getItem(key) || localStorage.getItem(key) || "0"; } catch { return present(); }
  };
  const addressed = (address, size) => {
    const url = new URL(address, location.href);
    if (size === "0") url.searchParams.delete("elder");
    else url.searchParams.set("elder", size);
    return url.href;
  };
  const show = (size) => {
    if (size === "0") delete page.dataset.minggeElder;
    else page.dataset.minggeElder = size;
    for (const choice of panel.querySelectorAll("[name=elder]")) choice.checked = choice.value === size;
  };

  panel.addEventListener("change", (event) => {
    if (event.target.name !== "elder") return;
    show(event.target.value);
    keep(event.target.value);
    // what is sent on from here looks like what is seen here
    history.replaceState(history.state, "", addressed(location.href, event.target.value));
  });
  // where nothing can be kept, the way through the site does
  try { localStorage.getItem(key); } catch { kept = false; }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (kept || !link || link.origin !== location.origin || link.hasAttribute("download")) return;
    if (present() !== "0") link.href = addressed(link.href, present());
  }, true);
  addEventListener("pageshow", (event) => { if (event.persisted) show(recall()); });

  opener.hidden = false;
  show(present());
})();
