import pytest

from ingest.passages import Passage
from ingest.rules.lexicon import Lexicon
from ingest.rules.tools import tools_named_in
from tests.ingest.rules.reading import passage, table


@pytest.mark.parametrize(
    ("read", "names"),
    [
        (passage("Brug Kommunia til mails. Referater laves med Kommunia."), ["Kommunia"]),
        (passage("Borgerbot må bruges til mails."), ["Borgerbot"]),
        (table("Kommunia: Åbne data: Ja; Interne data: Nej"), ["Kommunia"]),
        (table("Kommunia: Må gerne bruges til: Udkast; Må ikke bruges til: Breve"), ["Kommunia"]),
        (passage("Brug Kommunia til mails."), []),
        (passage("Brug Copilot til mails. Referater laves med Copilot."), []),
        (passage("Brug Direktionen. Referater laves med Direktionen."), []),
        (passage("Brug Udkast. Breve laves med Udkast. Et udkast er nok."), []),
    ],
)
def test_names_used_as_tools_that_the_lexicon_lacks(read: Passage, names: list[str]) -> None:
    assert tools_named_in([read], Lexicon.load()) == names
