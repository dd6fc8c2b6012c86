/* What Må vi? adds to Chainlit's page; each part is a module of its own in maavi/. */

import { dress } from "./maavi/answers.js";
import { takeFromAddress } from "./maavi/ask.js";
import "./maavi/mail.js";
import { name } from "./maavi/names.js";
import { closeIfOrphaned } from "./maavi/panel.js";
import { ENGLISH } from "./maavi/words.js";

document.documentElement.lang = ENGLISH ? "en" : "da";

// Chainlit knows light and dark as defaults, not "as the system": choose that for newcomers.
try {
  if (!localStorage.getItem("vite-ui-theme")) localStorage.setItem("vite-ui-theme", "system");
} catch { /* storage is closed: light it is */ }

function tidy() {
  dress();
  name();
  takeFromAddress();
  closeIfOrphaned();
}

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  setTimeout(() => { waiting = false; tidy(); }, 50);
}).observe(document.documentElement, { childList: true, subtree: true });
