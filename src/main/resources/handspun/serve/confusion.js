// The confusion matrix: which digits of MNIST's test images are read as which, and those images.

import { byId, button, drawPixels, largest, make, picture, smoothly } from "./dom.js";
import { state, on } from "./state.js";
import { ask, bytesOf } from "./server.js";
import { putTestImage } from "./load.js";
import { say } from "./words.js";

// The server feeds 10,000 images forward for it.
const PATIENCE_MS = 60000;

const details = make("details", { id: "confusion" });
const content = make("div", { id: "confusion-content" });
const images = make("div", { id: "confused" });

const query = (more) => new URLSearchParams({ ...more, model: state.model.sha256 });

let shown = null;

async function load() {
  const { model } = state;
  if (!details.open || model === null || shown === model.sha256) {
    return;
  }
  shown = model.sha256;
  images.replaceChildren();
  content.replaceChildren(make("p", { className: "hint" }, say("confusionLoading")));
  try {
    const found = await ask(`api/confusion?${query({})}`, {}, PATIENCE_MS);
    if (shown === model.sha256) {
      content.replaceChildren(...table(found));
    }
  } catch (error) {
    // To be asked for again when it is opened again.
    shown = null;
    content.replaceChildren(make("p", { className: "hint", role: "alert" }, error.message));
  }
}

function table({ correct, count, matrix }) {
  const most = largest(matrix.flatMap((row, actual) => row.filter((_, predicted) => predicted !== actual)));
  const head = make("tr", {}, make("th", { scope: "col" }, say("confusionCorner")),
    ...matrix.map((_, predicted) => make("th", { scope: "col" }, `${predicted}`)));
  const rows = matrix.map((row, actual) => make("tr", {}, make("th", { scope: "row" }, `${actual}`),
    ...row.map((of, predicted) => cell(actual, predicted, of, actual === predicted ? of / largest(row) : of / most))));
  return [
    make("p", {}, say("confusionCorrect",
      { correct: correct.toLocaleString(), count: count.toLocaleString(), wrong: (count - correct).toLocaleString() })),
    make("table", {}, make("caption", { className: "unseen" }, say("confusionTitle")),
      make("thead", {}, head), make("tbody", {}, ...rows)),
  ];
}

function cell(actual, predicted, count, part) {
  const element = make("td", { className: actual === predicted ? "right" : "wrong" });
  if (count > 0) {
    element.append(button(`${count}`, () => showImages(actual, predicted), {
      "aria-label": say("confusionCell", { count, actual, predicted }),
    }));
    element.style.setProperty("--part", part);
  }
  return element;
}

/* The images of a cell. */

async function showImages(actual, predicted) {
  content.querySelectorAll("button").forEach((each) => each.removeAttribute("aria-pressed"));
  document.activeElement?.closest?.("td button")?.setAttribute("aria-pressed", "true");
  const title = make("h3", { tabIndex: -1 });
  const list = make("ol", { className: "examples" });
  const more = button(say("more"), () => add(), { hidden: true });
  images.replaceChildren(title, list, more);
  const add = async () => {
    try {
      const from = list.children.length;
      const found = await ask(`api/test-images?${query({ actual, predicted, from })}`, {}, PATIENCE_MS);
      title.textContent = say("confusionImages", { count: found.count, actual, predicted });
      list.append(...found.images.map(example));
      more.hidden = list.children.length >= found.count || found.images.length === 0;
      (from === 0 ? title : list.children[from]?.firstChild).focus({ preventScroll: from === 0 });
    } catch (error) {
      title.textContent = error.message;
    }
  };
  await add();
  images.scrollIntoView({ block: "nearest", behavior: smoothly() });
}

function example(image) {
  const sample = picture();
  drawPixels(sample, bytesOf(image.pixels));
  const element = button("", () => {
    putTestImage(image);
    byId("drawing").scrollIntoView({ block: "nearest", behavior: smoothly() });
  }, { "aria-label": say("confusionImage", image) });
  element.append(sample);
  return make("li", {}, element);
}

export function confusion() {
  details.append(make("summary", {}, make("h3", {}, say("confusionTitle"))),
    make("div", { className: "confusion" }, content, images));
  details.addEventListener("toggle", load);
  on("model", () => {
    // While it is trained, it is another one every moment.
    details.hidden = state.model.training;
    load();
  });
  return details;
}
