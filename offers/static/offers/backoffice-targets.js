// Whom an offer is aimed at: lists to search and tick, how many people that is, none if it is public.
document.addEventListener("DOMContentLoaded", () => {
  for (const list of document.querySelectorAll("[data-check-list]")) searchable(list);
  for (const reach of document.querySelectorAll("[data-reach]")) countable(reach);
  const open = document.getElementById("id_is_public");
  if (open?.type === "checkbox") closable(open);
});

function searchable(list) {
  const find = list.querySelector("[data-find]");
  if (!find) return;
  const rows = [...list.querySelectorAll("li")];
  const said = list.querySelector("[data-found]");
  const tell = () => {
    const chosen = rows.filter((row) => row.querySelector("input").checked).length;
    const none = rows.every((row) => row.hidden);
    said.textContent = none ? said.dataset.none : `${said.dataset.chosen} ${chosen} / ${rows.length}`;
  };
  const narrow = () => {
    const words = find.value.toLowerCase().split(/\s+/);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
    tell();
  };
  find.hidden = rows.length < 6;
  find.addEventListener("input", narrow);
  // Enter in it would save the offer.
  find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  list.addEventListener("change", tell);
  tell();
}

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
