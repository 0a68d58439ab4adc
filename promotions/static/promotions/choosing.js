// Counts ticks while they are made, and holds at the maximum. Without it, saving says so.
for (const form of document.querySelectorAll("form[data-most]")) {
  const boxes = [...form.querySelectorAll('input[name="product"]')];
  const count = form.querySelector(".count");
  const bar = form.querySelector("progress");
  const most = Number(form.dataset.most);
  const unseen = Number(form.dataset.unseen);
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length + unseen;
    count.textContent = count.dataset.words.replace("#", ticked);
    bar.value = ticked;
    for (const box of boxes) box.disabled = !box.checked && ticked >= most;
  };
  form.addEventListener("change", show);
  if (boxes.length) show();
}
