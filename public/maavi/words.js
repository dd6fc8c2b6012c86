/* What our scripts say, in the language of the interface: Danish, and English where the browser
   asks for it (assistant/web/language.py decides by the same rule). */

export const ENGLISH = (navigator.language || "").toLowerCase().startsWith("en");

const DANISH_WORDS = {
  // names that Chainlit leaves out or in English
  newChat: "Ny chat", send: "Send spørgsmål", stop: "Stop svaret", input: "Skriv dit spørgsmål",
  close: "Luk", theme: "Skift mellem lyst og mørkt tema", down: "Rul ned til det nyeste",
  copy: "Kopiér svaret", copied: "Kopieret", sources: "Kilder", asked: "Dit spørgsmål", answered: "Svar",
  history: "Vis eller skjul tidligere samtaler", search: "Søg i samtaler", options: "Omdøb eller slet samtalen",
  earlier: "Tidligere samtaler", good: "Nyttigt svar", bad: "Ikke et nyttigt svar",
  didNotWork: "Det lykkedes ikke", comment: "Din kommentar", notices: "Beskeder",
  showPassword: "Vis eller skjul adgangskoden",
  signedOut: "Du er ikke logget ind. Log ind, så fortsætter du, hvor du var.",
  notResumed: "Samtalen findes ikke, eller den er ikke din. Begynd en ny her.",
  willSend: "Dit spørgsmål bliver sendt, så snart chatten er hentet …",
  // the panel
  source: "Kilde", loading: "Henter …",
  failed: "Kilden kunne ikke hentes. Er du stadig på kommunens netværk? ",
  newTab: "Åbn den i en ny fane.",
  // answers
  ticked: (done, all) => `${done} af ${all} krydset af`,
  answer: "Svar:",
  // the mail
  mail: "Spørg en kollega",
  mailLead: "Mailen er skrevet for dig. Ret den til, før du sender den, og fjern det, der ikke skal med.",
  to: "Til", subject: "Emne", text: "Tekst", openMail: "Åbn i mailprogram", copyMail: "Kopiér teksten",
  noAddress: "Skriv adressen på den, du vil spørge",
  tooLong: "Teksten er for lang til nogle mailprogrammer, så knappen tager kun begyndelsen med. Kopiér teksten, og sæt den ind i mailen.",
  mailSubject: (question) => `Spørgsmål om AI: ${question}`,
  mailBody: (question, answer, sources) => [
    "Hej", "", "Jeg har stillet Må vi? dette spørgsmål:", question, "", "Må vi? svarede:", answer, "",
    ...(sources.length ? ["Kilder:", ...sources, ""] : []),
    "Vil du se på det og fortælle mig, hvad der gælder?", "", "Venlig hilsen", "",
  ].join("\n"),
  notCopied: "Teksten kunne ikke kopieres. Markér den, og brug Ctrl+C.",
};

const ENGLISH_WORDS = {
  newChat: "New chat", send: "Send question", stop: "Stop the answer", input: "Ask your question",
  close: "Close", theme: "Switch between light and dark", down: "Scroll down to the latest",
  copy: "Copy the answer", copied: "Copied", sources: "Sources", asked: "Your question", answered: "Answer",
  history: "Show or hide earlier conversations", search: "Search conversations", options: "Rename or delete the conversation",
  earlier: "Earlier conversations", good: "Useful answer", bad: "Not a useful answer",
  didNotWork: "That did not work", comment: "Your comment", notices: "Notices",
  showPassword: "Show or hide the password",
  signedOut: "You are not signed in. Sign in, and you go on where you were.",
  notResumed: "The conversation does not exist, or it is not yours. Begin a new one here.",
  willSend: "Your question will be sent as soon as the chat is loaded …",
  source: "Source", loading: "Loading …",
  failed: "The source could not be loaded. Are you still on the municipality’s network? ",
  newTab: "Open it in a new tab.",
  ticked: (done, all) => `${done} of ${all} ticked off`,
  answer: "Answer:",
  mail: "Ask a colleague",
  mailLead: "The mail is written for you. Change it before you send it, and remove what should not go along.",
  to: "To", subject: "Subject", text: "Text", openMail: "Open in mail program", copyMail: "Copy the text",
  noAddress: "Write the address of the one you want to ask",
  tooLong: "The text is too long for some mail programs, so the button takes only its beginning along. Copy the text and paste it into the mail.",
  mailSubject: (question) => `Question about AI: ${question}`,
  mailBody: (question, answer, sources) => [
    "Hello", "", "I put this question to Må vi?:", question, "", "Må vi? answered:", answer, "",
    ...(sources.length ? ["Sources:", ...sources, ""] : []),
    "Would you look at it and tell me what applies?", "", "Kind regards", "",
  ].join("\n"),
  notCopied: "The text could not be copied. Select it and press Ctrl+C.",
};

export const WORDS = ENGLISH ? ENGLISH_WORDS : DANISH_WORDS;
