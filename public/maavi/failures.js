/* Chainlit shows what failed as "Unauthorized: …"; that word comes from HTTP, so it is put in words
   here, and the reason after it is the server's own. And it takes a cut line for a sign-out: it asks
   who one is, gets no answer, and leaves the conversation for a sign-in page that cannot be fetched
   either. So that question waits until the line is back. */

import { forget, refused, signedOut } from "./signin.js";
import { WORDS } from "./words.js";

const AGAIN_AFTER = 1000; // milliseconds
const asked = window.fetch;

const pathOf = (wanted) => new URL(wanted.url ?? wanted, location.href).pathname;

const whenThereIsALine = async (given) => {
  for (;;) {
    try {
      return await asked(...given);
    } catch (error) {
      if (error.name === "AbortError" || pathOf(given[0]) !== "/user") throw error;
      await new Promise((done) => setTimeout(done, AGAIN_AFTER));
    }
  }
};

/* Chainlit would tell of it twice, in a notice and in the form: this way only in the form. */
const notLetIn = async (answer) => {
  const told = await answer.json().catch(() => ({}));
  refused(told.detail);
  return Response.json({ success: false });
};

window.fetch = async (...given) => {
  const answer = await whenThereIsALine(given);
  const path = pathOf(given[0]);
  if (path === "/logout") forget();
  if (answer.status < 400) return answer;
  if (path === "/login") return notLetIn(answer);
  if (answer.status === 401) signedOut();
  const { status, headers } = answer;
  return new Response(answer.body, { status, headers, statusText: WORDS.didNotWork });
};
