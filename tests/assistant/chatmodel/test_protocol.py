"""The line protocol, whole and in pieces, as it should be and as models write it."""

import json

import pytest

from assistant.chatmodel.protocol import (
    LONGEST_ANSWER,
    MOST_CLAIMS,
    FollowUp,
    LineReader,
    ModelClaim,
    NoAnswer,
    Said,
    Unreadable,
)

CLAIM = ModelClaim("Én ting.", (1,), "én ting her")
ROW = json.dumps({"claim": "Én ting.", "sources": [1], "quote": "én ting her"})


def _read(text: str, piece: int = 7) -> list[Said]:
    reader = LineReader()
    found = [s for at in range(0, len(text), piece) for s in reader.feed(text[at : at + piece])]
    return [*found, *reader.close()]


@pytest.mark.parametrize("piece", [1, 7, 1000])
@pytest.mark.parametrize(
    "text",
    [
        ROW,
        ROW + "\n",
        f"```json\n{ROW}\n```\n",
        f"[{ROW},\n]",
        f"- {ROW}\n",
        f"1. {ROW}\r\n",
        ROW.replace("[1]", '"[1]"'),
        ROW.replace("[1]", "1"),
    ],
)
def test_a_claim_however_it_is_wrapped(text: str, piece: int) -> None:
    assert _read(text, piece) == [CLAIM]


def test_a_claim_is_there_before_its_line_ends() -> None:
    reader = LineReader()
    assert list(reader.feed(ROW[:-1])) == []
    assert list(reader.feed("}")) == [CLAIM]
    assert list(reader.feed("\n")) == []


def test_the_other_lines() -> None:
    assert _read('{"followup": "Hvad så?"}\n{"none": true}\nPrat') == [
        FollowUp("Hvad så?"), NoAnswer(), Unreadable("Prat")
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["{", '{"claim": 1}', '{"claim": ""}', "null", '{"a": {}}', "[1]"])
def test_what_is_no_claim(text: str) -> None:
    assert all(isinstance(said, Unreadable) for said in _read(text))


def test_an_answer_ten_times_too_long_is_cut() -> None:
    assert len(_read(f"{ROW}\n" * 50)) == MOST_CLAIMS
    reader = LineReader()
    list(reader.feed("x" * 10 * LONGEST_ANSWER))
    assert reader.too_long
    assert len(reader.raw) <= LONGEST_ANSWER + 1
