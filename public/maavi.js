/* What Må vi? adds to Chainlit's page; each part is a module of its own in maavi/. */

import { dress } from "./maavi/answers.js";
import { takeFromAddress } from "./maavi/ask.js";
import "./maavi/failures.js";
import "./maavi/mail.js";
import { name } from "./maavi/names.js";
import { pages } from "./maavi/pages.js";
import { closeIfOrphaned, openAsBefore } from "./maavi/panel.js";
import { handOver } from "./maavi/shell.js";
import { dressSignIn, goBack } from "./maavi/signin.js";

function tidy() {
  dressSignIn();
  if (goBack()) return;
  dress();
  name();
  pages();
  handOver();
  takeFromAddress();
  closeIfOrphaned();
  openAsBefore();
}

let waiting = false;
new MutationObserver(() => {
  name(); // at once: what is new, as the button that scrolls down, may be read out right away
  if (waiting) return;
  waiting = true;
  setTimeout(() => { waiting = false; tidy(); }, 50);
}).observe(document.documentElement, { childList: true, subtree: true });
