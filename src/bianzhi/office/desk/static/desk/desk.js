// What every page needs of script. Pages work without it, but for pictures.
"use strict";
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.picks[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
  if (event.target.closest("[data-print]")) window.print();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details.picks[open]")) open.open = false;
});
// A choice made in a list of filters takes effect at once.
document.addEventListener("change", (event) => {
  if (event.target.matches("form[data-at-once] select")) event.target.form.requestSubmit();
});
