/* Chainlit shows what failed as "Unauthorized: …"; that word comes from HTTP, so it is put in words
   here, and the reason after it is the server's own. */

import { WORDS } from "./words.js";

const asked = window.fetch;
window.fetch = async (...given) => {
  const answer = await asked(...given);
  if (answer.status < 400) return answer;
  const { status, headers } = answer;
  return new Response(answer.body, { status, headers, statusText: WORDS.didNotWork });
};
