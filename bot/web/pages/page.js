// Sends each file by itself as soon as it is chosen, one after another; «Gửi» then closes the page.
// Without this script the form does the same in one go.
"use strict";
(() => {
  const form = document.getElementById("send");
  const input = document.getElementById("files");
  const list = document.getElementById("list");
  const told = document.getElementById("told");
  const finish = document.getElementById("finish");
  const words = JSON.parse(form.dataset.words);
  const here = location.pathname.replace(/\/$/, "");
  const waiting = [];
  let busy = false;
  let closing = false;

  document.documentElement.classList.add("scripted");

  const say = (sentence) => { told.textContent = sentence; };
  const arrived = () => list.querySelectorAll("li.kept").length;
  const coming = () => list.querySelectorAll("li.coming").length;

  function refresh() {
    const ready = arrived() > 0 && coming() === 0 && !closing;
    finish.classList.toggle("early", !ready);
    if (ready) say(words.ready.replace("{}", arrived()));
    else if (coming()) say("");
  }

  function element(kind, className, text) {
    const made = document.createElement(kind);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function sized(bytes) {
    if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
    return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;
  }

  async function ask(path, content) {
    const answer = await fetch(here + path, {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(content),
    });
    const said = await answer.json();
    if (said.closed) location.reload();
    return said;
  }

  function button(label, name, act) {
    const made = element("button", "quiet", label);
    made.type = "button";
    made.setAttribute("aria-label", `${label}: ${name}`);
    made.addEventListener("click", act);
    return made;
  }

  function take(file) {
    const row = element("li", "coming");
    row.append(element("span", "name", file.name), element("span", "size", sized(file.size)));
    list.append(row);
    waiting.push({ file, row });
    refresh();
    next();
  }

  function drop(row) {
    const focus = row.nextElementSibling?.querySelector("button") || input;
    row.remove();
    focus.focus();
    say(words.removed);
    refresh();
  }

  async function remove(row, part) {
    try {
      const said = await ask("/remove", { part });
      if (said.message) say(said.message); else drop(row);
    } catch { say(words.lost); }
  }

  function keep(row, name, part) {
    row.className = "kept";
    row.querySelectorAll(".why, progress, .acts, .state").forEach((one) => one.remove());
    row.append(element("span", "state", words.arrived), button(words.remove, name, () => remove(row, part)));
  }

  function refuse(row, file, sentence, again) {
    row.className = "refused";
    row.querySelectorAll(".why, progress, .acts, .state").forEach((one) => one.remove());
    const acts = element("div", "acts");
    if (again) acts.append(button(words.again, file.name, () => {
      row.className = "coming";
      row.querySelectorAll(".why, .acts").forEach((one) => one.remove());
      waiting.push({ file, row });
      refresh();
      next();
    }));
    acts.append(button(words.remove, file.name, () => drop(row)));
    row.append(element("p", "why", sentence), acts);
    say(words.refused.replace("{}", file.name));
  }

  function send(file, bar) {
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      request.open("POST", `${here}/file?name=${encodeURIComponent(file.name)}`);
      request.setRequestHeader("content-type", file.type || "application/octet-stream");
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) bar.value = event.loaded / event.total;
      };
      request.onload = () => {
        // A proxy in front says so in a page of its own.
        if (request.status === 413) done({ message: words.large });
        else try { done(JSON.parse(request.responseText)); } catch (error) { failed(error); }
      };
      request.onerror = request.ontimeout = request.onabort = failed;
      request.send(file);
    });
  }

  async function next() {
    if (busy || !waiting.length) return;
    busy = true;
    const { file, row } = waiting.shift();
    try {
      const no = await ask("/offer", { name: file.name, size: file.size });
      if (no.message) refuse(row, file, no.message, no.again);
      else {
        const bar = element("progress", "");
        bar.max = 1;
        bar.value = 0;
        bar.setAttribute("aria-label", `${words.sending}: ${file.name}`);
        row.append(element("span", "state", words.sending), bar);
        const said = await send(file, bar);
        if (said.closed) location.reload();
        else if (said.message) refuse(row, file, said.message, said.again);
        else keep(row, said.name, said.part);
      }
    } catch { refuse(row, file, words.lost, true); }
    busy = false;
    if (waiting.length) next(); else refresh();
  }

  input.addEventListener("change", () => {
    const chosen = [...input.files];
    input.value = "";
    chosen.forEach(take);
  });

  list.querySelectorAll("li.kept").forEach((row) => {
    row.querySelector("button").addEventListener("click", (event) => {
      event.preventDefault();
      remove(row, row.dataset.part);
    });
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (closing) return;
    if (coming()) { say(words.coming); return; }
    if (!arrived()) { say(words.nothing); input.focus(); return; }
    closing = true;
    finish.classList.add("early");
    say(words.finishing);
    try {
      const said = await ask("/finish", {});
      if (!said.message) { location.reload(); return; }
      say(said.message);
    } catch { say(words.lost); }
    closing = false;
    finish.classList.remove("early");
  });

  refresh();
})();
