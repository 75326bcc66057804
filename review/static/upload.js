"use strict";
// Drag and drop, and progress while sending. Without scripts the form still works by itself.
(() => {
  const form = document.getElementById("upload");
  const drop = document.getElementById("drop");
  const input = document.getElementById("files");
  const list = document.getElementById("chosen");
  const bar = document.getElementById("sending");
  const text = document.getElementById("sending-text");

  const show = () => {
    list.replaceChildren(...Array.from(input.files, (file) => {
      const line = document.createElement("li");
      line.textContent = file.name;
      return line;
    }));
  };
  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, () => drop.classList.remove("over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    show();
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const total = Array.from(input.files).reduce((sum, file) => sum + file.size, 0);
    if (total > Number(form.dataset.limit) * 1024 * 1024) {
      text.textContent = form.dataset.tooLarge;
      return;
    }
    const request = new XMLHttpRequest();
    bar.hidden = false;
    request.upload.addEventListener("progress", (step) => {
      bar.value = step.lengthComputable ? (100 * step.loaded) / step.total : 0;
      text.textContent = bar.value < 100 ? `${form.dataset.sending}: ${Math.round(bar.value)} %` : form.dataset.sent;
    });
    request.addEventListener("load", () => {
      if (request.status === 200) {
        window.location.assign(request.responseURL);
        return;
      }
      // The refusal is a page of this site; its heading says why.
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const told = Array.from(page.querySelectorAll("main p, main h1"), (one) => one.textContent.trim());
      text.textContent = told.slice(0, 3).join(" ") || form.dataset.failed;
      bar.hidden = true;
    });
    request.addEventListener("error", () => { text.textContent = form.dataset.failed; bar.hidden = true; });
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
})();
