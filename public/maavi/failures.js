/* Chainlit shows what failed as "Unauthorized: …"; that word comes from HTTP, so it is put in words
   here, and the reason after it is the server's own. And it takes a cut line for a sign-out: it asks
   who one is, gets no answer, and leaves the conversation for a sign-in page that cannot be fetched
   either. So that question waits until the line is back. */

import { WORDS } from "./words.js";

const AGAIN_AFTER = 1000; // milliseconds
const asked = window.fetch;

const asksWho = (wanted) => new URL(wanted.url ?? wanted, location.href).pathname === "/user";

const whenThereIsALine = async (given) => {
  for (;;) {
    try {
      return await asked(...given);
    } catch (error) {
      if (error.name === "AbortError" || !asksWho(given[0])) throw error;
      await new Promise((done) => setTimeout(done, AGAIN_AFTER));
    }
  }
};

window.fetch = async (...given) => {
  const answer = await whenThereIsALine(given);
  if (answer.status < 400) return answer;
  const { status, headers } = answer;
  return new Response(answer.body, { status, headers, statusText: WORDS.didNotWork });
};
