/* Takes the shell (assistant/web/shell.py) away when Chainlit is there, and hands over what was
   typed into it. A sign-in may come between, so it is kept until the chat is open. */

import { ask, prefill } from "./ask.js";
import { WORDS } from "./words.js";

const KEPT = "maavi-forside";
const shell = document.getElementById("forside");
const field = document.getElementById("forside-felt");
let sent = false;

function keep() {
  if (field.value) keepText(field.value);
}

/* Keep `text` for the field of the chat, until it is open again; "" for nothing. */
export function keepText(text) {
  try {
    if (text) sessionStorage.setItem(KEPT, text);
    else sessionStorage.removeItem(KEPT);
  } catch { /* storage is closed: it lasts as long as the page */ }
}

function taken() {
  let text = field.value;
  try {
    text = text || sessionStorage.getItem(KEPT) || "";
    sessionStorage.removeItem(KEPT);
  } catch { /* as above */ }
  field.value = "";
  return text;
}

/* To be called whenever the page has changed. */
export function handOver() {
  const chat = document.querySelector("#chat-input");
  if (shell.isConnected && (chat || document.querySelector("#root :is(form, button)"))) {
    keep();
    shell.remove();
  }
  if (!chat) return;
  const question = taken();
  if (sent && question.trim()) ask(question.trim());
  else if (question) prefill(question);
  sent = false;
}

field.addEventListener("input", keep);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !field.value.trim()) return;
  event.preventDefault();
  sent = true;
  document.getElementById("forside-venter").textContent = WORDS.willSend;
});
