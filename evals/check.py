"""Questions looked over before they are asked: what does not fit the documents, in Danish."""

from collections.abc import Iterator, Sequence

from evals.corpora import Corpus
from evals.questions import Gold, Question
from evals.suite import Corpora, QuestionSet


def faults(sets: Sequence[QuestionSet], corpora: Corpora) -> Iterator[str]:
    """A line for each thing that is wrong or will measure nothing, with the id of the question."""
    for found in sets:
        for question in found.questions:
            corpus = corpora.of(question.corpus)
            yield from (f"{found.name}, {question.id}: {said}" for said in _of(question, corpus))


def _of(question: Question, corpus: Corpus) -> Iterator[str]:
    files = {p.document for p in corpus.index.passages}
    for gold in question.gold:
        yield from _of_gold(gold, corpus, files)
    if question.answerable and not (question.gold or question.nuggets or question.verdict):
        yield (
            "der står, at dokumenterne svarer, men hverken hvor, hvad eller hvilken afgørelse; "
            "så kan svaret ikke måles."
        )


def _of_gold(gold: Gold, corpus: Corpus, files: set[str]) -> Iterator[str]:
    if gold.document and gold.document not in files:
        yield f'dokumentet "{gold.document}" er ikke i indekset.'
    elif gold.page and gold.document and (gold.document, gold.page) not in corpus.pages:
        yield f"{gold.document} har ingen side {gold.page} med tekst."
    elif gold.quote and not corpus.holding(gold):
        where = gold.document or "noget dokument"
        yield f"citatet ”{gold.quote}” står ikke i {where}; skriv det ordret af."
