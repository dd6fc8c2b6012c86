/* Names for what Chainlit leaves nameless or in English. */

import { WORDS } from "./words.js";

const NAMES = [
  ["#new-chat-button", WORDS.newChat],
  ["#chat-submit", WORDS.send],
  ["#stop-button", WORDS.stop],
  ["#chat-input", WORDS.input],
  ["button:has(> .lucide-arrow-down)", WORDS.down],
  ["button:has(> .lucide-copy), button:has(> .lucide-check)", WORDS.copy],
];
const HIDDEN = { "Close": WORDS.close, "Toggle theme": WORDS.theme };

export function name() {
  for (const [selector, label] of NAMES) {
    for (const element of document.querySelectorAll(selector)) {
      if (element.getAttribute("aria-label") !== label) element.setAttribute("aria-label", label);
    }
  }
  for (const hidden of document.querySelectorAll("button > .sr-only")) {
    const label = HIDDEN[hidden.textContent];
    if (label) hidden.parentElement.setAttribute("aria-label", label);
  }
  const unnamed = '#root img[alt="logo"], #root img:not([alt]), #root img[alt^="Avatar for"]';
  for (const image of document.querySelectorAll(unnamed)) image.alt = "";
}
