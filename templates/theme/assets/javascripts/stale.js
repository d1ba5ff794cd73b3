/* Says that no data came for long, by the reader's own calendar. The footer has both days without it. */
(() => {
  const notice = document.querySelector("[data-mingge-stale]");
  if (!notice) return;
  const now = new Date();
  const day = notice.dataset.day;
  const days = Math.round((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - Date.parse(day)) / 864e5);
  if (!(days >= Number(notice.dataset.minggeStale))) return;
  const text = notice.querySelector("span");
  text.textContent = text.textContent.replace("{days}", days).replace("{day}", day);
  notice.hidden = false;
})();
