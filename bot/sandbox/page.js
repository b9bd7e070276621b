// The page of the sandbox: draws what the server tells, and passes on what people do. Whatever people or the
// bot wrote becomes text nodes, never markup.
"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const W = data.words;
const KEY = { "X-Sandbox-Key": data.key };
const narrow = matchMedia("(max-width: 900px)");
const $ = (selector, root = document) => root.querySelector(selector);

function el(tag, props = {}, ...children) {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

// ------------------------------------------------------------------------------------------------ the server

async function post(act, body) {
  const form = body instanceof FormData;
  const headers = form ? KEY : { ...KEY, "Content-Type": "application/json" };
  try {
    const answer = await fetch(`/api/${act}`, { method: "POST", headers, body: form ? body : JSON.stringify(body) });
    if (answer.ok) return true;
    sorry(answer.status === 409 ? (await answer.json()).message : answer.status === 413 ? W.too_big : W.failed);
  } catch {
    sorry(W.failed);
  }
  return false;
}

async function blobOf(path) {
  const answer = await fetch(path, { headers: KEY });
  if (!answer.ok) throw new Error(path);
  return answer.blob();
}

async function save(path, name) {
  try {
    const link = el("a", { href: URL.createObjectURL(await blobOf(path)), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  } catch {
    sorry(W.failed);
  }
}

let sorryTimer = 0;
function sorry(words) {
  const box = $(".sorry");
  box.textContent = words;
  box.hidden = false;
  clearTimeout(sorryTimer);
  sorryTimer = setTimeout(() => (box.hidden = true), 7000);
}

function listen() {
  const source = new EventSource(`/api/events?key=${encodeURIComponent(data.key)}`);
  source.onopen = () => ($(".lost").hidden = true);
  source.onmessage = (event) => {
    const { topic, state } = JSON.parse(event.data);
    const [kind, key, skin] = topic.split(":");
    ({ people: showPeople, clock: showClock, outbox: showOutbox, journal: showJournal })[kind]?.(state);
    if (kind === "chat") phoneOf(key).tell(skin, state);
  };
  source.onerror = () => {
    $(".lost").hidden = false;
    // A new process has a new key: it comes with the page.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => fetch("/").then(() => location.reload(), listen), 2000);
    }
  };
}

// ------------------------------------------------------------------------------------------------ telephones

const phones = new Map();
const open = new Set();
const keysOf = new Map(); // whose telephones a group has
let shown = ""; // on a narrow screen, the one telephone
let controlling = false; // or the controls instead of it

function phoneOf(key) {
  if (!phones.has(key)) phones.set(key, new Phone(key));
  return phones.get(key);
}

class Phone {
  constructor(key) {
    this.key = key;
    this.skin = "telegram";
    this.chats = {};
    this.person = null;
    this.files = [];
    this.toasted = null;
    this.root = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.log = $(".log", this.root);
    this.text = $("textarea", this.root);
    this.wire();
  }

  wire() {
    const root = this.root;
    for (const button of root.querySelectorAll("[data-skin]")) button.onclick = () => this.wear(button.dataset.skin);
    for (const button of root.querySelectorAll(".block")) {
      button.onclick = () => post("block", { ...this.me(), blocked: !this.chat()?.blocked });
    }
    $(".transcript", root).onclick = () =>
      save(`/api/transcript/${this.skin}/${this.key}`, `hoi-thoai-${this.key}-${this.skin}.txt`);
    $(".join button", root).onclick = () => post("join", this.me());
    $(".composer", root).onsubmit = (event) => { event.preventDefault(); this.send(); };
    this.text.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    };
    this.text.oninput = () => this.grow();
    const picker = $("input[type=file]", root);
    $(".attach", root).onclick = () => picker.click();
    picker.onchange = () => { this.add(picker.files); picker.value = ""; };
    this.text.onpaste = (event) => this.add(event.clipboardData.files, event);
    root.ondragover = (event) => { event.preventDefault(); root.classList.toggle("dropping", this.skin === "telegram"); };
    root.ondragleave = (event) => { if (!root.contains(event.relatedTarget)) root.classList.remove("dropping"); };
    root.ondrop = (event) => { event.preventDefault(); root.classList.remove("dropping"); this.add(event.dataTransfer.files); };
    root.onkeydown = (event) => { if (event.key === "Escape") closeSheets(); };
  }

  me() { return { key: this.key, skin: this.skin }; }
  chat() { return this.chats[this.skin]; }

  wear(skin) {
    this.skin = skin;
    this.log.replaceChildren();
    this.draw();
    this.text.focus();
  }

  tell(skin, chat) {
    const before = this.chats[skin];
    this.chats[skin] = chat;
    if (before && before.epoch !== chat.epoch && skin === this.skin) this.log.replaceChildren();
    if (skin === this.skin) this.draw();
  }

  introduce(person) {
    this.person = person;
    $(".face", this.root).textContent = person.given[0];
    $("h2", this.root).textContent = person.name;
    $(".who p", this.root).textContent = `${person.post} · ${person.unit}`;
    this.log.setAttribute("aria-label", `${W.chat_of} ${person.given}`);
    this.text.setAttribute("aria-label", `${W.say_label} ${person.given}`);
    for (const name of this.root.querySelectorAll(".join b, .is-blocked b")) name.textContent = person.given;
    this.draw();
  }

  draw() {
    const chat = this.chat();
    if (!chat || !this.person) return;
    const root = this.root;
    root.classList.toggle("zalo", this.skin === "zalo");
    root.classList.toggle("blocked", chat.blocked);
    root.classList.toggle("outside", !this.person.joined.includes(this.skin));
    root.classList.toggle("begun", chat.messages.length > 0);
    for (const button of root.querySelectorAll("[data-skin]")) {
      button.setAttribute("aria-pressed", String(button.dataset.skin === this.skin));
    }
    $(".more .block", root).textContent = chat.blocked ? W.unblock : W.block;
    $(".join button", root).textContent = this.skin === "zalo" ? W.join_code : W.join_link;
    $(".join .code", root).textContent = this.person.joined.length ? "" : this.person.code;
    $(".typing", root).textContent = chat.typing ? W.typing : "";
    $(".commands .sheet", root).replaceChildren(...chat.menu.map(([name, hint]) =>
      el("button", { type: "button", onclick: () => { closeSheets(); this.say(`/${name}`); } },
        el("b", {}, `/${name}`), ` ${hint}`)));
    this.drawMessages(chat);
    this.toast(chat.toasts.at(-1));
  }

  drawMessages(chat) {
    const log = this.log;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    const wanted = new Map(chat.messages.map((message) => [`${this.skin}-${message.id}`, message]));
    for (const node of [...log.children]) if (!node.dataset.id || !wanted.has(node.dataset.id)) node.remove();
    const drawn = new Map([...log.children].map((node) => [node.dataset.id, node]));
    let day = "", place = null, fresh = false;
    for (const [id, message] of wanted) {
      if (message.day !== day) {
        day = message.day;
        const label = el("p", { className: "day" }, day);
        if (place) place.after(label); else log.prepend(label);
        place = label;
      }
      const told = JSON.stringify(message);
      let node = drawn.get(id);
      if (!node || node.told !== told) {
        const next = this.bubble(message);
        Object.assign(next, { told });
        next.dataset.id = id;
        if (node) node.replaceWith(next);
        node = next;
        fresh = true;
      }
      if (node.previousElementSibling !== place || !node.isConnected) place ? place.after(node) : log.prepend(node);
      place = node;
    }
    if (fresh && (atEnd || chat.messages.at(-1)?.mine)) log.scrollTop = log.scrollHeight;
  }

  bubble(message) {
    const stamp = el("time", {}, message.edited ? `${W.edited} ${message.at}` : message.at);
    const bubble = el("div", { className: "bubble" }, this.fileOf(message),
      message.text ? el("div", { className: "text" }, ...formatted(message.text, message.entities)) : null, stamp);
    const keys = message.buttons.map((row) => el("div", {}, ...row.map((key) =>
      el("button", { type: "button", onclick: () => post("tap", { key: this.key, message: message.id, data: key.data }) },
        key.label))));
    return el("div", { className: message.mine ? "msg mine" : "msg" }, bubble,
      keys.length ? el("div", { className: "keys" }, ...keys) : null);
  }

  fileOf(message) {
    const file = message.file;
    if (!file) return null;
    const path = `/api/file/${file.at}`;
    if (file.kind === "photo") {
      const image = el("img", { alt: file.name || file.size });
      image.onload = () => { this.log.scrollTop += image.height; };
      blobOf(path).then((blob) => (image.src = URL.createObjectURL(blob)), () => image.remove());
      return image;
    }
    return el("button", { type: "button", className: "file", title: W.download, onclick: () => save(path, file.name) },
      el("b", {}, "📄"), el("span", {}, `${file.name} · ${file.size}`));
  }

  toast(toast) {
    const last = this.toasted;
    this.toasted = toast?.id ?? "";
    if (!toast || last === null || last === toast.id) return;
    const box = $(".toast", this.root);
    box.textContent = toast.text;
    box.hidden = false;
    setTimeout(() => (box.hidden = true), 4000);
  }

  // ------------------------------------------------------------------------------------------------ writing

  add(files, event) {
    if (!files?.length) return;
    event?.preventDefault();
    this.files.push(...files);
    this.files.length = Math.min(this.files.length, 10);
    this.drawTray();
    this.text.focus();
  }

  drawTray() {
    const tray = $(".tray", this.root);
    tray.hidden = !this.files.length;
    $("ul", tray).replaceChildren(...this.files.map((file, place) => el("li", {}, file.name,
      el("button", { type: "button", ariaLabel: `${W.remove} ${file.name}`, onclick: () => {
        this.files.splice(place, 1);
        this.drawTray();
        this.text.focus();
      } }, "×"))));
    $("label", tray).hidden = !this.files.some((file) => file.type.startsWith("image/"));
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
  }

  async say(text) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...this.me(), text })) form.append(name, value);
    return post("say", form);
  }

  async send() {
    const { files, text } = this;
    const said = text.value.trim();
    if (!said && !files.length) return;
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...this.me(), text: said })) form.append(name, value);
    for (const file of files) form.append("files", file, file.name);
    if ($(".tray input", this.root).checked) form.append("as_files", "1");
    if (files.reduce((sum, file) => sum + file.size, 0) > 47e6) { sorry(W.too_big); return; }
    if (!(await post("say", form))) return;
    this.files = [];
    text.value = "";
    $(".tray input", this.root).checked = false;
    this.drawTray();
    this.grow();
  }
}

// Bold, italic and links: offsets count UTF-16 units, as JavaScript does.
const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "code" };
function formatted(text, entities) {
  const cuts = new Set([0, text.length]);
  for (const [, offset, length] of entities) cuts.add(offset).add(offset + length);
  const edges = [...cuts].filter((edge) => edge <= text.length).sort((a, b) => a - b);
  return edges.slice(0, -1).map((start, place) => {
    const words = text.slice(start, edges[place + 1]);
    let node = document.createTextNode(words);
    for (const [type, offset, length] of entities) {
      if (TAGS[type] && offset <= start && start < offset + length) node = el(TAGS[type], {}, node);
      if (type === "page" && offset === start) node = el("a", { href: words, target: "_blank", rel: "noopener" }, node);
    }
    return node;
  });
}

function closeSheets() {
  for (const sheet of document.querySelectorAll(".more[open], .commands[open]")) sheet.open = false;
}

// ------------------------------------------------------------------------------------------------ the rest

function showPeople(people) {
  const nav = $(".people");
  if (!nav.children.length) {
    for (const name of new Set(people.map((person) => person.group))) {
      const several = people.filter((person) => person.group === name);
      keysOf.set(name, several.map((person) => person.key));
      const tab = el("button", { type: "button", className: "group-tab", onclick: () => chooseGroup(name) }, name);
      const pills = several.map((person) => {
        const pill = el("button", { type: "button", className: "pill", title: person.hint, onclick: () => choose(person.key) },
          person.given);
        pill.dataset.key = person.key;
        return pill;
      });
      const group = el("div", { className: "group" }, tab, ...pills);
      group.dataset.group = name;
      nav.append(group);
    }
    nav.append(el("button", { type: "button", className: "controls-tab", onclick: control }, W.controls));
    chooseGroup(people[0].group);
  }
  for (const person of people) phoneOf(person.key).introduce(person);
  arrange();
}

// As many as fit beside one another; the others of the group are one press away.
function chooseGroup(name) {
  const fitting = Math.max(1, Math.floor(($(".phones").clientWidth + 16) / 326));
  open.clear();
  for (const key of keysOf.get(name).slice(0, fitting)) open.add(key);
  controlling = false;
  if (!keysOf.get(name).includes(shown)) shown = keysOf.get(name)[0];
  arrange();
}

function choose(key) {
  controlling = false;
  if (narrow.matches) shown = key;
  else if (open.has(key)) open.delete(key);
  else open.add(key);
  arrange();
}

function control() {
  controlling = true;
  arrange();
}

function arrange() {
  const all = [...keysOf.values()].flat();
  const visible = all.filter((key) => (narrow.matches ? key === shown && !controlling : open.has(key)));
  document.body.classList.toggle("controlling", narrow.matches && controlling);
  for (const group of document.querySelectorAll(".people .group")) {
    const keys = keysOf.get(group.dataset.group);
    group.classList.toggle("chosen", keys.includes(shown));
    const pressed = visible.length > 0 && visible.every((key) => keys.includes(key));
    $(".group-tab", group).setAttribute("aria-pressed", String(pressed));
  }
  for (const pill of document.querySelectorAll(".pill")) {
    pill.setAttribute("aria-pressed", String(visible.includes(pill.dataset.key)));
  }
  $(".controls-tab").setAttribute("aria-pressed", String(controlling));
  const place = $(".phones");
  const wanted = visible.map((key) => phoneOf(key).root);
  if (wanted.some((root, at) => place.children[at] !== root) || place.children.length !== wanted.length) {
    place.replaceChildren(...wanted);
    for (const key of visible) { const log = phoneOf(key).log; log.scrollTop = log.scrollHeight; }
  }
}
narrow.onchange = arrange;

function showClock(clock) {
  $(".hour").textContent = clock.time;
  $(".date").textContent = clock.date;
  document.getElementById("day").placeholder = clock.example;
  if ($(".arrived").textContent !== clock.arrived) $(".arrived").textContent = clock.arrived;
  const on = { outage: clock.outage, throttle: clock.throttle, twice: clock.twice, spent: clock.spent };
  for (const button of document.querySelectorAll("[data-fault]")) {
    button.setAttribute("aria-pressed", String(on[button.dataset.fault]));
  }
  const troubles = Object.keys(on).filter((name) => on[name]).map((name) => W[`${name}_on`]);
  const note = $(".trouble");
  if (note.textContent !== troubles.join("; ")) note.textContent = troubles.join("; ");
}

function rows(place, items) {
  place.replaceChildren(...(items.length ? items : [el("li", { className: "none" }, W.nothing)]));
}

function showOutbox(list) {
  rows($(".outbox"), list.map((row) => el("li", { title: row.day }, el("span", { className: "at" }, row.at),
    el("span", { className: "what" }, `${row.to} · ${row.what}`),
    el("span", { className: `state ${row.state}` }, row.said),
    row.error ? el("span", { className: "error" }, row.error) : null)));
}

function showJournal(list) {
  rows($(".journal"), list.map((row) => el("li", { title: row.day }, el("span", { className: "at" }, row.at),
    el("span", { className: "what" }, `${row.who}: ${row.did} ${row.what}`))));
}

for (const button of document.querySelectorAll("[data-by]")) {
  button.onclick = async () => {
    button.disabled = true;
    await post("time", { by: button.dataset.by });
    button.disabled = false;
  };
}
for (const button of document.querySelectorAll("[data-fault]")) {
  button.onclick = () => post("fault", { kind: button.dataset.fault });
}
$(".travel").onsubmit = (event) => { event.preventDefault(); post("time", { to: document.getElementById("day").value }); };
$(".reset").onclick = () => { if (confirm(W.reset_sure)) post("reset", {}); };
$(".tour").append(...data.tour.map((step) => el("li", {}, step)));
document.addEventListener("click", (event) => { if (!event.target.closest(".more, .commands")) closeSheets(); });
listen();
