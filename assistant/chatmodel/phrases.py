"""What is said around a model's answer, in Danish and English."""

from assistant.chatmodel.faults import Kind
from assistant.models import Language

_STANDS: dict[Language, str] = {
    "da": "Svaret er derfor dokumenternes egne ord.",
    "en": "So this answer is in the documents' own words.",
}
_BROKEN_OFF: dict[Language, str] = {
    "da": "Sprogmodellen blev ikke færdig, så svaret kan mangle noget.",
    "en": "The language model did not finish, so something may be missing.",
}
_WHY: dict[Kind, tuple[str, str]] = {
    "timeout": ("Sprogmodellen svarede ikke i tide.", "The language model did not answer in time."),
    "unreachable": ("Sprogmodellen kan ikke nås.", "The language model cannot be reached."),
    "refused": (
        "Sprogmodellen afviste adgangen.",
        "The language model refused access.",
    ),
    "busy": ("Sprogmodellen har for travlt lige nu.", "The language model is too busy right now."),
    "server": ("Sprogmodellen har en fejl lige nu.", "The language model has a fault right now."),
    "request": (
        "Sprogmodellen kunne ikke bruge spørgsmålet.",
        "The language model could not use the question.",
    ),
    "setup": (
        "Sprogmodellen er ikke sat rigtigt op.",
        "The language model is not set up correctly.",
    ),
    "empty": ("Sprogmodellen svarede ikke noget.", "The language model answered nothing."),
    "protocol": (
        "Sprogmodellens svar kunne ikke læses.",
        "The language model's answer could not be read.",
    ),
    "english": (
        "Sprogmodellen svarede ikke på dansk.",
        "The language model did not quote the Danish documents.",
    ),
    "unwilling": (
        "Sprogmodellen ville ikke svare.",
        "The language model would not answer.",
    ),
    "unverified": (
        "Intet af det, sprogmodellen skrev, kunne føres tilbage til dokumenterne.",
        "Nothing that the language model wrote could be traced to the documents.",
    ),
    "budget": (
        "Dagens forbrug af sprogmodellen er brugt op.",
        "Today's use of the language model is spent.",
    ),
    "paused": (
        "Sprogmodellen holder en pause efter en fejl.",
        "The language model is paused after a fault.",
    ),
    "full": (
        "Sprogmodellen er optaget af andre spørgsmål.",
        "The language model is busy with other questions.",
    ),
    "cut": ("Sprogmodellen gik i stå.", "The language model stopped half-way."),
}


def extractive_stands(kind: Kind, language: Language) -> str:
    """Why the answer is not the model's, as a line for the user."""
    return f"{_WHY[kind][language == 'en']} {_STANDS[language]}"


def broken_off(language: Language) -> str:
    """A line for an answer of which the end is missing."""
    return _BROKEN_OFF[language]
