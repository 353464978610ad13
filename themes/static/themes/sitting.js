// What this adds to a sitting that already works without it: the answer is sent again, with the same key, until the
// server says it has it; rank menus gain up and down buttons; display wishes apply at once. Nothing is stored.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15000;
const PATIENCE = 20000;
const LOST = [404, 410]; // the attempt is no longer there: its page says so

let pending = null; // the one answer on its way: {url, body, waits, timer, controller, words}

const form = () => document.querySelector("form[data-sitting]");

function say(text, isWaiting = false) {
  const place = document.querySelector("form[data-sitting] .state");
  if (!place) return;
  place.textContent = text;
  place.classList.toggle("waiting", isWaiting);
}

// --- the answer ---------------------------------------------------------------------------------------------------

function capture(event) {
  if (!event.target.matches("form[data-sitting]")) return;
  event.preventDefault();
  if (pending) return resendNow();
  if (!event.submitter?.name && isUntouched(event.target)) return;
  const body = new URLSearchParams(new FormData(event.target, event.submitter));
  if (event.submitter?.name === "unknown") leaveOutUnmoved(event.target, body);
  const asked = event.submitter?.hasAttribute("formaction") ? event.submitter.formAction : event.target.action;
  const isGesture = event.submitter?.name === "gesture";
  pending = { url: asked, body, waits: 0, words: { ...event.target.dataset }, label: "", isGesture };
  hold(event.target);
  say(pending.words.saving);
  send();
}

function hold(target, isHeld = true) {
  for (const control of target.querySelectorAll("fieldset, .words input, .sim")) control.inert = isHeld;
  for (const button of target.querySelectorAll(".actions button")) button.setAttribute("aria-disabled", String(isHeld));
}

async function send() {
  const mine = pending;
  mine.controller = new AbortController();
  const patience = setTimeout(() => mine.controller.abort(), PATIENCE);
  try {
    const response = await fetch(mine.url, {
      method: "POST",
      body: mine.body,
      headers: { Accept: "text/html", "X-Requested-With": "sitting" },
      signal: mine.controller.signal,
    });
    const isRetryable = response.status >= 500 || response.status === 429 || response.status === 408;
    if (isRetryable) return later(mine, Number(response.headers.get("Retry-After")) * 1000);
    const html = await response.text();
    if (pending === mine) follow(response, html, mine);
  } catch {
    later(mine);
  } finally {
    clearTimeout(patience);
  }
}

function later(mine, asked = 0) {
  if (pending !== mine) return;
  const wait = Math.min(LONGEST_WAIT, Math.max(asked || 0, FIRST_WAIT * 2 ** mine.waits));
  mine.waits += 1;
  mine.timer = setTimeout(send, wait * (0.8 + 0.4 * Math.random()));
  say(mine.words.waiting, true);
  const button = document.querySelector("form[data-sitting] .actions .button");
  if (!button) return;
  button.textContent = mine.words.again; // which moves what is below it
  button.removeAttribute("aria-disabled");
  if (mine.waits === 1) document.querySelector(".state.waiting")?.scrollIntoView({ block: "nearest" });
}

function resendNow() {
  if (!pending.timer) return;
  clearTimeout(pending.timer);
  pending.timer = null;
  say(pending.words.saving);
  send();
}

// --- the page that comes next -------------------------------------------------------------------------------------

function follow(response, html, mine) {
  pending = null;
  const url = response.headers.get("Content-Location") || response.url;
  const page = new DOMParser().parseFromString(html, "text/html");
  const isSitting = page.querySelector("form[data-sitting], [data-sitting-page]");
  if (response.ok && !isSitting) return location.assign(url);
  if (!isSitting && !LOST.includes(response.status)) return giveBack(page);
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  const part = page.querySelector("body > header") ? "body" : "main"; // what stands around a situation does not come again
  document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  if (response.headers.has("Content-Location")) history.replaceState(null, "", url); // without what an address brought back
  prepare(part);
  document.dispatchEvent(new Event("page"));
  if (showNotice() || (mine.isGesture && showGesture())) return;
  scrollTo(0, 0);
  const target = document.querySelector(".error") ? firstToMend() : null;
  (target || document.querySelector("main h1"))?.focus({ preventScroll: !target });
  if (response.ok) setTimeout(() => say(mine.words.saved), 150);
}

// Refused before it was read as an answer: what was typed stays, and the page says why.
function giveBack(page) {
  hold(form(), false);
  say(page.querySelector("main .lead")?.textContent || page.title, true);
  document.querySelector(".state").scrollIntoView({ block: "nearest" });
}

function firstToMend() {
  return document.querySelector("[aria-invalid]") || document.querySelector("fieldset input, fieldset select");
}

// Why the page followed the server comes before anything else: what was just done did not count.
function showNotice() {
  const notice = document.getElementById("avis");
  notice?.focus({ preventScroll: true });
  notice?.scrollIntoView({ block: "center" });
  return Boolean(notice);
}

// After a gesture of a simulation: what followed is read first, where it is told.
function showGesture() {
  const told = document.getElementById("geste");
  told?.focus({ preventScroll: true });
  told?.scrollIntoView({ block: "start" });
  return Boolean(told);
}

function warn(event) {
  if (pending) event.preventDefault();
}

// --- putting in order ---------------------------------------------------------------------------------------------

// Rows that nobody moved are not an order yet: validating them once says so, twice means it.
function isUntouched(target) {
  const list = target.querySelector("[data-order=untouched]");
  if (!list) return false;
  list.dataset.order = "kept";
  say(target.dataset.untouched, true);
  return true;
}

// Nor are they an answer that “I do not know” would lose: they have ranks only because we gave them some.
function leaveOutUnmoved(target, body) {
  const list = target.querySelector("[data-order=untouched], [data-order=kept]");
  for (const select of list?.querySelectorAll("select") || []) body.delete(select.name);
}

function prepareOrder(list) {
  const rows = [...list.children];
  if (!rows.some((row) => row.querySelector("select").value)) list.dataset.order = "untouched";
  if (list.dataset.hint) document.getElementById("hint").textContent = list.dataset.hint;
  const rankOf = (row) => Number(row.querySelector("select").value) || rows.length + rows.indexOf(row);
  rows.sort((one, other) => rankOf(one) - rankOf(other));
  for (const row of rows) {
    const text = row.querySelector("label").textContent;
    const moves = document.createElement("span");
    moves.className = "moves";
    moves.append(mover(-1, "↑", `${form().dataset.up} – ${text}`), mover(1, "↓", `${form().dataset.down} – ${text}`));
    row.classList.add("live");
    row.append(moves);
  }
  arrange(list, rows);
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-step]");
    if (button) shift(list, button);
  });
  list.addEventListener("change", (event) => place(list, event.target));
}

function mover(step, sign, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.step = step;
  button.textContent = sign;
  button.setAttribute("aria-label", label);
  return button;
}

function shift(list, button) {
  const row = button.closest("li");
  const rows = [...list.children];
  const from = rows.indexOf(row);
  const to = from + Number(button.dataset.step);
  if (to < 0 || to >= rows.length) return;
  rows.splice(to, 0, rows.splice(from, 1)[0]);
  arrange(list, rows, row);
  button.focus();
}

function place(list, select) {
  if (!select.value) return arrange(list, [...list.children]);
  const row = select.closest("li");
  const rows = [...list.children].filter((other) => other !== row);
  rows.splice(Number(select.value) - 1, 0, row);
  arrange(list, rows, row);
  select.focus();
}

function arrange(list, rows, moved = null) {
  if (moved) list.dataset.order = "moved";
  list.append(...rows);
  rows.forEach((row, index) => {
    row.querySelector("select").value = String(index + 1);
    row.classList.toggle("moved", row === moved);
    const [up, down] = row.querySelectorAll("button[data-step]");
    up.setAttribute("aria-disabled", String(index === 0));
    down.setAttribute("aria-disabled", String(index === rows.length - 1));
  });
  if (moved) say(`${moved.querySelector("label").textContent} – ${form().dataset.rank} ${rows.indexOf(moved) + 1}`);
}

// --- display wishes, without leaving what was typed ----------------------------------------------------------------

function applyWishes(panel) {
  const words = new FormData(panel).getAll("p").filter(Boolean);
  if (words.length) document.documentElement.dataset.p = words.join(" ");
  else delete document.documentElement.dataset.p;
  const carry = (address) => {
    const url = new URL(address, location);
    if (url.origin !== location.origin) return address;
    url.searchParams.delete("p");
    if (words.length || "kept" in panel.dataset) url.searchParams.set("p", words.join("."));
    return url.pathname + url.search + url.hash;
  };
  history.replaceState(null, "", carry(location.href));
  for (const link of document.querySelectorAll("a[href]:not([href^='#'])")) link.setAttribute("href", carry(link.href));
  for (const target of document.querySelectorAll("form[method=post]")) target.setAttribute("action", carry(target.action));
}

function prepare(part) {
  document.querySelectorAll("[data-order]").forEach(prepareOrder);
  if (part === "main") return;
  const panel = document.querySelector(".aa form");
  panel?.querySelector("button")?.remove();
  panel?.addEventListener("change", () => applyWishes(panel));
}

document.addEventListener("submit", capture);
document.addEventListener("keydown", (event) => {
  const panel = event.key === "Escape" && document.querySelector(".aa[open]");
  if (!panel) return;
  panel.open = false;
  panel.querySelector("summary").focus();
});
addEventListener("online", () => pending && resendNow());
addEventListener("beforeunload", warn);
prepare("body");
