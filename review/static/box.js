"use strict";
// A box drawn on the page for a value that was missed: with the mouse, or with Shift+F2 and the arrow
// keys. Where it lies is sent with the value; nothing is written before.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const STEP = 4;
  const LEAST = 4;
  let held = null;

  const pane = () => document.getElementById("sheets");
  const button = () => document.querySelector('[data-do="draw"]');
  const drawing = () => Boolean(pane()?.classList.contains("drawing"));

  function say(name) {
    const help = document.getElementById("draw-help");
    if (help) help.textContent = name ? help.dataset[name] : "";
  }

  function mode(on) {
    pane().classList.toggle("drawing", on);
    button()?.setAttribute("aria-pressed", String(on));
    say(on ? "how" : "");
    if (!on) held = null;
  }

  function begin(svg, box) {
    document.querySelectorAll(".drawn").forEach((old) => old.remove());
    const rect = document.createElementNS(SVG, "rect");
    rect.setAttribute("class", "drawn");
    svg.append(rect);
    held = { svg, rect, from: null, box: null };
    if (box) lay(box);
  }

  /** Lays the box, inside its page. */
  function lay(box) {
    const view = held.svg.viewBox.baseVal;
    const [x0, y0, x1, y1] = box.map((v, i) => Math.min(Math.max(v, 0), i % 2 ? view.height : view.width));
    held.box = [x0, y0, x1, y1];
    for (const [name, value] of Object.entries({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 })) held.rect.setAttribute(name, value);
  }

  function keep() {
    const { box, svg } = held;
    const place = document.getElementById("place");
    const drawn = box && place && box[2] - box[0] >= LEAST && box[3] - box[1] >= LEAST;
    if (drawn) place.value = JSON.stringify({ page: Number(svg.closest(".sheet").dataset.page), bbox: box.map((v) => Math.round(v * 10) / 10) });
    mode(false);
    if (drawn) say("kept");
    document.querySelector("#desk .typed")?.focus({ preventScroll: true });
  }

  function drop() {
    document.querySelectorAll(".drawn").forEach((old) => old.remove());
    const place = document.getElementById("place");
    if (place) place.value = "";
    mode(false);
    document.querySelector("#desk .typed")?.focus({ preventScroll: true });
  }

  /* ---- with the mouse ---- */

  function point(svg, event) {
    const at = svg.getBoundingClientRect();
    const view = svg.viewBox.baseVal;
    return [((event.clientX - at.left) / at.width) * view.width, ((event.clientY - at.top) / at.height) * view.height];
  }

  document.addEventListener("pointerdown", (event) => {
    const svg = event.target.closest?.(".drawing .sheet > .overlay");
    if (!svg) return;
    event.preventDefault();
    begin(svg);
    held.from = point(svg, event);
    svg.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (!held?.from) return;
    const [x, y] = held.from;
    const to = point(held.svg, event);
    lay([Math.min(x, to[0]), Math.min(y, to[1]), Math.max(x, to[0]), Math.max(y, to[1])]);
  });
  document.addEventListener("pointerup", () => { if (held?.from) keep(); });

  /* ---- with the keyboard ---- */

  /** A box the size of a number, in the middle of what is seen of the page. */
  function start() {
    const view = pane().getBoundingClientRect();
    const [x, y] = [view.left + pane().clientWidth / 2, view.top + pane().clientHeight / 2];
    const seen = [...pane().querySelectorAll(".overlay")].map((svg) => [svg, svg.getBoundingClientRect()]);
    const far = ([, at]) => Math.max(at.top - y, y - at.bottom, 0);
    const [svg] = seen.sort((one, other) => far(one) - far(other))[0] || [];
    if (!svg) return;
    mode(true);
    const [px, py] = point(svg, { clientX: x, clientY: y });
    begin(svg, [px - 30, py - 8, px + 30, py + 8]);
    pane().focus({ preventScroll: true });
  }

  /** Keeps the box in sight. */
  function follow() {
    const [box, view] = [held.rect.getBoundingClientRect(), pane().getBoundingClientRect()];
    pane().scrollBy({ left: Math.min(0, box.left - view.left - 20) + Math.max(0, box.right - view.right + 20), top: Math.min(0, box.top - view.top - 20) + Math.max(0, box.bottom - view.bottom + 20) });
  }

  const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

  function moved([dx, dy], sized) {
    const [x0, y0, x1, y1] = held.box;
    if (sized) { lay([x0, y0, Math.max(x1 + dx, x0 + LEAST), Math.max(y1 + dy, y0 + LEAST)]); return; }
    const view = held.svg.viewBox.baseVal;
    const [mx, my] = [Math.min(Math.max(dx, -x0), view.width - x1), Math.min(Math.max(dy, -y0), view.height - y1)];
    lay([x0 + mx, y0 + my, x1 + mx, y1 + my]);
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || !button()) return;
    if (event.key === "F2" && event.shiftKey) { event.preventDefault(); start(); return; }
    if (!drawing() || !held?.box || event.target !== pane()) return;
    if (ARROWS[event.key]) { event.preventDefault(); moved(ARROWS[event.key], event.shiftKey); follow(); return; }
    if (event.key === "Enter") { event.preventDefault(); keep(); return; }
    if (event.key === "Escape") { event.preventDefault(); drop(); }
  });

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.('#desk [data-do="draw"]');
    if (!pressed) return;
    if (drawing()) drop();
    else if (event.detail === 0) start();
    else mode(true);
  });
})();
