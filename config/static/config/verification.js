// Asks for one invariant after the other, so that none of the answers takes long.
const form = document.querySelector("[data-verify]");
const told = form.querySelector("[data-told]");

async function verify(name) {
  const asked = new FormData();
  asked.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  asked.set("name", name);
  const answer = await fetch(location.href, { method: "POST", body: asked });
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById(name).replaceWith(page.getElementById(name));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const names = [...form.querySelectorAll("[name=name]")].map((input) => input.value);
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    for (const [number, name] of names.entries()) {
      told.textContent = `${number + 1} / ${names.length}`;
      await verify(name);
    }
    told.textContent = `✓ ${document.querySelectorAll(".ve-holds").length} / ${names.length}`;
  } catch {
    form.submit(); // The page itself says what is wrong.
  }
  button.disabled = false;
});
