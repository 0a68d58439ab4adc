// Branches that are too large to be on the page are fetched when they are opened.
document.addEventListener("toggle", open, true);

async function open({ target: details }) {
  const address = details.dataset?.branch;
  if (!address || !details.open) return;
  delete details.dataset.branch;
  const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  // If it can't be had, the link to the branch stays.
  if (answer?.ok && !answer.redirected) details.lastElementChild.outerHTML = await answer.text();
}
