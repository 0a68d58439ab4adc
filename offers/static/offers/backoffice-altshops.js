// Names Django's two lists as the documents do, once it has built them.
const nameLists = () => {
  for (const field of document.querySelectorAll("select[data-available]")) {
    const lists = field.closest(".selector");
    if (!lists) continue;
    for (const [side, words] of [["available", field.dataset.available], ["chosen", field.dataset.selected]]) {
      const title = lists.querySelector(`.selector-${side}-title label, .selector-${side} h2`);
      if (title) title.firstChild.textContent = words;
    }
  }
};

// Django builds them in a listener of the same event.
window.addEventListener("load", () => setTimeout(nameLists));
