/* Names and roles for what Chainlit leaves without, or in English. */

import { WORDS } from "./words.js";

const NAMES = [
  ["#new-chat-button", WORDS.newChat],
  ["#chat-submit", WORDS.send],
  ["#stop-button", WORDS.stop],
  ["#chat-input", WORDS.input],
  ['#sidebar-trigger-button, button[data-sidebar="rail"]', WORDS.history],
  ["#search-chats-button", WORDS.search],
  ["#thread-options", WORDS.options],
  ["button:has(> .lucide-thumbs-up)", WORDS.good],
  ["button:has(> .lucide-thumbs-down)", WORDS.bad],
  ["button:has(> .lucide-arrow-down)", WORDS.down],
  ["button:has(> .lucide-message-circle)", WORDS.comment],
  ["button:has(> .lucide-eye), button:has(> .lucide-eye-off)", WORDS.showPassword],
  ["section:has(> [data-sonner-toaster])", WORDS.notices],
  ["button:has(> .lucide-copy), button:has(> .lucide-check)", WORDS.copy],
];
// Chainlit calls every paragraph an article; what is one is a question or an answer.
const ROLES = [
  ["#root:not(:has(main))", "main", ""],
  ['[data-sidebar="sidebar"]', "navigation", WORDS.earlier],
  // A button around a button inside a link: the link opens the conversation, the inner one its menu.
  ['a > button[data-sidebar="menu-button"]', "link", ""],
  ['ul[data-sidebar="menu"] > div', "listitem", ""],
  ["#thread-options", "button", ""],
  ['[data-step-type="user_message"]', "article", WORDS.asked],
  ['[data-step-type="assistant_message"]', "article", WORDS.answered],
  ['.message-content .leading-7[role="article"]', "paragraph", ""],
];
const NOT_RESUMED = "Couldn't resume chat"; // Chainlit has no translation of it
const HIDDEN = { "Close": WORDS.close, "Toggle theme": WORDS.theme };

export function name() {
  for (const [selector, label] of NAMES) {
    for (const element of document.querySelectorAll(selector)) {
      if (element.getAttribute("aria-label") !== label) element.setAttribute("aria-label", label);
    }
  }
  for (const [selector, role, label] of ROLES) {
    for (const element of document.querySelectorAll(selector)) {
      if (element.getAttribute("role") === role) continue;
      element.setAttribute("role", role);
      if (label) element.setAttribute("aria-label", label);
    }
  }
  for (const titled of document.querySelectorAll('button[title="Toggle Sidebar"]')) titled.title = WORDS.history;
  const root = document.querySelector("#root[role]:has(main)");
  if (root) root.removeAttribute("role");
  for (const options of document.querySelectorAll("#thread-options:not([tabindex])")) options.tabIndex = 0;
  for (const around of document.querySelectorAll('a > button[data-sidebar="menu-button"]')) around.tabIndex = -1;
  // The step above an answer is a heading of the third level, with none of the second above it.
  for (const step of document.querySelectorAll("#root h3[data-orientation]")) step.setAttribute("aria-level", "2");
  for (const hidden of document.querySelectorAll("button > .sr-only")) {
    const label = HIDDEN[hidden.textContent];
    if (label) hidden.parentElement.setAttribute("aria-label", label);
  }
  // An item of a list that is called a status is none, and the list has nothing in it.
  for (const notice of document.querySelectorAll("li[data-sonner-toast][role]")) notice.removeAttribute("role");
  for (const told of document.querySelectorAll("[data-sonner-toast] [data-title]")) {
    if (told.textContent.startsWith(NOT_RESUMED)) told.textContent = WORDS.notResumed;
  }
  const unnamed = '#root img[alt="logo"], #root img:not([alt]), #root img[alt^="Avatar for"], #root img[alt="Image"]';
  for (const image of document.querySelectorAll(unnamed)) image.alt = "";
  head();
}

// The welcome has the page's heading; later it is there for those who listen.
function head() {
  const shown = document.querySelector("#root h1");
  const mine = document.getElementById("overskrift");
  if (shown && mine) mine.remove();
  if (shown || mine || !document.querySelector("#chat-input")) return;
  const header = document.createElement("header");
  header.id = "overskrift";
  header.className = "kun-oplaest";
  header.append(document.createElement("h1"));
  header.firstChild.textContent = "Må vi?";
  document.querySelector("#root").before(header);
}
