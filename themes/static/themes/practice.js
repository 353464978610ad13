// What this adds to practice that already works without it: the answer and its explanation take the place of the form,
// in the page, and are read first; a flash card is kept without leaving the page. When the network does not answer, the
// form is sent as usual.

async function send(form, submitter) {
  const place = form.closest("[data-practice-place]");
  const body = new URLSearchParams(new FormData(form, submitter));
  const asked = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
  form.inert = true;
  try {
    const response = await fetch(asked, { method: "POST", body, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById(place.id);
    if (!fresh) throw new Error("elsewhere");
    place.replaceWith(document.adoptNode(fresh));
    show(fresh);
  } catch {
    form.inert = false;
    again(form, submitter);
  }
}

// What followed is read first: the sentence beside a field, what a gesture did, or the verdict.
function show(fresh) {
  const target = fresh.querySelector("[aria-invalid], .error + .choice input, fieldset:has(.error) input") ||
    fresh.querySelector(".told:not(.first)") || fresh;
  target.focus({ preventScroll: true });
  (fresh.querySelector(".told:not(.first)") || fresh).scrollIntoView({ block: "start" });
}

function again(form, submitter) {
  form.dataset.plain = "1";
  form.requestSubmit(submitter || undefined);
}

// The page that comes back says which card is kept: that card alone takes the place of the one in this page.
async function keep(form, submitter) {
  const card = submitter.closest("details");
  const body = new URLSearchParams(new FormData(form, submitter));
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("gardee")?.closest("details");
    if (!fresh) throw new Error("elsewhere");
    document.getElementById("gardee")?.removeAttribute("id");
    card.replaceWith(document.adoptNode(fresh));
    document.getElementById("gardee").focus();
  } catch {
    again(form, submitter);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-practice], form[data-cards]") || form.dataset.plain) return;
  event.preventDefault();
  (form.matches("[data-cards]") ? keep : send)(form, event.submitter);
});
