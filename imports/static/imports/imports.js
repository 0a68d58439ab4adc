// The progress of a job, asked for every second; and the upload, pressed once only.
const job = document.querySelector("[data-progress-url]");

function show(told) {
  job.querySelector("[data-bar]").value = told.percent;
  job.querySelector("[data-percent]").textContent = `${told.percent} %`;
  const step = job.querySelector("[data-step]");
  // A live text is written only when it changed, or screen readers would say it every second.
  if (step.textContent !== told.step) step.textContent = told.step;
  const waiting = job.querySelector("[data-waiting]");
  if (waiting.textContent !== told.waiting) waiting.textContent = told.waiting;
  waiting.hidden = !told.waiting;
}

async function ask() {
  let pause = 1000;
  try {
    const answer = await fetch(job.dataset.progressUrl, { headers: { "X-Background": "1" } });
    if (answer.ok) {
      const told = await answer.json();
      if (told.state !== job.dataset.state) return location.reload();
      show(told);
    } else if (answer.status < 500) {
      return location.reload(); // Signed out, or no longer allowed: the page itself says so.
    }
  } catch {
    pause = 5000; // The server is away for a moment.
  }
  setTimeout(ask, pause);
}

if (job) setTimeout(ask, 500);

const upload = document.querySelector("[data-upload]");
if (upload) {
  upload.addEventListener("submit", (event) => {
    if (upload.dataset.sent) event.preventDefault();
    upload.dataset.sent = "1";
    upload.setAttribute("aria-busy", "true");
  });
  // Back from the next page, a browser may show this one as it was left.
  addEventListener("pageshow", () => delete upload.dataset.sent);
}
