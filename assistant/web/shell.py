"""What the page shows before Chainlit is there: on a slow line its script of 1.3 MB takes seconds.

The welcome and a field for the question come with the page itself; public/maavi/shell.js hands over
what is typed in it, and takes it away.
"""

_START = """<script>
(() => {
  const page = document.documentElement;
  let theme = "system";
  try {
    theme = localStorage.getItem("vite-ui-theme") || theme;
    localStorage.setItem("vite-ui-theme", theme);
  } catch { /* storage is closed: as the system */ }
  const dark = theme === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
  page.classList.add(dark ? "dark" : "light");
  page.lang = (navigator.language || "").toLowerCase().startsWith("en") ? "en" : "da";
  if (location.pathname !== "/") page.classList.add("uden-felt");
})();
</script>
<link rel="stylesheet" href="/public/maavi/card.css">
<link rel="stylesheet" href="/public/maavi/shell.css">
<link rel="stylesheet" href="/public/maavi/frame.css">
"""  # noqa: E501 - one statement a line
_SHELL = """<main id="forside">
<img src="/public/favicon.svg" alt="" width="64" height="64">
<h1>Må vi?</h1>
<p id="forside-tekst">
<span lang="da">Spørg om, hvad du må bruge AI til i dit arbejde. Hvert svar viser det sted i
kommunens dokumenter, hvor det står.</span>
<span lang="en">Ask what you may use AI for in your work. Every answer shows the place in the
municipality's documents where it says so. They are in Danish.</span>
</p>
<form><textarea id="forside-felt" aria-labelledby="forside-tekst" rows="2"
placeholder="Må jeg …?" autofocus></textarea></form>
<p id="forside-venter" role="status">
<span lang="da">Henter chatten …</span>
<span lang="en">Loading the chat …</span>
</p>
<noscript><p lang="da">Slå JavaScript til i browseren for at bruge Må vi?.</p></noscript>
</main>"""
_ROOT = '<div id="root"></div>'


def with_shell(html: str) -> str:
    """Chainlit's page `html` with the shell, and with language and theme from the start."""
    html = html.replace("</head>", f"{_START}</head>", 1)
    return html.replace(_ROOT, f"{_SHELL}\n{_ROOT}", 1)
