// Fields for an ID of the catalogue: suggest things while somebody types, tell what has the ID.
document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("[data-lookup]")) new Lookup(place);
});

const PAUSE = 200;

class Lookup {
  constructor(place) {
    this.place = place;
    this.input = place.querySelector("input");
    this.said = place.querySelector("[role=status]");
    this.into = document.getElementById(place.dataset.into);
    this.kind = document.getElementById(place.dataset.kind);
    this.list = document.createElement("div");
    this.list.id = `${this.input.id}-found`;
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    this.input.after(this.list);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": this.list.id,
      "aria-expanded": "false",
    })) {
      this.input.setAttribute(name, value);
    }
    place.hidden = false;
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
    this.kind?.addEventListener("change", () => this.tell());
  }

  get url() {
    const { dataset } = this.place;
    const name = this.kind ? `url${this.kind.value[0]?.toUpperCase()}${this.kind.value.slice(1)}` : "url";
    return dataset[name];
  }

  typed() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.suggest(), PAUSE);
  }

  async suggest() {
    const text = this.input.value.trim();
    const found = text && this.url ? await this.ask({ q: text }) : [];
    // An answer that comes when something else has been typed is late.
    if (text !== this.input.value.trim() || document.activeElement !== this.input) return;
    this.list.replaceChildren(...found.map((thing, number) => this.option(thing, number)));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    if (!this.into) this.say(found.find((thing) => String(thing[this.place.dataset.lookup]) === text));
  }

  option(thing, number) {
    const option = document.createElement("div");
    option.id = `${this.list.id}-${number}`;
    option.setAttribute("role", "option");
    option.thing = thing;
    const note = document.createElement("small");
    note.textContent = [thing[this.place.dataset.lookup], thing.note].filter(Boolean).join(" · ");
    option.append(thing.name, note);
    return option;
  }

  pressed(event) {
    if (this.list.hidden) {
      // Enter in a field that only finds would do nothing, or save the form.
      if (event.key === "Enter" && this.into) event.preventDefault();
      return;
    }
    const options = [...this.list.children];
    const here = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      const first = here < 0 && event.key === "ArrowUp" ? 0 : here;
      this.select(options[(first + steps[event.key] + options.length) % options.length]);
    } else if (event.key === "Enter") {
      this.choose(options[here] ?? (this.into && options[0]));
    } else if (event.key === "Escape") {
      this.close();
    } else return;
    event.preventDefault();
  }

  select(chosen) {
    for (const option of this.list.children) {
      option.setAttribute("aria-selected", String(option === chosen));
    }
    this.input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  choose(option) {
    if (!option) return this.close();
    const id = String(option.thing[this.place.dataset.lookup]);
    if (this.into) {
      const lines = this.into.value.split("\n").filter((line) => line.trim());
      if (!lines.includes(id)) lines.push(id);
      this.into.value = `${lines.join("\n")}\n`;
      this.input.value = "";
    } else {
      this.input.value = id;
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.say(option.thing);
    this.close();
  }

  close() {
    clearTimeout(this.waiting);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  // What has the ID, after what the ID is of was changed.
  async tell() {
    const value = this.input.value.trim();
    const by = this.place.dataset.lookup;
    const [thing] = value && this.url ? await this.ask({ value, by }) : [];
    this.say(thing);
  }

  say(thing) {
    this.said.textContent = thing ? [thing.name, thing.note].filter(Boolean).join(" · ") : "";
  }

  async ask(question) {
    const answer = await fetch(`${this.url}?${new URLSearchParams(question)}`).catch(() => null);
    return answer?.ok && !answer.redirected ? (await answer.json()).found : [];
  }
}
