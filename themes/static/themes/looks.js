// The preview follows what is typed; without this, « Aperçu » does the same. Nothing is saved here.

const NAMES = { nom: "name", brand: "brand", wash: "wash" };
const form = document.querySelector("form[data-look]");
let timer = null;

function follow() {
  for (const frame of document.querySelectorAll(".looks iframe")) {
    const url = new URL(frame.src);
    for (const [word, name] of Object.entries(NAMES)) url.searchParams.set(word, form.elements[name].value);
    if (url.href !== frame.src) frame.contentWindow.location.replace(url.href);
  }
}

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(follow, 300);
});
