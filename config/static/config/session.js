// The countdown of the staff session (T2). The server ends it; this shows, warns and extends.
(() => {
  "use strict";
  const SHARED = "bespoke.session.ends";

  function start() {
    const root = document.getElementById("session");
    if (!root) return;
    const clock = root.querySelector(".session-clock");
    const warning = root.querySelector(".session-warning");
    const spoken = root.querySelector("[role=status]");
    const alarm = root.querySelector("[role=alert]");
    const form = root.querySelector("form");
    const warnSeconds = Number(root.dataset.warn);
    let endsAt = 0;
    let asking = false;

    // The latest answer of the server counts, in whichever tab it arrived.
    function take(seconds) {
      endsAt = Date.now() + seconds * 1000;
      try {
        localStorage.setItem(SHARED, String(endsAt));
      } catch {
        // Storage is switched off: this tab goes by its own answers.
      }
      tick();
    }

    function takeShared(value) {
      if (Number(value)) endsAt = Number(value);
      tick();
    }

    function tick() {
      const left = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));
      clock.textContent = root.dataset.text
        .replace("{m}", Math.floor(left / 60))
        .replace("{s}", left % 60);
      warn(left <= warnSeconds);
      if (left === 0) over();
    }

    function warn(due) {
      if (warning.hidden !== due) return;
      warning.hidden = !due;
      // Said once when it appears, not with every second.
      alarm.textContent = due ? document.getElementById("session-warning-title").textContent : "";
    }

    // Asks before leaving: another tab or a changed clock may mean that there is time left.
    async function over() {
      if (asking) return;
      asking = true;
      const seconds = await ask({ headers: { "X-Background": "1" } });
      asking = false;
      if (seconds > 0) take(seconds);
      else leave();
    }

    function leave() {
      const here = location.pathname + location.search;
      const query = new URLSearchParams({ next: here, ended: "1" });
      // What the person typed is past saving; no dialog may keep the page on the screen.
      window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true);
      location.assign(`${root.dataset.signIn}?${query}`);
    }

    // Seconds left, 0 when the session is over or nobody answers.
    async function ask(options) {
      try {
        const answer = await fetch(form.action, { redirect: "error", ...options });
        return answer.ok ? (await answer.json()).seconds : 0;
      } catch {
        return 0;
      }
    }

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const seconds = await ask({ method: "POST", body: new FormData(form) });
      if (seconds > 0) {
        take(seconds);
        spoken.textContent = root.dataset.extended;
      } else over();
    });
    window.addEventListener("storage", (event) => {
      if (event.key === SHARED) takeShared(event.newValue);
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) takeShared(localStorage.getItem(SHARED));
    });
    take(Number(root.dataset.minutes) * 60 + Number(root.dataset.seconds));
    setInterval(tick, 1000);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
