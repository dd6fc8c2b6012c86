"""Which pages and profiles each role opens."""

from assistant.accounts.people import Person, Role
from assistant.models import Language

_EVERYONE: tuple[Role, ...] = ("medarbejder",)
_PAGES: tuple[tuple[str, dict[Language, str], tuple[Role, ...]], ...] = (
    ("/samtaler", {"da": "Dine samtaler", "en": "Your conversations"}, _EVERYONE),
    ("/tilbagemeldinger", {"da": "Tilbagemeldinger", "en": "Feedback"}, ("redaktør",)),
)
STANDARD = "standard"
TEACHING = "undervisning"  # answers that show how they came to be
_PROFILES: tuple[tuple[str, tuple[Role, ...]], ...] = (
    (STANDARD, _EVERYONE),
    (TEACHING, ("underviser", "redaktør")),
)


def pages_for(person: Person, language: Language = "da") -> list[tuple[str, str]]:
    """Address and name of the pages that `person` may open, beside the chat."""
    return [(address, names[language]) for address, names, roles in _PAGES if person.has(*roles)]


def profiles_for(person: Person) -> list[str]:
    """The chat profiles that `person` may choose, the standard one first. Whoever is alone at the
    machine has no roles, and is spared the choice.
    """
    own = person.roles | frozenset(_EVERYONE)
    return [name for name, roles in _PROFILES if not own.isdisjoint(roles)]
