// Read the main text aloud with a voice of the reader's own device; where there is none, the panel « Aa » goes on saying so.
// Voices that live elsewhere are left out: the text would be sent to whoever keeps them.

const speech = window.speechSynthesis;
const BLOCKS = "h1, h2, h3, p, li, dt, dd, legend, label, caption, th, td, figcaption, blockquote, svg[role=img]";
const SKIPPED = ".listen, .hidden, .actions, .progress, .state, [hidden], [aria-hidden=true], nav";

let turn = 0; // of reading: what comes back from an older one is not heard
let list = [];
let at = 0;

const place = () => document.querySelector("[data-listen]");
const said = () => place().dataset.listen.split("|"); // listen, pause, go on, stop
const bar = () => document.querySelector(".listen");
const words = (one) => (one.getAttribute("aria-label") || one.innerText || "").trim();

function voiceOf(one) {
  const language = one.closest("[lang]").lang.slice(0, 2).toLowerCase();
  return speech.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}

// What is seen, from top to bottom; a block within another is read with it.
function seen(root) {
  return [...root.querySelectorAll(BLOCKS)].filter((one) => {
    const outer = one.parentElement.closest(BLOCKS);
    return !(outer && root.contains(outer)) && !one.closest(SKIPPED) && one.getClientRects().length;
  });
}

function read(mine) {
  if (mine !== turn) return;
  mark(null);
  while (at < list.length && !(words(list[at]) && voiceOf(list[at]))) at += 1;
  const one = list[at];
  if (!one) return stop();
  const spoken = new SpeechSynthesisUtterance(words(one));
  spoken.voice = voiceOf(one);
  spoken.lang = spoken.voice.lang;
  spoken.onend = () => {
    if (mine === turn) at += 1;
    read(mine);
  };
  spoken.onerror = () => mine === turn && stop();
  mark(one);
  speech.speak(spoken);
}

function mark(one) {
  document.querySelector(".heard")?.classList.remove("heard");
  one?.classList.add("heard");
}

function show(state) {
  if (!bar() || !place()) return;
  const [main, end] = bar().children;
  bar().dataset.state = state;
  main.textContent = said()[["idle", "reading", "paused"].indexOf(state)];
  end.hidden = state === "idle";
}

function hush() {
  turn += 1;
  speech.cancel();
}

function stop() {
  hush();
  mark(null);
  show("idle");
}

// A pause is a stop that knows where it was: pause() itself is deaf on some telephones.
function press() {
  const state = bar().dataset.state;
  hush();
  if (state === "reading") return show("paused");
  if (state === "idle") [list, at] = [seen(place()), 0];
  show("reading");
  read(turn);
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "link small";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function offer() {
  const root = place();
  if (!root || bar() || !voiceOf(root)) return;
  const made = document.createElement("div");
  made.className = "listen no-print";
  const main = button("", press);
  made.append(main, button(said()[3], () => { stop(); main.focus(); }));
  root.prepend(made);
  show("idle");
  for (const one of document.querySelectorAll("[data-voiceless]")) one.hidden = true;
}

if (speech) {
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  document.addEventListener("page", () => { stop(); offer(); }); // a sitting shows the next one in the place of this one
  addEventListener("pagehide", hush);
}
