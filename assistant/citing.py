"""Numbers for the places that an answer rests on, in the order in which they are first used."""

from collections.abc import Mapping

from assistant.models import Citation
from ingest.passages import Passage
from ingest.reading import Quote, Sentence


class Citations:
    """Collects the citations of one answer. `titles` are those of the documents by file, `labels`
    what is printed on their pages.
    """

    def __init__(self, titles: Mapping[str, str], labels: Mapping[tuple[str, int], str]) -> None:
        self._titles = titles
        self._labels = labels
        self._numbers: dict[tuple[str, Quote], int] = {}
        self.all: list[Citation] = []

    def of(self, passage: Passage, sentence: Sentence) -> tuple[int, ...]:
        """The numbers of the quotes that `sentence` of `passage` rests on."""
        return tuple(self._number(passage, quote) for quote in sentence.quotes)

    def _number(self, passage: Passage, quote: Quote) -> int:
        key = (passage.document, quote)
        if key not in self._numbers:
            self._numbers[key] = len(self.all) + 1
            self.all.append(
                Citation(
                    len(self.all) + 1,
                    passage.document,
                    self._titles.get(passage.document, passage.document),
                    quote.page,
                    self._labels.get((passage.document, quote.page), str(quote.page)),
                    " › ".join(passage.section),
                    quote.text,
                )
            )
        return self._numbers[key]


def markers(numbers: tuple[int, ...]) -> str:
    """ "[1][2]" """
    return "".join(f"[{number}]" for number in numbers)
