// The builder of an audience's conditions. The textarea stays the field of the form: without
// this script it is all there is, and with it, it always holds what the builder shows.
const EMPTY_VALUES = {
  none: () => null,
  text: () => "",
  number: () => "",
  days: () => "",
  years: () => "",
  number_pair: () => ["", ""],
  years_pair: () => ["", ""],
  date_pair: () => ["", ""],
};
const isFilled = (value) => value !== "" && value !== null && value !== undefined;

document.addEventListener("alpine:init", () => {
  Alpine.data("audienceBuilder", () => ({
    root: null,
    errors: {},
    unreadable: false,
    said: "",

    init() {
      this.catalogue = JSON.parse(document.getElementById("audience-catalogue").textContent);
      this.words = this.catalogue.words;
      this.field = this.$root.querySelector("textarea");
      this.fields = new Map(this.catalogue.fields.map((field) => [field.key, field]));
      this.readJson();
      this.showErrors(JSON.parse(document.getElementById("audience-errors").textContent));
      this.$watch("root", () => this.changed());
      this.$nextTick(() => this.changed({ byHand: false }));
    },

    // --- the JSON ------------------------------------------------------------------------------
    readJson() {
      try {
        this.root = AudienceTree.root(JSON.parse(this.field.value));
        this.unreadable = false;
      } catch {
        this.root ??= AudienceTree.group();
        this.unreadable = true;
      }
    },

    changed({ byHand = true } = {}) {
      if (byHand) {
        this.field.value = JSON.stringify(AudienceTree.write(this.root), null, 2);
        this.errors = {};
        this.unreadable = false;
        this.field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      const complete = (node) => this.isComplete(node);
      const incomplete = AudienceTree.conditions(this.root).filter((node) => !complete(node)).length;
      this.$dispatch("audience-changed", {
        conditions: JSON.stringify(AudienceTree.writeWanted(this.root, complete)),
        incomplete: incomplete ? this.words[incomplete > 1 ? "incomplete" : "one_incomplete"] : "",
        refused: (errors) => this.showErrors(errors, complete),
      });
    },

    showErrors(errors, wanted) {
      this.errors = {};
      for (const { path, message } of errors) {
        const node = AudienceTree.at(this.root, path, wanted);
        this.errors[node.id] = [...(this.errors[node.id] ?? []), message];
      }
    },

    // --- what can be chosen --------------------------------------------------------------------
    operators(node) {
      return this.catalogue.operators[this.fields.get(node.field)?.type] ?? [];
    },

    operator(node) {
      return this.operators(node).find((each) => each.key === node.operator);
    },

    kind(node) {
      return this.operator(node)?.value ?? "none";
    },

    options(node) {
      return this.kind(node) === "months" ? this.catalogue.months : this.fields.get(node.field)?.options ?? [];
    },

    isComplete(node) {
      const operator = this.operator(node);
      if (!operator) return false;
      if (operator.value === "none") return true;
      if (!Array.isArray(node.value)) return isFilled(node.value);
      return node.value.length > 0 && node.value.every(isFilled);
    },

    chooseField(node) {
      const kept = this.operators(node).some((each) => each.key === node.operator);
      if (!kept) node.operator = this.operators(node)[0]?.key ?? "";
      node.value = this.emptyValue(node);
    },

    chooseOperator(node, before) {
      const kindBefore = this.operators(node).find((each) => each.key === before)?.value;
      if (kindBefore !== this.kind(node)) node.value = this.emptyValue(node);
    },

    emptyValue(node) {
      return (EMPTY_VALUES[this.kind(node)] ?? (() => []))();
    },

    toggle(node, value) {
      const chosen = new Set(node.value);
      if (!chosen.delete(value)) chosen.add(value);
      node.value = this.options(node).map((each) => each.value).filter((each) => chosen.has(each));
    },

    setPart(node, part, { value, type }) {
      node.value = node.value.with(part, type === "number" && value ? Number(value) : value);
    },

    // Of several lines or cells each is a value. A comma or a semicolon may be a part of one.
    addTexts(node, text) {
      const written = text.split(/[\r\n\t]/).map((each) => each.trim()).filter(Boolean);
      node.value = [...new Set([...(node.value ?? []), ...written])];
    },

    // --- changing the tree ---------------------------------------------------------------------
    add(parent, field = "") {
      const node = AudienceTree.condition(field);
      this.chooseField(node);
      parent.children.push(node);
      this.focus(`field-${node.id}`);
    },

    addGroup(parent) {
      const node = AudienceTree.condition();
      const join = parent.join === "all" ? "any" : "all";
      parent.children.push(AudienceTree.group(join, [node]));
      this.focus(`field-${node.id}`);
    },

    remove(parent, node) {
      const place = parent.children.findIndex((each) => each.id === node.id);
      parent.children.splice(place, 1);
      const next = parent.children[Math.min(place, parent.children.length - 1)];
      this.focus(next ? this.handle(next) : `add-${parent.id}`);
      this.say("removed");
    },

    move(node, step) {
      const moved = AudienceTree.move(this.root, node, step);
      if (moved) this.focus(`${step < 0 ? "up" : "down"}-${node.id}`);
      this.say(moved ? "moved" : step < 0 ? "first" : "last");
    },

    handle(node) {
      return node.join ? `join-${node.id}-${node.join}` : `field-${node.id}`;
    },

    focus(id) {
      this.$nextTick(() => document.getElementById(`audience-${id}`)?.focus());
    },

    // The same words twice would not be read out twice.
    say(word) {
      const words = this.words[word];
      this.said = this.said === words ? `${words}\u00a0` : words;
    },

    // A node, which may hold nodes: the template draws itself. Alpine has walked past already.
    draw(element) {
      const copy = document.getElementById("audience-node").content.cloneNode(true);
      const drawn = [...copy.children];
      Alpine.mutateDom(() => element.append(copy));
      drawn.forEach((each) => Alpine.initTree(each));
    },
  }));
});
