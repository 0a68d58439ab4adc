// Lists to search and tick: rows are narrowed by words, and how many are ticked is told.
document.addEventListener("DOMContentLoaded", () => {
  for (const list of document.querySelectorAll("[data-check-list]")) searchable(list);
});

// Scripts that put more of a form on the page tell so.
document.addEventListener("bo-added", (event) => {
  for (const list of event.target.querySelectorAll("[data-check-list]")) searchable(list);
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
  // Enter in it would save the form.
  find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  list.addEventListener("change", tell);
  tell();
}
