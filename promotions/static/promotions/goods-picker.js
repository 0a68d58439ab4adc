// Products, categories and product groups to search and pick; the textarea below holds the lines.
document.addEventListener("DOMContentLoaded", () => {
  for (const picker of document.querySelectorAll("[data-goods]")) pickable(picker);
});
document.addEventListener("bo-added", (event) => {
  for (const picker of event.target.querySelectorAll("[data-goods]")) pickable(picker);
});

const AT_ONCE = 50;

function pickable(picker) {
  if (picker.closest("template")) return;
  const { dataset } = picker;
  const chips = picker.querySelector("[data-chips]");
  const lines = picker.querySelector("textarea");
  const find = picker.querySelector("[data-find]");
  const input = find.querySelector("input");
  const found = find.querySelector("[role=listbox]");
  const told = find.querySelector("[data-told]");
  const single = "single" in dataset;
  let latest = 0, timer, active = -1;
  find.hidden = false;
  found.id = `${lines.id}_found`;
  input.id = `${lines.id}_find`;
  input.setAttribute("aria-controls", found.id);

  const tokens = () => [...chips.children].map((chip) => chip.dataset.token);
  const write = () => {
    lines.value = tokens().join("\n");
    find.classList.toggle("pr-full", single && chips.children.length > 0);
    lines.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const tool = (chip) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pr-chip-remove";
    button.innerHTML = '<span class="material-symbols-outlined" aria-hidden="true">close</span>';
    button.setAttribute("aria-label", `${dataset.wordsRemove} ${chip.firstElementChild.nextElementSibling?.firstChild.textContent ?? chip.dataset.token}`);
    button.addEventListener("click", () => {
      chip.remove();
      write();
      input.focus();
    });
    chip.append(button);
  };
  const piece = (className, text) => {
    const span = document.createElement("span");
    span.className = className;
    span.textContent = text;
    return span;
  };
  const drawn = (element, thing) => {
    const sign = piece("material-symbols-outlined", thing.sign);
    sign.setAttribute("aria-hidden", "true");
    const name = piece("", `${thing.label} `);
    name.append(piece("bo-quiet", thing.about));
    element.append(sign, name);
    return element;
  };
  const pick = (thing) => {
    if (single) chips.replaceChildren();
    if (!tokens().includes(thing.token)) {
      const chip = drawn(document.createElement("li"), thing);
      chip.dataset.token = thing.token;
      tool(chip);
      chips.append(chip);
    }
    close();
    input.value = "";
    write();
  };
  const close = () => {
    latest++;
    found.hidden = true;
    found.replaceChildren();
    told.textContent = "";
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (place) => {
    const options = [...found.children];
    if (!options.length) return;
    active = (place + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", at === active));
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  };
  const ask = async (parameters) => {
    const got = await fetch(`${dataset.search}?${new URLSearchParams(parameters)}`);
    if (!got.ok || got.redirected) throw new Error();
    return (await got.json()).results;
  };
  const search = async () => {
    const mine = ++latest;
    const q = input.value.trim();
    if (!q) return close();
    try {
      const results = await ask({ q, only: dataset.only });
      if (mine !== latest) return;
      found.replaceChildren(...results.map((thing, place) => {
        const option = drawn(document.createElement("li"), thing);
        option.id = `${found.id}_${place}`;
        option.setAttribute("role", "option");
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => pick(thing));
        option.pick = () => pick(thing);
        return option;
      }));
      found.hidden = !results.length;
      told.textContent = results.length ? "" : dataset.wordsNone;
      input.setAttribute("aria-expanded", String(results.length > 0));
      mark(0);
    } catch {
      if (mine === latest) told.textContent = dataset.wordsTrouble;
    }
  };
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    clearTimeout(timer);
    timer = setTimeout(search, 150);
  });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") mark(active + 1);
    else if (event.key === "ArrowUp") mark(active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter") found.children[active]?.pick();
    else if (event.key === "Backspace" && !input.value) {
      chips.lastElementChild?.remove();
      return write();
    } else return;
    event.preventDefault(); // Enter would save the form.
  });
  input.addEventListener("paste", async (event) => {
    const text = event.clipboardData.getData("text");
    if (single || !text.trim().includes("\n")) return;
    event.preventDefault();
    try {
      const asked = [...new Set(text.split("\n").map((line) => line.trim()).filter(Boolean))];
      const results = [];
      // Few at once: servers refuse long addresses.
      for (let first = 0; first < asked.length; first += AT_ONCE) {
        results.push(...await ask({ exact: asked.slice(first, first + AT_ONCE).join("\n") }));
      }
      for (const thing of results) pick(thing);
      const missing = asked.length - results.length;
      told.textContent = missing > 0 ? `${missing} ${dataset.wordsUnknown}` : "";
    } catch {
      told.textContent = dataset.wordsTrouble;
    }
  });
  for (const chip of chips.children) tool(chip);
  find.classList.toggle("pr-full", single && chips.children.length > 0);
}
