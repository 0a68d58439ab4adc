// Prices the basket while somebody fills it. The server draws; this only puts its parts in place.
class Basket {
  constructor(form) {
    this.form = form;
    this.rows = form.querySelector("[data-rows]");
    this.told = form.querySelector("[data-told]");
    this.result = document.querySelector("[data-result]");
    this.latest = 0;
    new Finder(form, (field, each) => this.found(field, each));
    form.addEventListener("input", (event) => this.changed(event.target));
    form.addEventListener("change", (event) => this.changed(event.target));
    form.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("click", (event) => this.copied(event));
    form.querySelector("[data-clear]").hidden = false;
    this.dress();
  }

  dress() {
    for (const button of this.rows.querySelectorAll("[data-remove]")) button.hidden = false;
    for (const button of document.querySelectorAll("[data-copy], [data-copy-address]")) {
      button.hidden = !navigator.clipboard;
    }
  }

  changed(field) {
    if (field.name === "paste") return;
    if (field.name === "product") this.keepOneEmpty();
    // A name that is being typed is nothing to price yet: what is chosen from the list is.
    const wait = field.dataset.find ? 900 : 350;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.price(), wait);
  }

  found(field, each) {
    if (field.name === "product") {
      const row = field.closest("[data-row]");
      row.querySelector("[data-price]").placeholder = each.price;
      row.querySelector("[name=quantity]").focus();
      this.keepOneEmpty();
    }
    clearTimeout(this.timer);
    this.price();
  }

  clicked(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches("[data-remove]")) {
      const row = button.closest("[data-row]");
      const next = row.nextElementSibling ?? row.previousElementSibling;
      if (next) row.remove();
      else this.empty(row);
      this.keepOneEmpty();
      next?.querySelector("[name=product]").focus();
      this.price();
    } else if (button.matches("[data-clear]")) {
      for (const row of this.rows.querySelectorAll("[data-row]")) this.empty(row);
      this.rows.querySelector("[name=product]").focus();
      this.price();
    } else if (button.matches("[data-add]")) {
      event.preventDefault();
      this.append().querySelector("[name=product]").focus();
    }
  }

  keepOneEmpty() {
    const fields = [...this.rows.querySelectorAll("[name=product]")];
    if (fields.every((field) => field.value.trim())) this.append();
  }

  append() {
    const row = this.rows.lastElementChild.cloneNode(true);
    const number = (this.rows.dataset.made = Number(this.rows.dataset.made ?? 1000) + 1);
    for (const part of row.querySelectorAll("[id], [for]")) {
      for (const name of ["id", "for", "aria-describedby"]) {
        const old = part.getAttribute(name);
        if (old) part.setAttribute(name, old.replace(/\d+$/, number));
      }
    }
    row.querySelector(".tb-found")?.remove();
    this.empty(row);
    this.rows.append(row);
    return row;
  }

  empty(row) {
    for (const field of row.querySelectorAll("input")) {
      field.value = "";
      field.removeAttribute("aria-invalid");
    }
    row.querySelector("[data-about]").replaceChildren();
  }

  async price() {
    const mine = ++this.latest;
    this.result.setAttribute("aria-busy", "true");
    try {
      const sent = new FormData(this.form);
      sent.delete("paste");
      const answer = await fetch(this.form.action, { method: "POST", body: sent });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== this.latest) return;
      this.put(page);
      if (answer.redirected) history.replaceState(null, "", answer.url);
      this.told.textContent = "";
    } catch {
      if (mine === this.latest) this.told.textContent = this.form.dataset.trouble;
    } finally {
      if (mine === this.latest) this.result.removeAttribute("aria-busy");
    }
  }

  // Fields keep what is in them: only what is said about them is new.
  put(page) {
    const open = [...this.result.querySelectorAll("details")].map((each) => each.open);
    this.result.replaceChildren(...page.querySelector("[data-result]").childNodes);
    if (this.result.querySelectorAll("details").length === open.length) {
      this.result.querySelectorAll("details").forEach((each, place) => (each.open = open[place]));
    }
    const filled = [...this.rows.querySelectorAll("[data-row]")].filter((row) =>
      ["product", "price"].some((name) => row.querySelector(`[name=${name}]`).value.trim()),
    );
    const theirs = page.querySelectorAll("[data-row]");
    for (const [place, row] of filled.entries()) {
      const said = theirs[place].querySelector("[data-about]").childNodes;
      row.querySelector("[data-about]").replaceChildren(...said);
      for (const name of ["product", "quantity", "price"]) {
        this.judge(row.querySelector(`[name=${name}]`), theirs[place]);
      }
      const price = theirs[place].querySelector("[data-price]").placeholder;
      row.querySelector("[data-price]").placeholder = price;
    }
    for (const name of ["errors", "said"]) {
      const places = this.form.querySelectorAll(`[data-${name}]`);
      const others = page.querySelectorAll(`form [data-${name}]`);
      places.forEach((each, place) => each.replaceWith(others[place]));
    }
    for (const field of this.form.querySelectorAll(".tb-circumstances [name]")) {
      this.judge(field, page);
    }
    const zone = "#id_at_helptext";
    this.form.querySelector(zone)?.replaceWith(page.querySelector(zone));
    this.dress();
  }

  // Says of a field whether what is in it is wrong, as the server's page says it.
  judge(field, page) {
    const wrong = page.querySelector(`[name=${field.name}][aria-invalid]`);
    field.toggleAttribute("aria-invalid", wrong);
    if (wrong) field.setAttribute("aria-invalid", "true");
  }

  async copied(event) {
    const button = event.target.closest("[data-copy], [data-copy-address]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source ? source.value : location.href);
    const sign = button.querySelector("span") ?? button.appendChild(document.createElement("span"));
    sign.textContent = " ✓";
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-try-basket]");
  if (form) new Basket(form);
});
