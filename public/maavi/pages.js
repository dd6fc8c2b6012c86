/* The way to the pages around the chat: one's own conversations, to take along, rename or delete,
   and what one's role opens. The server knows which (/hvem); Chainlit's header has no place for
   links that depend on who one is. */

const KEY = "sider"; // the id of the list

let links = null; // [{ address, name }], once the server has told
let asking = false;

async function ask() {
  asking = true;
  try {
    const answer = await fetch("/hvem", { headers: { Accept: "application/json" } });
    if (answer.ok) links = (await answer.json()).pages;
  } catch { /* the line is cut: asked again when the page changes */ }
  asking = false;
  if (links) pages();
}

/* To be called whenever the page has changed. */
export function pages() {
  const place = document.querySelector("#header > :last-child");
  if (!place || !document.querySelector("#chat-input") || document.getElementById(KEY)) return;
  if (!links) {
    if (!asking) ask();
    return;
  }
  const list = document.createElement("ul");
  list.id = KEY;
  for (const { address, name } of links) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = name;
    list.append(document.createElement("li"));
    list.lastChild.append(link);
  }
  place.prepend(list);
}
