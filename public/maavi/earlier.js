/* On a phone the first press on the earlier conversations is lost when the conversation has just
   begun: Chainlit draws its whole page anew as the list comes, without it. So it is pressed again. */

const BUTTON = "#header #sidebar-trigger-button"; // there only while the list is closed
const NARROW = matchMedia("(max-width: 767px)"); // where the list covers the page
const REDRAWN = 500; // milliseconds until the page has been drawn anew

document.addEventListener("click", (event) => {
  if (!event.isTrusted || !NARROW.matches || !(event.target instanceof Element)) return;
  if (!event.target.closest(BUTTON)) return;
  setTimeout(() => {
    const button = document.querySelector(BUTTON);
    if (button && !document.querySelector('[data-mobile="true"]')) button.click();
  }, REDRAWN);
}, true);
