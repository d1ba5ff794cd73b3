/* Checks this site in the reader's browser as verify.py does: release.json, all leaves of the public log, the tree over
   them (RFC 6962), the signature of its checkpoint, and every checkpoint that this browser has seen before.
   The sentences come with the page. Nothing is sent anywhere; what is remembered stays in this browser. */

const width = 256; // hashes in a full tile
const shown = 20; // files named one by one
const hands = 6; // files fetched at once
const logKey = 1; // the signature type of an Ed25519 key in signed notes

// ── what is wrong ────────────────────────────────────────────────────────────────────────────────

class Wrong extends Error {
  constructor(word, values = {}) {
    super(word);
    this.word = word;
    this.values = values;
  }
}

const must = (isRight, word, values) => { if (!isRight) throw new Wrong(word, values); };

// ── bytes ────────────────────────────────────────────────────────────────────────────────────────

const encode = (text) => new TextEncoder().encode(text);
const decode = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

const joined = (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const unbase64 = (text) => {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  if (btoa(String.fromCharCode(...bytes)) !== text) throw new Error(text);
  return bytes;
};

const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/* Canonical JSON, RFC 8785. */
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
};

// ── files ────────────────────────────────────────────────────────────────────────────────────────

const gone = [404, 410];

/* Returns the bytes of a file of the site; null where there is none. */
const get = async (root, path) => {
  const address = new URL(path.split("/").map(encodeURIComponent).join("/"), root);
  let answer;
  try {
    answer = await fetch(address, { cache: "no-cache", credentials: "same-origin" });
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  } catch {
    throw new Wrong("unreachable", { path });
  }
  must(gone.includes(answer.status), "unreachable", { path });
  return null;
};

const needed = async (root, path) => {
  const found = await get(root, path);
  must(found, "missing", { path });
  return found;
};

// ── the tree ─────────────────────────────────────────────────────────────────────────────────────

const leafHash = (entry) => sha256(joined([0], entry));

const treeHash = async (hashes) => {
  let row = hashes.length ? hashes : [await sha256(new Uint8Array())];
  while (row.length > 1) {
    const above = [];
    for (let at = 0; at + 1 < row.length; at += 2) above.push(sha256(joined([1], row[at], row[at + 1])));
    row = [...await Promise.all(above), ...row.slice(above.length * 2)];
  }
  return row[0];
};

const tilePath = (kind, number, size) => {
  const parts = [String(number % 1000).padStart(3, "0")];
  for (let rest = Math.floor(number / 1000); rest; rest = Math.floor(rest / 1000)) {
    parts.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return `log/tile/${kind}/${parts.join("/")}${size < width ? `.p/${size}` : ""}`;
};

/* A partial tile may have been replaced by the full one, which begins with it. */
const tile = async (root, kind, number, size) =>
  (await get(root, tilePath(kind, number, size))) || needed(root, tilePath(kind, number, width));

const spans = (size) => Array.from({ length: Math.ceil(size / width) }, (_, at) => [at, Math.min(width, size - at * width)]);

/* Returns the first `count` entries of a bundle: each is preceded by its length, two bytes. */
const unpacked = (bundle, count, path) => {
  const entries = [];
  for (let at = 0; entries.length < count;) {
    const end = at + 2 + bundle[at] * 256 + bundle[at + 1];
    must(end <= bundle.length, "broken", { path });
    entries.push(bundle.slice(at + 2, end));
    at = end;
  }
  return entries;
};

// ── signatures ───────────────────────────────────────────────────────────────────────────────────

const keyOf = async (text) => {
  try {
    const [name, id, ...rest] = text.trim().split("+");
    const coded = unbase64(rest.join("+"));
    const number = (await sha256(joined(encode(`${name}\n`), coded))).slice(0, 4);
    if (!name || coded.length !== 33 || coded[0] !== logKey || hex(number) !== id) throw new Error(text);
    return { name, number, bytes: coded.slice(1), text: text.trim() };
  } catch {
    throw new Wrong("key_bad", { key: text.trim().slice(0, 200) });
  }
};

/* Ed25519 by the browser where it knows how, by @noble/ed25519 otherwise. */
const isSignature = async (key, signature, message) => {
  let native = null;
  try {
    native = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  } catch { /* an older browser */ }
  if (native) return crypto.subtle.verify({ name: "Ed25519" }, native, signature, message);
  const noble = await import("./noble-ed25519.js");
  return noble.verifyAsync(signature, message, key, { zip215: false });
};

/* Returns a checkpoint of which no signature has been looked at. */
const parsed = (text, path) => {
  const gap = text.lastIndexOf("\n\n");
  const body = text.slice(0, gap + 1);
  const [origin, size, tree, ...more] = body.split("\n");
  let root;
  try {
    root = unbase64(tree);
    if (gap < 0 || !/^(0|[1-9]\d*)$/.test(size) || root.length !== 32) throw new Error(path);
  } catch {
    throw new Wrong("note_bad", { path });
  }
  const lines = text.slice(gap + 2).split("\n");
  return { origin, size: Number(size), root, more: more.slice(0, -1), body, lines, text };
};

/* Returns whether `key` has signed a checkpoint. */
const isSigned = async (found, key, path) => {
  for (const line of found.lines) {
    const [dash, name, coded] = line.split(" ");
    if (dash !== "\u2014" || name !== key.name) continue;
    let signature;
    try { signature = unbase64(coded); } catch { throw new Wrong("note_bad", { path }); }
    if (!same(signature.slice(0, 4), key.number)) continue;
    must(await isSignature(key.bytes, signature.slice(4), encode(found.body)), "signature_bad", { path });
    return true;
  }
  return false;
};

/* Returns a checkpoint, with the last of the keys that has signed it. A key that was replaced has signed nothing beyond
   the checkpoint with which it handed over. */
const opened = async (text, { every, steps }, path) => {
  const found = parsed(text, path);
  const { name } = every[every.length - 1];
  must(found.origin === name, "origin", { path, found: found.origin, stated: name });
  const signed = await Promise.all(every.map((key) => isSigned(found, key, path)));
  const last = signed.lastIndexOf(true);
  must(last >= 0, "unsigned", { path, name });
  must(last >= steps.length || found.size <= steps[last].size, "replaced", { path, key: every[last].text });
  return { ...found, key: every[last] };
};

/* Returns the keys that handovers tell of, the oldest first. A handover is a checkpoint with two more lines, the key
   that was in use and the next one, and signed by both. */
const keysOf = async (notes) => {
  const path = "log/handovers";
  const every = [];
  const steps = [];
  for (const note of notes) {
    const step = parsed(note, path);
    const words = ["former-key ", "next-key "];
    must(step.more.length === 2 && words.every((word, at) => step.more[at].startsWith(word)), "handovers_bad", { path });
    const pair = await Promise.all(words.map((word, at) => keyOf(step.more[at].slice(word.length))));
    if (!every.length) every.push(pair[0]);
    const isNext = pair[0].text === every[every.length - 1].text && every.every((key) => key.text !== pair[1].text);
    must(isNext, "handovers_bad", { path }); // a key that was replaced does not come back
    for (const key of pair) {
      must(key.name === step.origin && await isSigned(step, key, path), "unsigned", { path, name: key.text });
    }
    every.push(pair[1]);
    steps.push(step);
  }
  return { every, steps };
};

/* Returns what the log says of how its keys followed each other, unchecked. */
const handovers = async (root) => {
  const path = "log/handovers";
  const bytes = await get(root, path);
  if (!bytes) return [];
  try {
    const { mingge, format, notes } = JSON.parse(decode(bytes));
    const isList = Array.isArray(notes) && notes.every((note) => typeof note === "string");
    if (mingge !== "handovers" || format !== 1 || !isList) throw new Error(path);
    return notes;
  } catch {
    throw new Wrong("handovers_bad", { path });
  }
};

// ── log and release ──────────────────────────────────────────────────────────────────────────────

const leavesOf = (entries) => {
  const earlier = new Set();
  return entries.map((entry, at) => {
    try {
      const text = decode(entry);
      const leaf = JSON.parse(text);
      const isRight = canonical(leaf) === text && Object.keys(leaf).sort().join() === "id,manifest,previous"
        && /^[0-9a-f]{64}$/.test(leaf.manifest) && leaf.id.endsWith(`-${leaf.manifest.slice(0, 12)}`)
        && (!earlier.size || leaf.previous === "" || earlier.has(leaf.previous));
      if (!isRight) throw new Error(text);
      earlier.add(leaf.id);
      return leaf;
    } catch {
      throw new Wrong("entry_bad", { number: at + 1 });
    }
  });
};

const logOf = async (root, keys) => {
  const checkpoint = await opened(decode(await needed(root, "log/checkpoint")), keys, "log/checkpoint");
  const bundles = await Promise.all(spans(checkpoint.size).map(([at, size]) => tile(root, "entries", at, size)));
  const entries = spans(checkpoint.size).flatMap(([at, size]) => unpacked(bundles[at], size, tilePath("entries", at, size)));
  const hashes = await Promise.all(entries.map(leafHash));
  for (let level = 0, row = hashes; row.length; level += 1) {
    const above = [];
    for (const [at, size] of spans(row.length)) {
      const mine = row.slice(at * width, at * width + size);
      const theirs = await tile(root, level, at, size);
      must(same(joined(...mine), theirs.slice(0, size * 32)), "broken", { path: tilePath(level, at, size) });
      if (size === width) above.push(await treeHash(mine));
    }
    row = above;
  }
  must(same(await treeHash(hashes), checkpoint.root), "broken", { path: "log/checkpoint" });
  const log = { checkpoint, hashes, leaves: leavesOf(entries) };
  for (const step of keys.steps) await grown(log, step, "log/handovers");
  return log;
};

const grown = async (log, older, path) => {
  must(older.size <= log.checkpoint.size, "dropped", { path, size: log.checkpoint.size, older: older.size });
  must(same(await treeHash(log.hashes.slice(0, older.size)), older.root), "rewritten", { path, older: older.size });
};

const releaseOf = async (root) => {
  const bytes = await needed(root, "release.json");
  const manifest = hex(await sha256(bytes));
  try {
    const text = decode(bytes);
    const stated = JSON.parse(text);
    if (stated.mingge !== "release" || stated.format !== 1 || canonical(stated) !== text) throw new Error(text);
    return { id: `${stated.as_of}-${manifest.slice(0, 12)}`, manifest, files: [...stated.files] };
  } catch {
    throw new Wrong("release_bad", { path: "release.json" });
  }
};

// ── what this browser remembers ──────────────────────────────────────────────────────────────────

const memory = (root) => {
  const name = `mingge-verify:${root.pathname}`;
  return {
    read() {
      try {
        const found = JSON.parse(localStorage.getItem(name));
        const isRight = found && typeof found.vkey === "string" && Array.isArray(found.checkpoints);
        return isRight ? { handovers: [], ...found } : null;
      } catch { return null; }
    },
    write(vkey, checkpoints, handed) {
      try {
        const found = { vkey, checkpoints: [...new Set(checkpoints)], handovers: handed };
        localStorage.setItem(name, JSON.stringify(found));
        return true;
      } catch { return false; }
    },
  };
};

// ── the page ─────────────────────────────────────────────────────────────────────────────────────

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

/* What is said, as items of a list; `isRight` as long as nothing was wrong. */
const teller = (list, words) => {
  const fill = (word, values) => words[word].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const classes = { ok: "mg-on-time", wrong: "mg-overdue", note: "mg-upcoming" };
  const told = {
    isRight: true,
    fill,
    say(kind, word, values = {}) {
      const item = element("li", {}, element("span", { className: classes[kind], textContent: words[kind] }));
      item.append(" ", fill(word, values));
      list.append(item);
    },
    async attempt(step) {
      try {
        return await step();
      } catch (wrong) {
        if (!(wrong instanceof Wrong)) throw wrong;
        told.isRight = false;
        told.say("wrong", wrong.word, wrong.values);
        return null;
      }
    },
  };
  return told;
};

/* Returns the keys of the log, and the handovers that tell of them: one of them is the one that the reader typed, and
   the one that this browser knows, and the log's own. A key that nobody named is taken from the log, or because one
   that is trusted has signed for it. */
const trusted = async (root, typed, known, told) => {
  const served = await get(root, "log/vkey");
  const texts = [typed.trim(), known ? known.vkey : "", served ? decode(served) : ""];
  const [mine, seen, theirs] = await Promise.all(texts.map((text) => (text ? keyOf(text) : null)));
  const pins = [mine, seen].filter(Boolean);
  const named = [...pins, theirs].filter(Boolean);
  must(named.length, "missing", { path: "log/vkey" });
  const before = known ? known.handovers : [];
  const notes = await handovers(root);
  must(before.every((note, at) => note === notes[at]), "handovers_unlike", { path: "log/handovers" });
  const keys = notes.length ? await keysOf(notes) : { every: [named[0]], steps: [] };
  const last = keys.every[keys.every.length - 1];
  const place = (key) => keys.every.findIndex((other) => other.text === key.text);
  for (const key of named) {
    const [found, stated] = pins.includes(key) ? [last, key] : [key, last];
    must(place(key) >= 0, "key_changed", { found: found.text, stated: stated.text });
  }
  if (!pins.length) told.say("note", "key_own");
  for (let at = pins.length ? Math.min(...pins.map(place)) : keys.steps.length; at < keys.steps.length; at += 1) {
    told.say("note", "handed", { former: keys.every[at].text, key: keys.every[at + 1].text });
  }
  return { keys, notes };
};

const lookAtLog = async (root, typed, told) => {
  const kept = memory(root);
  const known = kept.read();
  const { keys, notes } = await trusted(root, typed, known, told);
  const log = await logOf(root, keys);
  const { size, key } = log.checkpoint;
  told.say("ok", "signature", { size, key: key.text });
  told.say("ok", "tree", { size });
  const before = known ? known.checkpoints : [];
  for (const text of before) await grown(log, await opened(text, keys, "localStorage"), "localStorage");
  if (before.length) told.say("ok", "grown", { count: before.length });
  const isKept = kept.write(key.text, [...before, log.checkpoint.text], notes);
  if (!before.length) told.say("note", isKept ? "remembered" : "forgotten");
  return log;
};

const lookForRelease = (release, log) => {
  const number = log.leaves.map((leaf) => leaf.manifest).lastIndexOf(release.manifest) + 1;
  must(number && log.leaves[number - 1].id === release.id, "unlogged", { id: release.id });
  const last = log.leaves[log.leaves.length - 1];
  must(number === log.leaves.length, "older", { id: release.id, last: last.id });
  return { id: release.id, number, size: log.leaves.length };
};

const lookAtFile = async (root, { path, size, sha256: stated }) => {
  const found = await needed(root, path);
  must(found.length === size, "file_size", { path, found: found.length, stated: size });
  must(hex(await sha256(found)) === stated, "file_hash", { path });
};

const lookAtFiles = async (root, files, told, progress) => {
  let wrong = 0;
  let done = 0;
  const rest = [...files];
  const work = async () => {
    for (let file = rest.shift(); file; file = rest.shift()) {
      try {
        await lookAtFile(root, file);
      } catch (found) {
        if (!(found instanceof Wrong)) throw found;
        wrong += 1;
        if (wrong <= shown) told.say("wrong", found.word, found.values);
      }
      done += 1;
      progress(done);
    }
  };
  await Promise.all(Array.from({ length: hands }, work));
  if (wrong > shown) told.say("wrong", "files_more", { count: wrong - shown });
  if (!wrong) told.say("ok", "files_ok", { count: files.length });
};

export const begin = (box, root) => {
  const words = JSON.parse(box.dataset.words);
  const list = element("ul", { className: "mg-rows" });
  list.setAttribute("aria-live", "polite");
  const field = element("input", { id: "mingge-verify-key", type: "text", autocomplete: "off", spellcheck: false });
  const button = element("button", { type: "submit", textContent: words.check });
  const form = element("form", { className: "mg-find" },
    element("label", { htmlFor: field.id, textContent: words.key }),
    element("p", { className: "mg-find-row" }, field, " ", button));
  const more = element("div", { className: "mg-find", hidden: true });
  box.replaceChildren(form, list, more);

  const offerFiles = (release, told) => {
    const bytes = release.files.reduce((sum, file) => sum + file.size, 0);
    const values = { count: release.files.length, size: (bytes / 1e6).toFixed(1) };
    const all = element("button", { type: "button", textContent: told.fill("files_check", values) });
    all.addEventListener("click", async () => {
      all.disabled = true;
      const progress = (done) => { all.textContent = told.fill("files_progress", { done, count: values.count }); };
      await lookAtFiles(root, release.files, told, progress);
      more.hidden = true;
    });
    more.replaceChildren(all);
    more.hidden = false;
  };

  const check = async () => {
    list.replaceChildren();
    more.hidden = true;
    const told = teller(list, words);
    if (!globalThis.crypto || !crypto.subtle) return told.say("note", "insecure");
    const beginnings = await told.attempt(() => Promise.all([get(root, "release.json"), get(root, "log/checkpoint")]));
    if (!beginnings) return undefined;
    if (!beginnings.some(Boolean) && !memory(root).read()) return told.say("note", "nothing");
    const release = await told.attempt(() => releaseOf(root));
    const log = await told.attempt(() => lookAtLog(root, field.value, told));
    if (release && log) {
      const found = await told.attempt(() => lookForRelease(release, log));
      if (found) told.say("ok", "release", found);
    }
    if (told.isRight) told.say("note", "no_proof");
    return release && offerFiles(release, told);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    await check();
    button.disabled = false;
  });
  return check();
};
