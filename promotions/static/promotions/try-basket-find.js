// Fields that find products or customers by what is typed: a list below, chosen by keys or mouse.
class Finder {
  constructor(form, chosen) {
    this.form = form;
    this.chosen = chosen;
    this.latest = 0;
    form.addEventListener("input", (event) => this.typed(event.target));
    form.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("focusout", (event) => {
      if (event.target === this.field) setTimeout(() => this.close(), 150);
    });
  }

  typed(field) {
    if (!field.dataset?.find) return;
    clearTimeout(this.timer);
    const mine = ++this.latest;
    if (field.value.trim().length < 2) return this.close();
    this.timer = setTimeout(() => this.ask(field, mine), 200);
  }

  async ask(field, mine) {
    const sent = new FormData();
    sent.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    sent.set("q", field.value);
    const address = this.form.dataset[`${field.dataset.find}s`];
    try {
      const answer = await fetch(address, { method: "POST", body: sent });
      if (!answer.ok || answer.redirected) return;
      const { found } = await answer.json();
      if (mine === this.latest && document.activeElement === field) this.open(field, found);
    } catch {
      this.close(); // What is typed is still looked for when the basket is priced.
    }
  }

  open(field, found) {
    this.close();
    this.field = field;
    this.list = document.createElement("ul");
    this.list.className = "tb-found";
    this.list.id = `${field.id}-found`;
    this.list.setAttribute("role", "listbox");
    for (const [place, each] of found.entries()) this.list.append(this.option(each, place));
    if (!found.length) this.list.append(this.nothing());
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "true");
    field.setAttribute("aria-controls", this.list.id);
    field.after(this.list);
  }

  option(each, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.dataset.place = place;
    const picture = document.createElement(each.picture ? "img" : "span");
    if (each.picture) Object.assign(picture, { src: each.picture, alt: "" });
    else picture.className = this.field.dataset.find === "product" ? "tb-no-picture" : "";
    const words = document.createElement("div");
    const name = document.createElement("strong");
    name.textContent = each.name;
    const note = document.createElement("span");
    note.className = "bo-quiet";
    note.textContent = each.note;
    words.append(name, note);
    option.append(picture, words);
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.choose(each);
    });
    option.choose = () => this.choose(each);
    return option;
  }

  nothing() {
    const line = document.createElement("li");
    line.className = "tb-nothing bo-quiet";
    line.textContent = this.form.dataset.none;
    return line;
  }

  choose(each) {
    const { field } = this;
    this.latest++;
    this.close();
    field.value = each.value;
    this.chosen(field, each);
  }

  pressed(event) {
    if (!this.list || event.target !== this.field) return;
    const options = [...this.list.querySelectorAll("[role=option]")];
    const now = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && now >= 0) {
      event.preventDefault();
      options[now].choose();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && options.length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = options[(now + step + options.length) % options.length];
      options[now]?.removeAttribute("aria-selected");
      next.setAttribute("aria-selected", "true");
      next.scrollIntoView({ block: "nearest" });
      this.field.setAttribute("aria-activedescendant", next.id);
    }
  }

  close() {
    if (!this.list) return;
    this.list.remove();
    this.list = null;
    for (const name of ["aria-expanded", "aria-controls", "aria-activedescendant"]) {
      this.field.removeAttribute(name);
    }
  }
}
