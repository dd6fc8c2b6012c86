/* Back and forward in the browser. Chainlit leads from its front page to the conversation that it
   last had, so whoever goes back to the front page is sent forward at once: it is loaded anew here.
   And the panel is a step of its own, so that Back closes it and does not leave the conversation. */

let here = location.pathname; // of the page that is shown
let leaving = false; // on the way back from the panel's step
let wanted = null; // the panel's next step, while on the way

// Told by the history itself: the page is drawn sometimes before its address changes, sometimes after.
for (const name of ["pushState", "replaceState"]) {
  const change = history[name].bind(history);
  history[name] = (...args) => {
    change(...args);
    here = location.pathname;
  };
}

const step = () => history.state?.kilde; // what the panel shows in this step; undefined without one

/* The panel is open with what `address` names; "" for what has no address. */
export function panelOpened(address) {
  if (leaving) wanted = address;
  else if (step() === undefined) history.pushState({ ...history.state, kilde: address }, "");
  else history.replaceState({ ...history.state, kilde: address }, "");
}

/* The panel was closed, by whomever. */
export function panelClosed() {
  wanted = null;
  if (leaving || step() === undefined) return;
  leaving = true;
  history.back();
}

/* The source that this step of the history shows, "" for none. */
export const sourceHere = () => (leaving ? "" : step() || "");

/* `close` is called when Back has left the panel's step, `open` when Forward has come to it. */
export function whenMoved(close, open) {
  window.addEventListener("popstate", (event) => {
    const same = location.pathname === here;
    here = location.pathname;
    leaving = false;
    if (here === "/" && document.querySelector("[data-step-type]")) {
      event.stopImmediatePropagation();
      location.reload();
      return;
    }
    if (same) event.stopImmediatePropagation(); // Chainlit would draw the conversation anew
    if (wanted !== null) panelOpened(wanted);
    else if (step() === undefined) close();
    else if (same) open();
    wanted = null;
  }, true);
}

/* On a phone Chainlit keeps the front page's address until the list of conversations is opened, and
   then draws everything anew without the list. The server tells when a conversation has begun. */
window.addEventListener("message", ({ source, data }) => {
  if (source !== window || !/^[\w-]+$/.test(data?.samtale ?? "") || location.pathname !== "/") return;
  history.pushState({ ...history.state, kilde: undefined }, "", `/thread/${data.samtale}`);
  window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
});
