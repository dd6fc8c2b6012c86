"""The encoder that is shipped: its files, and that they hold what the decision page says."""

import numpy as np
import pytest

from ingest.embedders import builtin
from ingest.encoder.files import FOLDER

PAIRS = [
    ("Can I record the meeting?", "Må jeg optage mødet?"),
    ("How long is my password valid?", "Hvor længe gælder min adgangskode?"),
    ("The supplier must report a breach.", "Leverandøren skal melde et brud."),
    ("Which licences do we have?", "Hvilke licenser har vi?"),
    ("Ask your manager first.", "Spørg din leder først."),
    ("Personal data must be deleted.", "Persondata skal slettes."),
]


def test_sentence_transformers_loads_the_folder_and_gives_the_same_vectors() -> None:
    from sentence_transformers import SentenceTransformer

    texts = [text for pair in PAIRS for text in pair]
    theirs = SentenceTransformer(str(FOLDER), device="cpu").encode(texts, normalize_embeddings=True)
    assert np.allclose(theirs, builtin().vectors(texts), atol=2e-3)


def test_all_files_are_at_most_30_megabytes() -> None:
    assert sum(p.stat().st_size for p in FOLDER.iterdir() if p.is_file()) <= 30_000_000


def test_each_english_sentence_finds_its_danish_one() -> None:
    english, danish = (builtin().vectors(side) for side in zip(*PAIRS, strict=True))
    assert (english @ danish.T).argmax(axis=1).tolist() == list(range(len(PAIRS)))


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("password", "adgangskode", "møde"),
        ("leverandør", "udbyder", "elev"),
        ("informationssikkerhed", "datasikkerhed", "mødelokale"),
        ("fine", "bøde", "hæfte"),
    ],
)
def test_words_of_the_same_meaning_are_near(word: str, near: str, far: str) -> None:
    one, other, apart = builtin().vectors([word, near, far])
    assert one @ other > one @ apart


def test_the_model_card_names_what_the_licences_want() -> None:
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name in ("CC BY 4.0", "CC BY 2.0 FR", "CC BY-SA 4.0", "CC BY-SA 3.0", "MIT", "Apache"):
        assert name in card
