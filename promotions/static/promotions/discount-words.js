// The sentence beside the form follows what is filled in.
document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("[data-words]");
  const sentence = document.querySelector("[data-sentence]");
  if (!button || !sentence) return;
  const trouble = document.querySelector("[data-sentence-trouble]");
  const { form } = button;
  let timer, latest = 0;
  const ask = async () => {
    const mine = ++latest;
    try {
      const got = await fetch(button.formAction, { method: "POST", body: new FormData(form) });
      if (!got.ok || got.redirected) throw new Error();
      const text = await got.text();
      if (mine !== latest) return;
      sentence.textContent = text;
      trouble.hidden = true;
    } catch {
      if (mine === latest) trouble.hidden = false;
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  ask();
});
