// What the page says, in the visitor's language.

import en from "./words/en.js";

const LANGUAGES = { en: "English", id: "Bahasa Indonesia" };
const KEY = "handspun-language";

let words = en;

/** A sentence, with {names} replaced by values. */
export function say(key, values = {}) {
  const text = words[key] ?? en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function language() {
  return document.documentElement.lang;
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing.
    return null;
  }
}

/** Loads the language that was chosen, or that the browser prefers. */
export async function loadLanguage() {
  const wished = [stored(), ...(navigator.languages ?? [])].map((tag) => tag?.slice(0, 2));
  const code = wished.find((tag) => tag in LANGUAGES) ?? "en";
  document.documentElement.lang = code;
  if (code !== "en") {
    words = (await import(`./words/${code}.js`)).default;
  }
  document.querySelectorAll("[data-word]").forEach((element) => {
    element.textContent = say(element.dataset.word);
  });
  document.title = say("title");
}

export function languageChoice() {
  const select = document.createElement("select");
  select.id = "language";
  select.setAttribute("aria-label", "Language / Bahasa");
  for (const [code, name] of Object.entries(LANGUAGES)) {
    select.append(new Option(name, code, false, code === language()));
  }
  select.addEventListener("change", () => {
    try {
      localStorage.setItem(KEY, select.value);
    } catch {
      // Then for this visit only.
    }
    location.reload();
  });
  return select;
}
