// Cards that are added, taken away and moved; without this there are empty ones to fill in.
document.addEventListener("DOMContentLoaded", () => {
  for (const cards of document.querySelectorAll("[data-cards]")) withTools(cards);
});

function withTools(cards) {
  const prefix = cards.dataset.cards;
  const list = cards.querySelector("[data-list]");
  const template = cards.querySelector("template");
  const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
  const shown = () => [...list.children].filter((card) => !card.hidden);

  const renumber = () => {
    const all = shown();
    all.forEach((card, place) => {
      card.querySelector('[name$="-ORDER"]').value = place + 1;
      card.querySelector("[data-up]").disabled = place === 0;
      card.querySelector("[data-down]").disabled = place === all.length - 1;
    });
    list.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const equip = (card) => {
    for (const tool of card.querySelectorAll("[data-up], [data-down], [data-remove]")) {
      tool.hidden = false;
    }
    card.addEventListener("click", (event) => {
      const tool = event.target.closest("[data-up], [data-down], [data-remove]");
      if (!tool) return;
      const all = shown();
      const place = all.indexOf(card);
      if ("remove" in tool.dataset) {
        card.querySelector('[name$="-DELETE"]').checked = true;
        card.hidden = true;
        cards.querySelector("[data-add]").focus();
      } else if ("up" in tool.dataset) {
        all[place - 1].before(card);
        tool.focus();
      } else {
        all[place + 1].after(card);
        tool.focus();
      }
      renumber();
    });
  };

  const add = (button) => {
    const number = Number(total.value);
    total.value = number + 1;
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", number);
    const card = holder.firstElementChild;
    list.append(card);
    const [name, value] = button.dataset.choose.split("=");
    const control = `${prefix}-${number}-${name}`;
    const option = card.querySelector(`input[name="${control}"][value="${value}"]`);
    if (option) option.checked = true;
    else card.querySelector(`[name="${control}"]`).value = value;
    if (button.dataset.tick) card.querySelector(`[name$="-${button.dataset.tick}"]`).checked = true;
    equip(card);
    card.dispatchEvent(new Event("bo-added", { bubbles: true }));
    renumber();
    card.querySelector("input:not([type=hidden]), select").focus();
  };

  for (const card of [...list.children]) {
    if ("empty" in card.dataset) card.remove();
    else {
      equip(card);
      card.hidden = card.querySelector('[name$="-DELETE"]').checked;
    }
  }
  const adders = cards.querySelector("[data-adders]");
  adders.hidden = false;
  adders.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add]");
    if (button) add(button);
  });
  renumber();
}
