/* Signing in again: why one has to, what was wrong, and on with what one was doing. */

import { keepText } from "./shell.js";
import { WORDS } from "./words.js";

const KEY = "maavi-tilbage";
const ASKED_FOR = "#til="; // what follows in the address of the sign-in page: where to go then

let reason = ""; // why the server did not let the user in
let out = false; // the server has said that the user is not signed in
let back = atStart(); // where the user was before the sign-in

function atStart() {
  if (location.pathname === "/login" && location.hash.startsWith(ASKED_FOR)) {
    store(decodeURIComponent(location.hash.slice(ASKED_FOR.length)));
    history.replaceState(history.state, "", location.pathname);
  }
  try {
    return sessionStorage.getItem(KEY) || "";
  } catch {
    return "";
  }
}

function store(path) {
  try {
    if (path) sessionStorage.setItem(KEY, path);
    else sessionStorage.removeItem(KEY);
  } catch { /* storage is closed: the sign-in leads to a new chat */ }
}

/* The server does not know the user any more: where they are and what they have typed is kept. */
export function signedOut() {
  if (!document.querySelector("#chat-input")) return;
  out = true;
  keepAll();
}

// A question that was sent is answered in its conversation; a new one has no address yet.
function keepAll() {
  const field = document.querySelector("#chat-input");
  const sent = [...document.querySelectorAll('[data-step-type="user_message"]')].at(-1);
  store(location.pathname);
  keepText(field?.value || (location.pathname === "/" && sent?.textContent.trim()) || "");
}

// Chainlit is on its way to the sign-in, and something may still be typed or sent.
window.addEventListener("pagehide", () => { if (out) keepAll(); });

/* The user has signed out: nothing of it is for whoever comes next. */
export function forget() {
  out = false;
  back = "";
  store("");
  keepText("");
}

/* The server's own words on why it let nobody in, in place of Chainlit's, which are always the same. */
export function refused(why) {
  reason = why || "";
  setTimeout(dressSignIn, 0);
}

export function dressSignIn() {
  if (location.pathname !== "/login") return;
  const told = document.querySelector('#root [role="alert"] p');
  if (told && reason && told.textContent !== reason) told.textContent = reason;
  const form = document.querySelector("#root form");
  if (!back || !form || document.getElementById("logget-ud")) return;
  const why = document.createElement("p");
  why.id = "logget-ud";
  why.setAttribute("role", "status");
  why.textContent = WORDS.signedOut;
  form.prepend(why);
}

/* Go back to where the user was, once they are in; whether that leads away from this page. */
export function goBack() {
  if (!back || !document.querySelector("#chat-input")) return false;
  const to = new URL(back, location.origin);
  back = "";
  store("");
  if (to.origin !== location.origin || to.pathname === location.pathname) return false;
  location.replace(to);
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest('a[href^="/login"]');
  if (!link) return;
  event.preventDefault();
  signedOut();
  location.assign("/login");
}, true);
