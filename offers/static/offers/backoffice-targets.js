// Whom an offer is aimed at: how many people that is, and nobody in particular if it is public.
document.addEventListener("DOMContentLoaded", () => {
  for (const reach of document.querySelectorAll("[data-reach]")) countable(reach);
  const open = document.getElementById("id_is_public");
  if (open?.type === "checkbox") closable(open);
});

function countable(reach) {
  const button = reach.querySelector("button");
  const answer = reach.querySelector("[data-answer]");
  const { form } = button;
  let latest = 0;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const mine = ++latest;
    answer.textContent = reach.dataset.busy;
    try {
      const got = await fetch(button.formAction, { method: "POST", body: new FormData(form) });
      if (!got.ok || got.redirected) throw new Error();
      const text = await got.text();
      if (mine === latest) answer.textContent = text;
    } catch {
      if (mine === latest) answer.textContent = reach.dataset.trouble;
    }
  });
  // What was counted is no longer what is ticked.
  form.addEventListener("change", (event) => {
    if (!event.target.name?.startsWith("for_")) return;
    latest++;
    answer.textContent = "";
  });
}

function closable(open) {
  const lists = document.querySelectorAll("[data-check-list]");
  const why = document.querySelector("[data-public-takes-none]");
  const close = () => {
    for (const list of lists) {
      for (const input of list.querySelectorAll("input")) input.disabled = open.checked;
    }
    if (why) why.hidden = !open.checked;
  };
  open.addEventListener("change", close);
  close();
}
