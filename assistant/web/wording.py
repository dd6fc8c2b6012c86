"""What the chat says beside the answers, in both languages of the interface."""

from dataclasses import dataclass

from assistant.models import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The standing texts in one language; `profiles` names the chat's profiles,
    `starters` are pairs of label and question."""

    profiles: dict[str, str]
    welcome: str
    starters: tuple[tuple[str, str], ...]
    searching: str
    search_failed: str
    something_wrong: str
    stopped: str
    sign_in_again: str
    not_kept: str
    came_to_be: str


TEXTS: dict[Language, Texts] = {
    "da": Texts(
        {"standard": "Standard", "undervisning": "Undervisning"},
        """# Må vi?

Spørg om, hvad du må bruge AI til i dit arbejde. Hvert svar viser det sted i kommunens dokumenter, \
hvor det står.""",
        (
            ("Må jeg bruge ChatGPT til en mail?", "Må jeg bruge ChatGPT til at skrive en mail?"),
            ("Må vi optage et møde med en borger?", "Må vi optage et møde med en borger?"),
            ("Må jeg skrive cpr-numre i Copilot?", "Må jeg skrive cpr-numre i Copilot?"),
            (
                "Hvem ringer jeg til ved et brud?",
                "Hvem skal jeg ringe til ved et brud på sikkerheden?",
            ),
        ),
        "Søger i dokumenterne",
        "Søgningen lykkedes ikke.",
        "Noget gik galt, og jeg kunne ikke svare. Prøv igen om lidt. "
        "Bliver det ved, så skriv til dem, der driver Må vi?, og fortæl, hvad du spurgte om.",
        "Du stoppede svaret.",
        "Du er ikke logget ind længere. [Log ind igen](/login), så svarer jeg på spørgsmålet.",
        "Svaret ovenfor er ikke gemt endnu, for databasen med samtaler svarer ikke. "
        "Må vi? prøver igen af sig selv; du kan roligt spørge videre.",
        "Sådan blev svaret til",
    ),
    "en": Texts(
        {"standard": "Standard", "undervisning": "Teaching"},
        """# Må vi?

Ask what you may use AI for in your work. Every answer shows the place in the municipality's \
documents where it says so. They are in Danish.""",
        (
            ("May I use ChatGPT for an email?", "May I use ChatGPT to write an email?"),
            ("May we record a meeting with a citizen?", "May we record a meeting with a citizen?"),
            ("May I put CPR numbers into Copilot?", "May I put CPR numbers into Copilot?"),
        ),
        "Searching the documents",
        "The search failed.",
        "Something went wrong, and I could not answer. Please try again in a moment. "
        "If it goes on, write to those who run Må vi? and tell them what you asked.",
        "You stopped the answer.",
        "You are no longer signed in. [Sign in again](/login), and I will answer the question.",
        "The answer above is not kept yet, as the database of conversations does not answer. "
        "Må vi? tries again by itself; you may go on asking.",
        "How the answer came to be",
    ),
}
