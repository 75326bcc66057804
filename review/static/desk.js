"use strict";
// The desk: keys, the page that follows the value, and drafts. No single-letter
// shortcuts, Backspace is never touched, and nothing happens while an input method composes.
(() => {
  const IDLE = 30000;
  const FITS = 1;
  const ROOM = 60;
  let zoom = 1.45;
  let clock = { active: 0, last: 0, keys: 0 };
  let moving = false;
  let waiting = "";

  const desk = () => document.getElementById("desk");
  const field = () => document.querySelector("#desk .typed");
  const composing = (event) => event.isComposing || event.keyCode === 229;

  /* ---- the page follows the value ---- */

  function setZoom(value) {
    zoom = Math.min(4, Math.max(FITS, value));
    document.querySelectorAll(".sheet").forEach((sheet) => { sheet.style.width = `${zoom * 100}%`; });
    fitOverlays();
  }

  function fitOverlays() {
    document.querySelectorAll(".sheet").forEach((sheet) => {
      const face = sheet.querySelector(".face");
      sheet.querySelector(".overlay").style.height = `${face.clientHeight}px`;
    });
  }

  /** Scrolls so that ``box`` (points) of ``page`` stands in the middle of the height, and as far left
      as it may: the row's own words stay in sight. */
  function show(page, box) {
    const pane = document.getElementById("sheets");
    const sheet = pane && pane.querySelector(`.sheet[data-page="${CSS.escape(page)}"]`);
    if (!sheet || !box) return;
    const [x0, top, x1, bottom] = box.split(" ").map(Number);
    const face = sheet.querySelector(".face");
    const scale = face.clientWidth / Number(face.getAttribute("width"));
    const left = sheet.offsetLeft + x1 * scale + ROOM - pane.clientWidth;
    const y = sheet.offsetTop + ((top + bottom) / 2) * scale;
    pane.scrollTo({ left: Math.max(0, Math.min(left, sheet.offsetLeft + x0 * scale - ROOM)), top: y - pane.clientHeight / 2 });
  }

  function find() {
    const root = desk();
    if (root && root.dataset.page) show(root.dataset.page, root.dataset.box);
  }

  /* ---- arriving at a value ---- */

  function arrive() {
    if (!desk()) return;
    setZoom(zoom);
    find();
    clock = { active: 0, last: performance.now(), keys: 0 };
    const list = document.getElementById("all-rows");
    const active = list && list.querySelector(".active");
    if (active) list.scrollTop += active.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
    const input = field() || document.querySelector("#desk select.first");
    if (input) {
      const answered = document.getElementById("question") || document.getElementById("conflict");
      if (input.matches(".typed")) {
        input.value = input.defaultValue;
        restoreDraft(input, Boolean(answered));
      }
      input.focus({ preventScroll: true });
      const at = input.getBoundingClientRect();
      if (at.top < 0 || at.bottom > innerHeight) document.getElementById("value").scrollIntoView({ block: "start" });
      if (waiting) { input.value = waiting; waiting = ""; changed(input); } else if (input.select && input.matches("input")) input.select();
    }
    for (const address of (desk().dataset.nextImages || "").split(" ")) if (address) new Image().src = address;
    moving = false;
  }

  function changed(input) { input.dispatchEvent(new Event("input", { bubbles: true })); }

  /* ---- what was typed and not yet committed is kept for this tab ---- */

  const draftKey = () => `draft:${desk().dataset.here}`;
  function keepDraft(input) {
    if (input.value === input.defaultValue) sessionStorage.removeItem(draftKey());
    else sessionStorage.setItem(draftKey(), input.value);
  }
  function restoreDraft(input, answered) {
    const kept = sessionStorage.getItem(draftKey());
    if (kept === null || answered || input.readOnly) return;
    input.value = kept;
    changed(input);
  }

  /* ---- moving ---- */

  function go(address) {
    if (!address) return;
    moving = true;
    const source = desk();
    htmx.ajax("GET", address, { source, target: "#desk", swap: "outerMorph" }).catch(() => { location.href = address; });
  }

  function commit() {
    const form = document.getElementById("commit");
    if (!form || field().readOnly) return;
    stampEffort();
    sessionStorage.removeItem(draftKey());
    form.requestSubmit(document.getElementById("go"));
    moving = true;
  }

  function stampEffort() {
    const input = document.getElementById("effort");
    if (!input) return;
    const was = input.value.split(",")[2] || "";
    input.value = `${Math.round(clock.active)},${clock.keys},${was}`;
  }

  function take(value, offered) {
    const input = field();
    if (!input) return;
    input.value = value;
    const effort = document.getElementById("effort");
    if (offered && effort) effort.value = effort.value.replace(/[^,]*$/, "taken");
    changed(input);
    input.focus();
  }

  function takeNext() {
    const offers = [...document.querySelectorAll("#desk [data-offer]")];
    if (!offers.length) return false;
    const at = offers.findIndex((o) => o.dataset.take === field().value);
    take(offers[(at + 1) % offers.length].dataset.take, true);
    return true;
  }

  function restore() {
    const input = field();
    if (!input) return;
    if (input.value === input.defaultValue) { const first = document.querySelector("#desk .actions button"); if (first) first.focus(); return; }
    input.value = input.defaultValue;
    sessionStorage.removeItem(draftKey());
    changed(input);
    input.select();
  }

  function hide(on) {
    document.body.classList.toggle("boxes-hidden", on);
    const button = document.querySelector('[data-do="hide"]');
    if (button) button.setAttribute("aria-pressed", String(on));
  }

  function history(button) {
    const box = document.getElementById("history");
    if (box.firstElementChild) { box.replaceChildren(); field()?.focus(); return; }
    htmx.ajax("GET", button.dataset.url, { source: box, target: "#history", swap: "innerHTML" });
  }

  const DO = {
    "zoom-in": () => { setZoom(zoom * 1.25); find(); },
    "zoom-out": () => { setZoom(zoom / 1.25); find(); },
    find,
    hide: () => hide(!document.body.classList.contains("boxes-hidden")),
    show: (button) => show(button.dataset.page, button.dataset.box),
    back: () => go(desk().dataset.back),
    restore,
    crop: () => document.getElementById("value").classList.toggle("crop-large"),
    history,
    "next-found": (button) => go(button.dataset.url),
  };
  const press = (name) => { const button = document.querySelector(`[data-do="${name}"]`); if (button) DO[name](button); };

  /* ---- keys ---- */

  const KEYS = {
    F2: () => press("crop"),
    F4: () => press("history"),
    F8: () => press("next-found"),
    F9: () => hide(true),
  };

  function tick() {
    const now = performance.now();
    clock.active += Math.min(now - clock.last, IDLE);
    clock.last = now;
  }

  function inField(event) {
    const input = event.target;
    const long = input.matches("textarea");
    if (event.key === "Enter" && event.shiftKey && !long) { event.preventDefault(); go(desk().dataset.back); return; }
    if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey) { event.preventDefault(); commit(); return; }
    if (event.key === "Escape") { event.preventDefault(); restore(); return; }
    if (event.key === "ArrowDown" && !long && takeNext()) { event.preventDefault(); return; }
    if (event.key === "Tab" && !event.ctrlKey && !event.altKey) {
      const address = event.shiftKey ? desk().dataset.back : desk().dataset.onward;
      if (address) { event.preventDefault(); go(address); }
    }
  }

  document.addEventListener("keydown", (event) => {
    if (!desk() || composing(event)) return;
    tick();
    clock.keys += 1;
    if (moving && event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey) { waiting += event.key; event.preventDefault(); return; }
    if (event.key === "Enter" && event.ctrlKey) { event.preventDefault(); document.getElementById("finish")?.requestSubmit(); return; }
    if (KEYS[event.key] && !event.ctrlKey && !event.altKey && !event.shiftKey) { event.preventDefault(); if (!event.repeat || event.key === "F9") KEYS[event.key](); return; }
    if (event.target.matches?.("#desk .typed")) inField(event);
  });
  document.addEventListener("keyup", (event) => { if (event.key === "F9") hide(false); });
  window.addEventListener("blur", () => hide(false));

  document.addEventListener("input", (event) => { if (event.target.matches("#desk .typed")) { tick(); keepDraft(event.target); } });

  document.addEventListener("click", (event) => {
    if (!desk()) return;
    tick();
    const link = event.target.closest("#desk [data-go]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) { event.preventDefault(); go(link.getAttribute("href")); return; }
    const taken = event.target.closest("#desk [data-take]");
    if (taken) { take(taken.dataset.take, "offer" in taken.dataset); if ("commit" in taken.dataset) commit(); return; }
    const button = event.target.closest("#desk [data-do]");
    if (button) DO[button.dataset.do]?.(button);
  });

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "commit") return;
    stampEffort();
    sessionStorage.removeItem(draftKey());
  });

  /* ---- after every swap of the desk ---- */

  document.addEventListener("htmx:after:swap", () => { if (moving || !document.activeElement || document.activeElement === document.body) arrive(); });
  document.addEventListener("htmx:error", () => { moving = false; });
  window.addEventListener("resize", fitOverlays);
  document.addEventListener("load", (event) => { if (event.target.matches?.(".sheet img")) { fitOverlays(); } }, true);
  document.addEventListener("DOMContentLoaded", () => { arrive(); });
  if (document.readyState !== "loading") arrive();
})();
