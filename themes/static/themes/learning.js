// What this adds to a module that already works without it: the time a step is really seen is told when one leaves it,
// and cards to turn close one another. Nothing is stored here.

const step = document.querySelector("[data-ticket]");

// --- time: counted only while the page is seen, and somebody is there ------------------------------------------------

const REST = 120_000; // without a gesture for two minutes, nobody is reading any more

if (step) {
  let seen = 0; // milliseconds not told yet
  let since = document.hidden ? null : performance.now();
  let lastGesture = performance.now();

  const count = () => {
    if (since === null) return;
    const now = performance.now();
    const until = Math.min(now, lastGesture + REST);
    if (until > since) seen += until - since;
    since = now;
  };

  const tell = () => {
    count();
    const seconds = Math.floor(seen / 1000);
    if (seconds < 1) return;
    seen -= seconds * 1000;
    const body = new URLSearchParams({ ticket: step.dataset.ticket, seconds: String(seconds) });
    navigator.sendBeacon(step.dataset.time, body);
  };

  const gesture = () => {
    count();
    lastGesture = performance.now();
  };

  for (const kind of ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"]) {
    addEventListener(kind, gesture, { passive: true });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      tell();
      since = null;
    } else {
      since = lastGesture = performance.now();
    }
  });
  addEventListener("pagehide", () => {
    if (since !== null) tell();
    since = null;
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) since = lastGesture = performance.now();
  });
}

// --- cards to turn: one open at a time ---------------------------------------------------------------------------------

document.addEventListener(
  "toggle",
  (event) => {
    const card = event.target;
    if (!card.open || !card.matches(".cards details")) return;
    for (const other of card.parentElement.querySelectorAll(":scope > details[open]")) {
      if (other !== card) other.open = false;
    }
  },
  true,
);
