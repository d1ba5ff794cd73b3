/* Reads the page aloud, block by block, where the browser can. What is folded or hidden is not read. Pausing stops the
   voice and going on begins the block again: some browsers forget a paused sentence. */
(() => {
  const start = document.querySelector("[data-mingge-read]"), bar = document.getElementById("mingge-speech");
  const voice = window.speechSynthesis;
  if (!start || !bar || !voice || typeof SpeechSynthesisUtterance !== "function") return;
  const BLOCKS = "h1, h2, h3, h4, h5, p, li, dt, dd, summary, caption, figcaption, tr, blockquote, pre";
  const LONGEST = 160; // signs: longer ones are cut off by some voices
  const language = document.documentElement.lang || "zh";
  const [pause, stop] = bar.querySelectorAll("button");
  const status = document.getElementById("mingge-speech-status");
  let blocks = [], place = 0, run = 0;

  const isRead = (block) => block.checkVisibility({ visibilityProperty: true }) && !block.closest("nav, [hidden], [aria-hidden=true]")
    && block.textContent.trim() !== "" && !block.querySelector(BLOCKS);
  const plain = (node) => {
    const copy = node.cloneNode(true);
    for (const mute of copy.querySelectorAll("button, [aria-hidden=true], svg, script")) mute.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  /* a row says the title of each column before its cell */
  const words = (block) => {
    if (block.localName !== "tr") return plain(block);
    const table = block.closest("table"), titles = table.tHead && !table.tHead.contains(block) ? table.tHead.rows[0].cells : [];
    return [...block.cells].map((cell, column) => `${column && titles[column] ? plain(titles[column]) : ""} ${plain(cell)}`.trim()).join("，");
  };
  const pieces = (text) => text.match(new RegExp(`[^。！？；.!?;]{1,${LONGEST}}[。！？；.!?;]?|[。！？；.!?;]`, "g")) || [];
  const light = (block) => {
    for (const other of document.querySelectorAll(".mingge-spoken")) other.classList.remove("mingge-spoken");
    if (!block) return;
    block.classList.add("mingge-spoken");
    block.scrollIntoView({ block: "center" });
  };

  const silence = () => { run += 1; voice.cancel(); };
  const end = () => {
    silence();
    light(null);
    bar.hidden = true;
    delete document.documentElement.dataset.minggeSpeech;
  };
  const fail = () => {
    end();
    status.hidden = false;
    start.closest("dialog").showModal();
  };
  const read = () => {
    silence();
    const mine = run, block = blocks[place];
    if (!block) return end();
    light(block);
    pause.setAttribute("aria-pressed", false);
    const parts = pieces(words(block));
    const next = () => {
      if (mine !== run) return;
      if (!parts.length) { place += 1; read(); return; }
      const said = new SpeechSynthesisUtterance(parts.shift());
      said.lang = language === "zh" ? "zh-CN" : language;
      said.rate = .9;
      said.onend = next;
      said.onerror = (event) => { if (mine === run && !/cancel|interrupt/.test(event.error)) fail(); };
      voice.speak(said);
    };
    next();
  };

  start.addEventListener("click", () => {
    const voices = voice.getVoices(), own = language.slice(0, 2).toLowerCase();
    if (voices.length && !voices.some(({ lang }) => lang.toLowerCase().startsWith(own) || (own === "zh" && /^(cmn|yue)/i.test(lang)))) {
      status.hidden = false;
      return;
    }
    status.hidden = true;
    start.closest("dialog").close();
    blocks = [...document.querySelectorAll("main :is(" + BLOCKS + ")")].filter(isRead);
    place = 0;
    bar.hidden = false;
    document.documentElement.dataset.minggeSpeech = "";
    pause.focus();
    read();
  });
  pause.addEventListener("click", () => {
    if (pause.getAttribute("aria-pressed") === "true") { read(); return; }
    silence();
    pause.setAttribute("aria-pressed", true);
  });
  stop.addEventListener("click", () => {
    end();
    document.querySelector("[data-mingge-dialog='mingge-elder']").focus();
  });
  addEventListener("pagehide", () => voice.cancel());
  start.hidden = false;
})();
