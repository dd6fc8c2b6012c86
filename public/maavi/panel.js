/* The side panel: a source beside the chat, or a mail to a colleague. Sources are ordinary links
   to pages of their own, which is what they are without this script. */

import { panelClosed, panelOpened, sourceHere, whenMoved } from "./back.js";
import { WORDS } from "./words.js";

const WIDE = matchMedia("(min-width: 1000px)");
const LINK = 'a[href^="/kilde/"]:not([href*=".png"]), a[href^="/afgoerelse/"]';

let panel, heading, content;
let opener = null; // finds what opened the panel, so that the keyboard goes on from there
let turn = 0;

export function isOpen() {
  return Boolean(panel && panel.open);
}

/* Show `node` under `title`; `back` finds the element that gets the focus at the end. */
export function show(title, node, back) {
  begin(title, back);
  panelOpened("");
  content.replaceChildren(node);
  content.scrollTop = 0;
  content.focus({ preventScroll: true });
}

/* The panel goes when what opened it is gone: a new chat has none of the old one's sources. */
export function closeIfOrphaned() {
  if (isOpen() && opener && !opener()) panel.close();
}

/* Back, forward and a reload show the source again that was open there. */
export function openAsBefore() {
  const address = sourceHere();
  if (address && !isOpen() && linkTo(address)) open(address);
}

async function open(address) {
  const mine = begin(WORDS.source, () => linkTo(address));
  panelOpened(address);
  content.replaceChildren(line(WORDS.loading));
  let article;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    article = page.querySelector("article");
  } catch { /* said below */ }
  if (mine !== turn) return; // something else was opened meanwhile
  content.replaceChildren(article || failed(address));
  content.scrollTop = 0;
  content.focus({ preventScroll: true });
  showMark();
}

function begin(title, back) {
  if (!panel) build();
  heading.textContent = title;
  opener = back;
  reveal();
  return ++turn;
}

function build() {
  panel = document.createElement("dialog");
  panel.id = "kilde";
  panel.setAttribute("aria-labelledby", "kilde-navn");
  panel.innerHTML =
    '<div class="kilde-top"><h2 id="kilde-navn"></h2><button type="button" class="kilde-luk"></button></div>' +
    '<div class="kilde-indhold" tabindex="-1"></div>';
  heading = panel.querySelector("#kilde-navn");
  content = panel.querySelector(".kilde-indhold");
  const close = panel.querySelector(".kilde-luk");
  close.textContent = WORDS.close;
  close.addEventListener("click", () => panel.close());
  panel.addEventListener("close", closed);
  document.body.append(panel);
}

// On a wide screen the chat goes on beside the panel; on a narrow one the panel covers it.
function reveal() {
  if (panel.open) panel.close();
  if (WIDE.matches) panel.show(); else panel.showModal();
  document.body.classList.toggle("kilde-ved-siden", WIDE.matches);
}

function closed() {
  if (panel.open) return; // closed and opened again by reveal()
  document.body.classList.remove("kilde-ved-siden");
  const back = opener && opener();
  opener = null;
  turn++;
  panelClosed();
  if (back) back.focus({ preventScroll: true });
}

// Chainlit draws its links anew now and then, so they are found by address.
function linkTo(address) {
  return document.querySelector(`#root a[href="${CSS.escape(address)}"]`);
}

// The mark may be far down the page: bring it into view. On a phone the picture is cropped to it.
function showMark() {
  const image = content.querySelector("img[data-sted]");
  if (!image || !WIDE.matches) return;
  const scroll = () => {
    const mark = image.offsetTop + image.clientHeight * Number(image.dataset.sted);
    if (mark > content.clientHeight * 0.85) content.scrollTop = mark - content.clientHeight * 0.7;
  };
  if (image.complete) scroll(); else image.addEventListener("load", scroll, { once: true });
}

function line(text) {
  const p = document.createElement("p");
  p.textContent = text;
  return p;
}

function failed(address) {
  const p = line(WORDS.failed);
  const a = document.createElement("a");
  a.href = address;
  a.target = "_blank";
  a.textContent = WORDS.newTab;
  p.append(a);
  return p;
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest(LINK);
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.getAttribute("href"));
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isOpen()) panel.close();
});

whenMoved(() => {
  if (isOpen()) panel.close();
}, openAsBefore);

WIDE.addEventListener("change", () => {
  if (isOpen()) reveal();
});
