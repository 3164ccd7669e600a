"use strict";

// Pictures that are opened, dropped or pasted.

// What the server reads; larger pictures are made smaller, to the size that it looks at.
const MOST_BYTES = 4 << 20;
const MOST_PIXELS = 4096 * 4096;
const SMALLER_SIDE = 1024;

async function openPicture(file) {
  begin(null, "Opening the picture …");
  const asked = version;
  // Who has begun to draw meanwhile keeps the drawing.
  const isWanted = () => asked === version && strokes.length === 0;
  try {
    const bitmap = await createImageBitmap(file).catch(() => {
      throw new Error("This file cannot be opened as a picture: choose a PNG or JPEG.");
    });
    const sent = await readable(file, bitmap);
    if (isWanted()) {
      begin({ bitmap, sent }, "Reading …");
      openSteps(true);
      readSoon();
    }
  } catch (error) {
    if (isWanted()) {
      openSteps(false);
      showProblem(error.message);
    }
  }
}

async function readable(file, bitmap) {
  if (/^image\/(png|jpeg)$/.test(file.type) && file.size <= MOST_BYTES
      && bitmap.width * bitmap.height <= MOST_PIXELS) {
    return file;
  }
  const scale = Math.min(1, SMALLER_SIDE / Math.max(bitmap.width, bitmap.height));
  const smaller = document.createElement("canvas");
  smaller.width = Math.max(1, Math.round(bitmap.width * scale));
  smaller.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = smaller.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, smaller.width, smaller.height);
  return png(smaller);
}

byId("open").addEventListener("click", () => byId("file").click());
byId("file").addEventListener("change", ({ target }) => {
  if (target.files.length > 0) {
    openPicture(target.files[0]);
    // So that the same file can be opened again.
    target.value = "";
  }
});
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dropping");
});
document.addEventListener("dragleave", (event) => {
  // Not from one element of the page to the next.
  if (event.relatedTarget === null) {
    document.body.classList.remove("dropping");
  }
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  openFirst(event.dataTransfer.files, "This is no file: drop a PNG or JPEG file.");
});
document.addEventListener("paste", (event) => {
  openFirst(event.clipboardData.files, "There is no picture to paste: copy one first.");
});

function openFirst(files, otherwise) {
  if (files.length > 0) {
    openPicture(files[0]);
  } else {
    problem.textContent = otherwise;
    problem.hidden = false;
  }
}
