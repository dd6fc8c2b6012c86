/* The side panel that shows a source, and the theme's start. Sources are ordinary links to
   /kilde/…: without this script they open as pages of their own. */
(() => {
  "use strict";

  // Chainlit knows light and dark as defaults, not "as the system": choose that for newcomers.
  try {
    if (!localStorage.getItem("vite-ui-theme")) localStorage.setItem("vite-ui-theme", "system");
  } catch { /* storage is closed: light it is */ }

  // Chainlit shows what failed as "Unauthorized: …"; that word comes from HTTP, so it is put in
  // Danish here, and the reason after it is the server's own.
  const asked = window.fetch;
  window.fetch = async (...given) => {
    const answer = await asked(...given);
    if (answer.status < 400) return answer;
    const { status, headers } = answer;
    return new Response(answer.body, { status, headers, statusText: "Det lykkedes ikke" });
  };

  const WIDE = matchMedia("(min-width: 1000px)");
  const LINK = 'a[href^="/kilde/"]:not([href*=".png"])';

  let panel, content, shown = "", turn = 0;

  function build() {
    panel = document.createElement("dialog");
    panel.id = "kilde";
    panel.setAttribute("aria-label", "Kilde");
    panel.innerHTML =
      '<div class="kilde-top"><span>Kilde</span><button type="button" class="kilde-luk">Luk</button></div>' +
      '<div class="kilde-indhold" tabindex="-1"></div>';
    content = panel.querySelector(".kilde-indhold");
    panel.querySelector(".kilde-luk").addEventListener("click", () => panel.close());
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
    const link = shown && linkTo(shown);
    if (link) link.focus({ preventScroll: true });
    shown = "";
    turn++;
  }

  // Chainlit draws its links anew now and then, so they are found by address.
  function linkTo(address) {
    return document.querySelector(`#root a[href="${CSS.escape(address)}"]`);
  }

  async function open(address) {
    if (!panel) build();
    const mine = ++turn;
    shown = address;
    content.replaceChildren(line("Henter kilden …"));
    reveal();
    let article;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      article = page.querySelector("article");
    } catch { /* said below */ }
    if (mine !== turn) return; // another source was opened meanwhile
    content.replaceChildren(article || failed(address));
    content.scrollTop = 0;
    content.focus({ preventScroll: true });
    showMark();
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
    const p = line("Kilden kunne ikke hentes. Er du stadig på kommunens netværk? ");
    const a = document.createElement("a");
    a.href = address;
    a.target = "_blank";
    a.textContent = "Åbn den i en ny fane.";
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
    if (event.key === "Escape" && panel && panel.open) panel.close();
  });

  WIDE.addEventListener("change", () => {
    if (panel && panel.open) reveal();
  });

  // A new chat has none of the old one's sources; and what Chainlit leaves in English is mended.
  const NAMES = {
    "#new-chat-button": "Ny chat",
    "#chat-submit": "Send spørgsmål",
    "#stop-button": "Stop svaret",
    "#chat-input": "Skriv dit spørgsmål",
  };

  const WORDS = { "Close": "Luk", "Toggle theme": "Skift mellem lyst og mørkt tema" };

  function tidy() {
    for (const hidden of document.querySelectorAll("button > .sr-only")) {
      const name = WORDS[hidden.textContent];
      if (name) hidden.parentElement.setAttribute("aria-label", name);
    }
    for (const [selector, name] of Object.entries(NAMES)) {
      const element = document.querySelector(selector);
      if (element && element.getAttribute("aria-label") !== name) element.setAttribute("aria-label", name);
    }
    for (const image of document.querySelectorAll('#root img[alt="logo"], #root img:not([alt]), #root img[alt^="Avatar for"]')) {
      image.alt = "";
    }
    if (panel && panel.open && shown && !linkTo(shown)) panel.close();
  }

  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => { waiting = false; tidy(); }, 150);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
