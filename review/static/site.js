"use strict";
// What every page shares. Texts that a person reads come from the page, never from here.

/** Says something to whoever cannot see the page change. */
function announce(text) {
  const line = document.getElementById("status");
  if (line) line.textContent = text;
}

// A choice that filters a list takes effect at once; without scripts its button does the same.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-submit-on-change]");
  if (form) form.requestSubmit();
});
