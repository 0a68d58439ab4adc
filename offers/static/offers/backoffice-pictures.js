// Turns a choice of pictures into a button that opens the gallery. The <select> stays the field.
const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

class PicturePicker {
  constructor(root) {
    this.root = root;
    this.words = (name) => root.getAttribute(`data-words-${name}`);
    this.select = root.querySelector("select");
    this.image = element("img", { alt: "", width: 120, height: 90 });
    this.title = element("span");
    this.button = element("button", { type: "button", className: "bo-button" });
    this.button.addEventListener("click", () => this.open());
    // The label points at the select: it now names the button.
    this.button.id = this.select.id;
    this.select.id = `${this.button.id}_select`;
    this.select.hidden = true;
    const described = this.select.getAttribute("aria-describedby");
    if (described) this.button.setAttribute("aria-describedby", described);
    this.clear = element("button", { type: "button", className: "bo-button bo-small", textContent: this.words("clear") });
    this.clear.addEventListener("click", () => this.none());
    root.append(element("div", { className: "bo-picked" }, this.image, element("div", {}, this.title, this.button, this.clear)));
    this.show();
  }

  show() {
    const option = this.select.selectedOptions[0];
    const chosen = Boolean(option?.value);
    this.image.hidden = !chosen;
    if (chosen) this.image.src = option.dataset.thumbnail;
    this.title.textContent = chosen ? option.textContent.trim() : "";
    this.button.textContent = this.words(chosen ? "change" : "choose");
    this.clear.hidden = !chosen || this.select.required;
    const label = document.querySelector(`label[for="${this.button.id}"]`);
    const name = label ? label.textContent.replace(/[*:]/g, "").trim() : "";
    this.clear.setAttribute("aria-label", [name, this.clear.textContent].filter(Boolean).join(", "));
    this.button.setAttribute("aria-label", [name, this.title.textContent, this.button.textContent].filter(Boolean).join(", "));
  }

  choose({ id, title, thumbnail }) {
    let option = [...this.select.options].find((other) => other.value === String(id));
    if (!option) {
      option = element("option", { value: id, textContent: title });
      option.dataset.thumbnail = thumbnail;
      this.select.append(option);
    }
    option.selected = true;
    this.show();
    this.select.dispatchEvent(new Event("input", { bubbles: true }));
    this.dialog.close();
  }

  none() {
    this.select.value = "";
    this.show();
    this.select.dispatchEvent(new Event("input", { bubbles: true }));
    this.button.focus();
  }

  open() {
    if (!this.dialog) this.build();
    this.dialog.showModal();
    this.search.value = "";
    this.load();
    this.search.focus();
  }

  build() {
    this.search = element("input", { type: "search", className: "bo-input", placeholder: this.words("search") });
    this.search.setAttribute("aria-label", this.words("search"));
    this.search.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.load(), 250);
    });
    this.search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    this.grid = element("div", { className: "bo-gallery" });
    this.more = element("button", { type: "button", className: "bo-button", textContent: this.words("more"), hidden: true });
    this.more.addEventListener("click", () => this.load(this.next));
    this.message = element("p", { className: "bo-quiet" });
    this.message.setAttribute("role", "status");
    this.file = element("input", { type: "file", accept: "image/jpeg,image/png,image/webp,image/gif" });
    this.file.addEventListener("change", () => this.upload());
    const close = element("button", { type: "button", className: "bo-button", textContent: this.words("close") });
    close.addEventListener("click", () => this.dialog.close());
    const heading = element("h2", { textContent: this.words("title"), id: `${this.button.id}_gallery` });
    const upload = element("label", { className: "bo-upload" }, element("span", { textContent: this.words("upload") }), this.file);
    this.dialog = element("dialog", { className: "bo-dialog bo-page" },
      element("div", { className: "bo-heading-row" }, heading, close), this.search, this.grid, this.more, this.message, upload);
    this.dialog.setAttribute("aria-labelledby", heading.id);
    this.dialog.addEventListener("close", () => this.button.focus());
    // Outside the form: what is searched or uploaded is no part of it.
    document.body.append(this.dialog);
  }

  async load(page = 1) {
    const question = new URLSearchParams({ q: this.search.value, page });
    try {
      const answer = await fetch(`${this.root.dataset.browse}?${question}`);
      const { pictures, next } = await answer.json();
      const cards = pictures.map((picture) => this.card(picture));
      if (page === 1) this.grid.replaceChildren(...cards);
      else this.grid.append(...cards);
      if (page !== 1) cards[0]?.focus();
      this.next = next;
      this.more.hidden = !next;
      this.message.textContent = this.grid.children.length ? "" : this.words("none");
    } catch {
      this.message.textContent = this.words("trouble");
    }
  }

  card(picture) {
    const image = element("img", { src: picture.thumbnail, alt: "", loading: "lazy" });
    const card = element("button", { type: "button" }, image, element("span", { textContent: picture.title }));
    card.setAttribute("aria-pressed", String(this.select.value === String(picture.id)));
    card.addEventListener("click", () => this.choose(picture));
    return card;
  }

  async upload() {
    const [file] = this.file.files;
    if (!file) return;
    const data = new FormData();
    data.append("pictures", file);
    data.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    this.message.textContent = this.words("busy");
    try {
      const answer = await fetch(this.root.dataset.upload, { method: "POST", body: data });
      const result = await answer.json();
      if (result.picture) this.choose(result.picture);
      this.message.textContent = result.error ?? "";
    } catch {
      this.message.textContent = this.words("trouble");
    }
    this.file.value = "";
  }
}

document.addEventListener("DOMContentLoaded", () => {
  for (const root of document.querySelectorAll("[data-picker]")) new PicturePicker(root);
});
