/* An answer as plain text, to be copied or sent to a colleague. */

import { mailLink, say } from "./answers.js";
import { show } from "./panel.js";
import { WORDS } from "./words.js";

const LONGEST_ADDRESS = 1900; // signs of a mailto: address that all mail programs take

/* The answer as it would be typed: a line for each paragraph and item, ticks as [x]. */
export function asText(content) {
  const lines = [];
  for (const block of content.querySelectorAll("h2, .leading-7, li")) {
    if (block.parentElement.closest("li") || isBeside(block)) continue;
    lines.push(mark(block) + block.textContent.trim().replace(/\s+/g, " "));
  }
  return lines.join("\n");
}

// The lists of sources and suggestions with their headings, and the link to a colleague.
const LISTS = 'ul:has(> li > a[href$="#kilde"]), ul:has(> li > a[href^="/#spoerg="]:not([href*="svar="]))';

function isBeside(block) {
  const list = block.tagName === "LI" ? block.parentElement : block.nextElementSibling;
  return Boolean(list?.matches(LISTS) || mailLink(block));
}

function mark(block) {
  if (block.tagName !== "LI") return "";
  const box = block.querySelector('input[type="checkbox"]');
  if (!box) return "- ";
  return box.checked ? "- [x] " : "- [ ] ";
}

function sourcesOf(content) {
  return [...content.querySelectorAll('a[href$="#kilde"]')].map((link) => link.textContent.trim());
}

function questionOf(answer) {
  const steps = [...document.querySelectorAll("[data-step-type]")];
  const before = steps.slice(0, steps.indexOf(answer)).reverse();
  const asked = before.find((step) => step.dataset.stepType === "user_message");
  return asked ? asked.querySelector(".message-content").textContent.trim() : "";
}

function write(answer, link) {
  const content = answer.querySelector(".message-content");
  const question = questionOf(answer);
  const form = document.createElement("form");
  const to = field("input", "to", decodeURIComponent(link.slice("mailto:".length).split("?")[0]));
  const subject = field("input", "subject", WORDS.mailSubject(question));
  const text = field("textarea", "text", WORDS.mailBody(question, asText(content), sourcesOf(content)));
  const note = element("p", "kilde-note", WORDS.tooLong);
  const send = element("a", "kilde-pdf", WORDS.openMail);
  const copy = element("button", "mail-kopi", WORDS.copyMail);
  const buttons = element("p", "mail-knapper", "");
  to.input.type = "email";
  to.input.placeholder = WORDS.noAddress;
  text.input.rows = 16;
  copy.type = "button";
  copy.addEventListener("click", () => copied(copy, text.input.value, WORDS.copyMail));
  buttons.append(send, copy);
  form.className = "mail";
  form.append(element("p", "", WORDS.mailLead), to.label, subject.label, text.label, note, buttons);
  const renew = () => {
    const mail = [to.input.value, subject.input.value, text.input.value];
    note.hidden = address(...mail).length <= LONGEST_ADDRESS;
    send.href = shortened(...mail);
  };
  form.addEventListener("input", renew);
  form.addEventListener("submit", (event) => event.preventDefault());
  renew();
  return form;
}

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}

function field(tag, name, value) {
  const label = document.createElement("label");
  const input = document.createElement(tag);
  input.name = name;
  input.value = value;
  label.append(element("span", "", WORDS[name]), input);
  return { label, input };
}

function address(to, subject, text) {
  const body = encodeURIComponent(text.replace(/\n/g, "\r\n"));
  return `mailto:${encodeURIComponent(to).replaceAll("%40", "@")}?subject=${encodeURIComponent(subject)}&body=${body}`;
}

// Cut between lines, and said so in the mail.
function shortened(to, subject, text) {
  const lines = text.split("\n");
  while (lines.length > 1 && address(to, subject, text).length > LONGEST_ADDRESS) {
    lines.pop();
    text = [...lines, "[…]"].join("\n");
  }
  return address(to, subject, text);
}

const PATIENCE = 1500; // ms that a browser may take to put something on the clipboard

/* A page that is not on https has no such clipboard, and one that asks leave first may never
   answer: then the text is marked and copied as with Ctrl+C. */
async function onClipboard(text, beside) {
  const written = navigator.clipboard?.writeText(text).then(() => true, () => false);
  const late = new Promise((done) => setTimeout(done, PATIENCE, false));
  return (await Promise.race([written, late])) || byMarking(text, beside);
}

function byMarking(text, beside) {
  const before = document.activeElement;
  const field = element("textarea", "kun-oplaest", text);
  beside.parentElement.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (before) before.focus({ preventScroll: true });
  return done;
}

async function copied(button, text, name) {
  if (!(await onClipboard(text, button))) {
    say(WORDS.notCopied);
    return;
  }
  say(WORDS.copied);
  button.classList.add("er-kopieret");
  if (button.textContent) button.textContent = WORDS.copied;
  setTimeout(() => {
    button.classList.remove("er-kopieret");
    if (button.textContent) button.textContent = name;
  }, 2000);
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const answer = target && target.closest('[data-step-type="assistant_message"]');
  if (!answer) return;
  const content = answer.querySelector(".message-content");
  const link = target.closest('a[href^="mailto:"]');
  if (link && content.contains(link)) {
    event.preventDefault();
    const id = answer.querySelector('[id^="step-"]').id;
    const address = link.getAttribute("href");
    const back = () => document.querySelector(`[id="${id}"] a[href="${CSS.escape(address)}"]`);
    show(WORDS.mail, write(answer, address), back);
  }
  // Chainlit's button would copy the markdown with its long addresses.
  const copy = target.closest("button:has(.lucide-copy)");
  if (copy) {
    event.stopPropagation();
    const sources = sourcesOf(content);
    const rest = sources.length ? `\n\n${WORDS.sources}:\n${sources.join("\n")}` : "";
    copied(copy, asText(content) + rest, "");
  }
}, true);
