/* Answers on the page: conditions to tick off, links that act as buttons, and what is said to a
   screen reader when an answer is there. The text itself is Chainlit's and is left as it is. */

import { WORDS } from "./words.js";

const ANSWER = '[data-step-type="assistant_message"]';
const BOX = 'li.task-list-item input[type="checkbox"]';

let live;
let waitingFor = ""; // the id of an answer that is still being written
const known = new Set();
const brought = new Set(); // those that were brought into view

export function dress() {
  const answers = [...document.querySelectorAll(ANSWER)];
  for (const answer of answers) {
    const content = answer.querySelector(".message-content");
    if (!content) continue;
    const mail = mailLink(content);
    if (mail) content.lang = mail.textContent.startsWith("Ask a") ? "en" : "da"; // that of the question
    for (const link of content.querySelectorAll('a[href^="/#spoerg="]')) link.setAttribute("role", "button");
    enable(content.querySelectorAll(BOX), idOf(answer));
  }
  goBack();
  bringIntoView(answers);
  tell(answers);
}

// What is asked back of the user, as after a thumb down, may come below what is seen.
function bringIntoView(answers) {
  const asks = answers.filter((each) => each.querySelector(".message-content + div > button:not(:has(svg))"));
  for (const each of asks) {
    if (!brought.has(idOf(each))) each.scrollIntoView({ block: "nearest" });
    brought.add(idOf(each));
  }
}

export function idOf(answer) {
  const step = answer.querySelector('[id^="step-"]');
  return step ? step.id : "";
}

/* Chainlit draws a whole answer anew when its suggestions come, and the keyboard would be left
   nowhere: it goes on at what stands in the same place. */
let at = null; // the element that has the focus, and how to find its like

const same = (like) => (each) => ["href", "type", "aria-label"].every(
  (name) => each.getAttribute(name) === like.getAttribute(name),
);

function likes(id, like) {
  const step = document.querySelector(`[id="${CSS.escape(id)}"]`);
  const answer = step && step.closest(ANSWER);
  return answer ? [...answer.querySelectorAll(like.tagName)].filter(same(like)) : [];
}

function goBack() {
  if (!at || at.element.isConnected || document.activeElement !== document.body) return;
  const found = likes(at.id, at.element)[at.place];
  if (found) found.focus({ preventScroll: true });
}

document.addEventListener("focusin", ({ target }) => {
  const answer = target.closest(ANSWER);
  const id = answer ? idOf(answer) : "";
  at = id ? { element: target, id, place: likes(id, target).indexOf(target) } : null;
});

document.addEventListener("focusout", ({ target }) => {
  // Whoever leaves by themselves leaves the element behind on the page.
  setTimeout(() => { if (at && at.element === target && target.isConnected) at = null; }, 0);
});

/* The link to a colleague; the text itself may have addresses too. */
export function mailLink(content) {
  return content.querySelector('a[href^="mailto:"][href*="?subject="]');
}

// Chainlit draws task lists with boxes that cannot be ticked.
function enable(boxes, id) {
  const list = [...boxes];
  const ticked = new Set(kept(id));
  list.forEach((box, number) => {
    if (!box.disabled && box.dataset.svar === id) return;
    box.disabled = false;
    box.dataset.svar = id;
    box.checked = ticked.has(number);
    box.setAttribute("aria-label", labelOf(box));
  });
}

function labelOf(box) {
  const copy = box.closest("li").cloneNode(true);
  for (const part of copy.querySelectorAll("a, input")) part.remove();
  return copy.textContent.trim();
}

// Ticks last as long as the tab: they are the user's own and nobody else's business.
function kept(id) {
  try {
    return JSON.parse(sessionStorage.getItem(`maavi-${id}`)) || [];
  } catch {
    return [];
  }
}

function keep(id, boxes) {
  const ticked = boxes.flatMap((box, number) => (box.checked ? [number] : []));
  try {
    sessionStorage.setItem(`maavi-${id}`, JSON.stringify(ticked));
  } catch { /* storage is closed: they last until the page is drawn anew */ }
}

// React would set the box back to what the text says, so it does not get to hear of the click.
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const item = event.target.closest("li.task-list-item");
  const box = item && item.querySelector('input[type="checkbox"]');
  if (!box || event.target.closest("a")) return;
  event.stopPropagation();
  if (event.target !== box) box.checked = !box.checked;
  const answer = box.closest(ANSWER);
  if (!answer) return;
  const boxes = [...answer.querySelectorAll(BOX)];
  keep(box.dataset.svar, boxes);
  say(WORDS.ticked(boxes.filter((each) => each.checked).length, boxes.length));
}, true);

// An answer is told once, when it is whole, and not piece by piece.
function tell(answers) {
  const fresh = answers.map(idOf).filter((id) => id && !known.has(id));
  fresh.forEach((id) => known.add(id));
  if (fresh.length === 1) waitingFor = fresh[0];
  if (!waitingFor || document.querySelector("#stop-button")) return;
  const answer = answers.find((each) => idOf(each) === waitingFor);
  waitingFor = "";
  if (answer) say(`${WORDS.answer} ${opening(answer)}`);
}

function opening(answer) {
  const content = answer.querySelector(".message-content");
  const badge = content.querySelector('a[href^="/afgoerelse/"]');
  const first = content.querySelector(".leading-7");
  return [badge, first].filter(Boolean).map((part) => part.textContent.trim()).join(". ");
}

export function say(text) {
  if (!live) {
    live = document.createElement("div");
    live.id = "oplaest";
    live.className = "kun-oplaest";
    live.setAttribute("role", "status");
    live.setAttribute("aria-live", "polite");
    document.body.append(live);
  }
  live.textContent = text;
}
