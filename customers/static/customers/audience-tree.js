// The conditions as the page edits them: groups with children and conditions, each perhaps
// turned into its opposite. Read from and written to the JSON that the server checks.
const AudienceTree = {
  lastId: 0,

  group(join = "all", children = []) {
    return { id: ++this.lastId, negated: false, join, children };
  },

  condition(field = "", operator = "", value = null) {
    return { id: ++this.lastId, negated: false, join: null, field, operator, value };
  },

  // The outermost node is always a group, so that there is something to add to.
  root(data) {
    const node = this.read(data);
    return node.join ? node : this.group("all", [node]);
  },

  read(data) {
    if (data?.not) {
      const node = this.read(data.not);
      node.negated = !node.negated;
      return node;
    }
    const join = ["all", "any"].find((name) => Array.isArray(data?.[name]));
    if (join) return this.group(join, data[join].map((child) => this.read(child)));
    return this.condition(data?.field, data?.is, data?.value ?? null);
  },

  write(node, wanted = () => true) {
    const bare = node.join
      ? { [node.join]: this.shown(node, wanted).map((child) => this.write(child, wanted)) }
      : this.writeCondition(node);
    return node.negated ? { not: bare } : bare;
  },

  writeCondition({ field, operator, value }) {
    return value === null ? { field, is: operator } : { field, is: operator, value };
  },

  // What is left of it if only wanted conditions are; with none of them, everybody.
  writeWanted(root, wanted) {
    return this.write(this.isShown(root, wanted) ? root : this.group(), wanted);
  },

  shown(node, wanted) {
    return node.children.filter((child) => this.isShown(child, wanted));
  },

  // A group whose conditions are all unwanted is so itself: written empty, it would be nobody.
  isShown(node, wanted) {
    if (!node.join) return wanted(node);
    return !node.children.length || this.shown(node, wanted).length > 0;
  },

  conditions(node) {
    return node.join ? node.children.flatMap((child) => this.conditions(child)) : [node];
  },

  // The node that a path such as "all.2.value" of the written JSON leads to.
  at(node, path, wanted = () => true) {
    const steps = path ? path.split(".") : [];
    while (steps.length) {
      let step = steps.shift();
      if (step === "not" && node.negated) step = steps.shift();
      const child = step === node.join ? this.shown(node, wanted)[steps.shift()] : null;
      if (!child) break;
      node = child;
    }
    return node;
  },

  parentOf(node, child) {
    if (!node.join) return null;
    if (node.children.some((each) => each.id === child.id)) return node;
    for (const each of node.children) {
      const found = this.parentOf(each, child);
      if (found) return found;
    }
    return null;
  },

  // One step up or down in the order in which the page shows the nodes: past a neighbour that
  // is a condition, into one that is a group, out of a group at its ends. False at the very ends.
  move(root, node, step) {
    const parent = this.parentOf(root, node);
    const place = parent.children.findIndex((each) => each.id === node.id);
    const neighbour = parent.children[place + step];
    const outer = neighbour ? null : this.parentOf(root, parent);
    if (!neighbour && !outer) return false;
    const [moved] = parent.children.splice(place, 1);
    if (!neighbour) {
      const gap = outer.children.findIndex((each) => each.id === parent.id);
      outer.children.splice(step > 0 ? gap + 1 : gap, 0, moved);
    } else if (neighbour.join) {
      neighbour.children.splice(step > 0 ? 0 : neighbour.children.length, 0, moved);
    } else {
      parent.children.splice(place + step, 0, moved);
    }
    return true;
  },
};
