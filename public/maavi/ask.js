/* Questions that are put by a link: a case of a verdict, or a suggestion. The question stands
   after # in the address, so it is never sent to a server, and opens in a new tab too. */

const LINK = 'a[href^="/#spoerg="]';
const PATIENCE = 100; // looks, a tenth of a second apart, at whether a question can be sent

/* Put `question` as if it had been typed; what the user was writing is kept. */
export async function ask(question) {
  for (let look = 0; look < PATIENCE; look++) {
    const field = document.querySelector("#chat-input");
    if (field && !document.querySelector("#stop-button")) {
      const draft = field.value === question ? "" : field.value;
      write(field, question);
      const send = document.querySelector("#chat-submit:not([disabled])");
      if (send) {
        send.click();
        if (draft) setTimeout(() => write(document.querySelector("#chat-input"), draft), 0);
        return;
      }
      write(field, draft); // not connected yet
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  prefill(question);
}

export function askedBy(link) {
  const after = link.getAttribute("href").split("#")[1] || "";
  return new URLSearchParams(after).get("spoerg") || "";
}

/* Write `question` into the field for questions, for the user to send. */
export function prefill(question) {
  const field = document.querySelector("#chat-input");
  if (!field) return;
  write(field, question);
  field.focus();
}

// React listens to the event, and looks at the value that the element's own setter has set.
function write(field, text) {
  if (!field) return;
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/* A link that was opened in a tab of its own: its question waits in the field. */
export function takeFromAddress() {
  if (!location.hash.startsWith("#spoerg=") || !document.querySelector("#chat-input")) return;
  const question = new URLSearchParams(location.hash.slice(1)).get("spoerg");
  history.replaceState(history.state, "", location.pathname + location.search);
  if (question) prefill(question);
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest(LINK);
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(askedBy(link));
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !(event.target instanceof Element) || !event.target.matches(LINK)) return;
  event.preventDefault();
  event.target.click();
});
