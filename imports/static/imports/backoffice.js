// What every page of the back-office does with JavaScript; all of it works without, too.
document.addEventListener("DOMContentLoaded", () => {
  document.documentElement.classList.add("bo-js");

  for (const field of document.querySelectorAll("[data-submit-on-change]")) {
    field.addEventListener("change", () => field.form.requestSubmit());
  }

  // On a phone the rows of lists are cards, whose labels are the names of fields.
  for (const cell of document.querySelectorAll("#result_list [data-label]")) {
    const label = cell.dataset.label;
    cell.dataset.label = label.charAt(0).toLocaleUpperCase() + label.slice(1);
  }

  // One menu at a time, closed by Escape or a click elsewhere.
  const menus = () => document.querySelectorAll("details.bo-menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
});
