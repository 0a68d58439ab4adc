// How many customers the conditions describe while they are edited, and who for example.
const WAIT = 250; // milliseconds without another change

document.addEventListener("alpine:init", () => {
  Alpine.data("audienceCount", () => ({
    state: "waiting", // counting, counted, slow, refused, failed
    result: null,
    number: 0,
    incomplete: "",
    said: "",

    change({ conditions, incomplete, refused }) {
      this.incomplete = incomplete; // in words; empty if all are complete
      if (conditions === this.asked) return;
      this.asked = conditions;
      this.refused = refused;
      clearTimeout(this.timer);
      this.request?.abort();
      this.state = "counting";
      this.timer = setTimeout(() => this.count(), this.result ? WAIT : 0);
    },

    async count() {
      this.request = new AbortController();
      const { signal } = this.request;
      try {
        const answer = await fetch(this.$root.dataset.url, { method: "POST", body: this.form(), signal });
        if (!answer.ok) throw new Error(answer.statusText);
        this.show(await answer.json());
      } catch (error) {
        if (error.name !== "AbortError") this.state = "failed";
      }
    },

    form() {
      const form = new FormData();
      form.append("conditions", this.asked);
      form.append("audience", this.$root.dataset.audience);
      form.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
      return form;
    },

    again() {
      this.state = "counting";
      this.count();
    },

    show(result) {
      if (result.errors) {
        this.state = "refused";
        this.refused(result.errors);
      } else if (result.slow) {
        this.state = "slow";
      } else {
        this.state = "counted";
        this.result = result;
        this.run(result.count);
        this.said = result.said;
      }
    },

    // The number runs to where it belongs, unless the reader wants no motion.
    run(to) {
      cancelAnimationFrame(this.frame);
      const from = this.number;
      const begin = performance.now();
      const length = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : 350;
      const step = (now) => {
        const share = Math.min(Math.max((now - begin) / length, 0), 1);
        this.number = Math.round(from + (to - from) * (1 - (1 - share) ** 3));
        if (share < 1) this.frame = requestAnimationFrame(step);
      };
      this.frame = requestAnimationFrame(step);
    },

    get shownNumber() {
      // Grouped as the server writes it: some languages would leave four digits together.
      return this.number.toLocaleString(document.documentElement.lang, { useGrouping: "always" });
    },
  }));
});
