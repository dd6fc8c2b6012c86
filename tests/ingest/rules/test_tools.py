from dataclasses import replace

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
        (table("Kommunia: Brugere: Alle; Oplysninger: Interne data"), ["Kommunia"]),
        (table("Referat: Må: Udkast i Copilot; Må ikke: Lukkede møder"), []),
        (passage("Lytte hører med. Brug Lytte, så lytter den.", "Lytte", "Hvad?"), ["Lytte"]),
        (passage("Brug Kommunia til mails."), []),
        (passage("Brug Copilot til mails. Referater laves med Copilot."), []),
        (passage("Brug Direktionen. Referater laves med Direktionen."), []),
        (passage("Brug Udkast. Breve laves med Udkast. Et udkast er nok."), []),
    ],
)
def test_names_used_as_tools_that_the_lexicon_lacks(read: Passage, names: list[str]) -> None:
    assert tools_named_in([read], Lexicon.load()) == names


def test_the_beginning_of_a_longer_name_is_no_tool() -> None:
    row = "Tal til Nexus: Brugere: Alle; Oplysninger: Interne data"
    text = "Brug Tal til Nexus. Noter laves med Tal til Nexus."
    read = replace(passage(f"{text}\n{row}"), rows=((row, row),))
    assert tools_named_in([read], Lexicon.load()) == ["Tal til Nexus"]
