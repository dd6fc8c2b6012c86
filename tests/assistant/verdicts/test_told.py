import pytest

from assistant.verdicts.told import NOTHING_TOLD, Told, state_of, told_in
from ingest.rules.lexicon import Lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def _told(lexicon: Lexicon, text: str, *, asks: bool = False) -> Told:
    return told_in([(text, asks)], lexicon)


@pytest.mark.parametrize(
    ("text", "condition", "state"),
    [
        ("alle har sagt ja", "når alle deltagere har givet samtykke", "met"),
        ("borgeren har skrevet under", "hvis borgeren har givet skriftligt samtykke", "met"),
        ("min chef er med på den", "når din leder har godkendt det", "met"),
        ("min chef er med på den", "når borgeren har givet samtykke", ""),  # somebody else
        ("jeg har taget kurset", "når du har gennemført AI-kørekortet", "met"),
        ("jeg har ikke taget kurset", "når du har gennemført kurset", "broken"),
        ("hun nægter at give samtykke", "når borgeren har givet samtykke", "broken"),
        ("jeg har licens", "kræver bevis og licens", ""),  # only one of the two
        ("jeg er logget på med MitID Erhverv", "forudsat at der logges på", "met"),
        ("I have a licence", "kræver licens", "met"),
        ("solen skinner", "når borgeren har givet samtykke", ""),
        ("alle har sagt ja", "når vejret er godt", ""),
    ],
)
def test_what_is_told_settles_a_condition(
    lexicon: Lexicon, text: str, condition: str, state: str
) -> None:
    assert state_of(condition, _told(lexicon, text), lexicon) == state


def test_what_is_asked_is_not_told(lexicon: Lexicon) -> None:
    assert _told(lexicon, "må jeg optage, og skal jeg have samtykke", asks=True).met == frozenset()
    assert _told(lexicon, "må jeg optage, hvis alle giver samtykke", asks=True).met
    assert _told(lexicon, "må jeg lave et udkast", asks=True).met == {"condition.draft"}


def test_what_is_told_later_counts(lexicon: Lexicon) -> None:
    before = _told(lexicon, "jeg har taget kurset")
    now = _told(lexicon, "jeg har ikke noget kursusbevis")
    assert now.also(before).met == frozenset()
    assert NOTHING_TOLD.also(before) == before
