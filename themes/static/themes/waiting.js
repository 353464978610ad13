// A page that waits for long work asks again how far it is, without moving the reader; without this module it reloads.
const EVERY = 3000;

async function look() {
  const bar = document.querySelector("[data-waiting]");
  if (!bar || document.hidden) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-waiting]");
    if (answer.ok && !fresh) return location.reload();
    if (fresh) {
      bar.value = fresh.value;
      bar.textContent = fresh.textContent;
      const said = document.querySelector("[data-waited]");
      if (said) said.textContent = page.querySelector("[data-waited]").textContent;
    }
  } catch {
    // The network is away for a moment: the next look will say.
  }
}

setInterval(look, EVERY);
