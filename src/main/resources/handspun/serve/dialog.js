// Copies text for the visitor to paste elsewhere.

import { byId, button, make } from "./dom.js";
import { say } from "./words.js";

const TOLD_MS = 2000;

/** A button that copies what it is told when it is pressed. */
export function copyButton(label, textOf, properties = {}) {
  const copying = button(label, async () => {
    const text = textOf();
    try {
      // Only there for pages over https and from this machine.
      await navigator.clipboard.writeText(text);
    } catch {
      showField(text);
      return;
    }
    copying.textContent = say("copied");
    byId("spoken").textContent = say("copied");
    setTimeout(() => { copying.textContent = label; }, TOLD_MS);
  }, properties);
  return copying;
}

function showField(text) {
  const field = make("input", { id: "copy-text", readOnly: true, value: text, "aria-labelledby": "copying-title" });
  const dialog = dialogOf("copying", say("copyByHand"), field);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  field.focus();
  field.select();
}

/** A dialog with a title, which Escape, its button and a click beside it close. */
export function dialogOf(id, title, ...children) {
  const dialog = make("dialog", { id, "aria-labelledby": `${id}-title` },
    make("div", { className: "title" },
      make("h2", { id: `${id}-title` }, title),
      button(say("close"), () => dialog.close())),
    ...children);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  return dialog;
}
