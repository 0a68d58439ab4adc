// The preview beside the form: what is typed is posted and the answer shown; nothing is saved.
document.addEventListener("DOMContentLoaded", () => {
  const preview = document.querySelector("[data-preview]");
  if (!preview) return;
  const form = document.getElementById(preview.dataset.form);
  const frame = preview.querySelector("iframe");
  const trouble = preview.querySelector("[data-preview-trouble]");
  const address = preview.querySelector("[formaction]").formAction;
  let timer, running;

  const fit = () => {
    const card = frame.contentDocument?.querySelector("main");
    if (card) frame.style.height = `${card.getBoundingClientRect().bottom}px`;
  };

  const update = async () => {
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: new FormData(form),
        signal: running.signal,
      });
      trouble.hidden = answer.ok && !answer.redirected;
      // Not a form sent to the frame: each of those would become a step of the Back button.
      if (trouble.hidden) frame.srcdoc = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") trouble.hidden = false;
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(update, 250);
  };

  for (const button of preview.querySelectorAll("[data-width]")) {
    button.addEventListener("click", () => {
      for (const other of preview.querySelectorAll("[data-width]")) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      preview.classList.toggle("bo-phone", button.dataset.width === "phone");
      fit();
    });
  }
  frame.addEventListener("load", fit);
  frame.addEventListener("load", () => {
    for (const image of frame.contentDocument?.images ?? []) image.addEventListener("load", fit);
  });
  window.addEventListener("resize", fit);
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  update();
});
