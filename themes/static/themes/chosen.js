// What this adds to /cms/: under a field that holds a key, what it names, in the words of the list.

const FIELDS = ["bank-items", "bank-simulations", "modules"].map((id) => `input[list="${id}"]`).join(", ");

function tell(field) {
  const known = [...(field.list?.options || [])].find((option) => option.value === field.value.trim());
  let told = field.parentElement.querySelector(":scope > output.chosen");
  if (!told) {
    if (!known) return;
    told = Object.assign(document.createElement("output"), { className: "chosen" });
    told.htmlFor = field.id;
    field.after(told);
  }
  const words = known ? known.text : "";
  if (told.textContent !== words) told.textContent = words;
}

const tellAll = () => document.querySelectorAll(FIELDS).forEach(tell);

document.addEventListener("input", (event) => event.target.matches(FIELDS) && tell(event.target));
// Blocks are drawn, added and moved by Wagtail after the page is loaded.
let waiting = 0;
new MutationObserver(() => {
  waiting ||= requestAnimationFrame(() => {
    waiting = 0;
    tellAll();
  });
}).observe(document.body, { childList: true, subtree: true });
tellAll();
