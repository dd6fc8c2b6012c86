"""A verdict put into words: the verdict, why, on which conditions, what else, and whom to ask."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.citing import Citations, markers
from assistant.disagreement import told as disagreement
from assistant.evidence import Evidence
from assistant.models import Case, Citation, Claim, Language, Verdict
from assistant.verdicts.asked import GENERIC, Asked
from assistant.verdicts.judgement import Judgement
from assistant.verdicts.matching import Match
from assistant.verdicts.phrases import (
    PHRASES,
    condition_in_line,
    condition_in_list,
    kinds_in_words,
)
from ingest.reading import Sentence, sentences_of
from ingest.rules.classes import is_lettered
from ingest.rules.clauses import clauses_of
from ingest.rules.lexicon import Lexicon
from ingest.rules.model import Kind, Modality, Part

_MOST_CONDITIONS = 3  # listed besides cases
_MOST_REASONS = 3
_MOST_CASES = 6
_LABEL = 70  # characters of a rule that stands for its case
_MOST_DUTIES = 2
_AS_LIKELY = 1.25  # log odds behind, for a rule that does not count to be told as disagreeing
_CLOSER = 0.5  # levels by which a rule is more about the very activity than another
_NAMED = 1.5  # level from which a rule is about the tool that is asked about
# What a sentence that is told besides a verdict may not rule.
_AGAINST: Mapping[Verdict, frozenset[Modality]] = {
    "ja": frozenset(("forbudt", "afventer", "kun")),
    "nej": frozenset(("tilladt", "kun")),
    "betinget": frozenset(),
}
# A question of whether rules hold for somebody, not of what must be done.
_APPLIES = re.compile(r"\b(?:gælder|omfattet|bundet|cover|apply|applies|bind)\b", re.IGNORECASE)
_INSTEAD = re.compile(
    r"\b(?:i stedet|brug (?!ikke|aldrig|kun)|alternativ\w*|kan du derimod)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class VerdictText:
    """The answer in words, with what it rests on."""

    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    conditions: tuple[str, ...]
    cases: tuple[Case, ...]
    contacts: tuple[str, ...]
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sources:
    """What an answer says of its documents: their titles by file, what is printed on their pages,
    and how concepts are shown.
    """

    titles: Mapping[str, str]
    labels: Mapping[tuple[str, int], str]
    lexicon: Lexicon


def in_words(
    asked: Asked,
    judgement: Judgement,
    language: Language,
    sources: Sources,
    best: Evidence | None = None,
) -> VerdictText:
    """`judgement` as an answer to `asked`; it must have a verdict. `best` is the sentence that
    answers best as a sentence, told besides where it rules nothing else.
    """
    citations = Citations(sources.titles, sources.labels)
    writer = _Writer(asked, judgement, language, citations, sources.titles, sources.lexicon)
    return writer.write(best)


@dataclass
class _Writer:
    asked: Asked
    judgement: Judgement
    language: Language
    citations: Citations
    titles: Mapping[str, str]
    lexicon: Lexicon
    claims: list[Claim] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)

    def write(self, best: Evidence | None) -> VerdictText:
        """The whole answer; `best` as for `in_words`."""
        words = PHRASES[self.language]
        blocks = [self._headline(), *self._note(), *self._reasons(), *self._besides(best)]
        blocks += self._listed(words["conditions"], self._conditions())
        cases = self._cases()
        blocks += self._listed(words["depends"], [line for _, line in cases])
        blocks += self._disagreement()
        blocks += self._listed(words["also"], self._duties())
        blocks += self._instead()
        contacts = self._contacts()
        if contacts:
            blocks.append(words["ask"].format(contacts[0]))
        return VerdictText(
            "\n\n".join(blocks),
            tuple(self.claims),
            tuple(self.citations.all),
            tuple(c for c, _ in self.judgement.conditions),
            tuple(case for case, _ in cases),
            contacts,
            frozenset(c.document for c in self.citations.all),
        )

    def _headline(self) -> str:
        best = self.judgement.because[0]
        return f"**{self._verdict(best)}** {self._cite(best)}"

    def _verdict(self, best: Match) -> str:
        words = PHRASES[self.language]
        verdict = self.judgement.verdict
        if self.asked.act == "source":
            passage = best.prepared.passage
            return words["source"].format(self.titles[passage.document], passage.page_label)
        if self.asked.act == "duty":
            applies = "applies" if _APPLIES.search(self.asked.text) else "must"
            return words[applies if verdict == "ja" else f"{applies}_not"]
        if verdict == "betinget":
            return self._conditional(words)
        if verdict == "nej":
            return self._refusal(best, words)
        data = self._said(best, "data") if best.levels[1] else ""
        return words["yes_data"].format(data) if data else words["yes"]

    def _refusal(self, best: Match, words: Mapping[str, str]) -> str:
        tool = self._said(best, "tool") if best.levels[0] >= _NAMED else ""
        data = self._said(best, "data") if best.levels[1] else ""
        if tool and best.prepared.rule.modality == "afventer":
            return words["not_yet"].format(tool)
        if best.implied or not (tool or data):
            return words["no"]
        if tool and data:
            return words["no_both"].format(tool, data)
        return words["no_tool"].format(tool) if tool else words["no_data"].format(data)

    def _conditional(self, words: Mapping[str, str]) -> str:
        conditions = [c for c, _ in self.judgement.conditions]
        if len(conditions) == 1 and self.language == "da":
            line = condition_in_line(conditions[0])
            if line:
                return line
        open_kinds = self._open()
        if conditions and not (self._left_to_cases and open_kinds):
            return words["conditional"]
        return words["hangs_on"].format(kinds_in_words(open_kinds, self.language))

    @property
    def _left_to_cases(self) -> bool:
        """Whether the conditions are so many that each case tells its own."""
        return bool(self.judgement.cases) and len(self.judgement.conditions) > _MOST_CONDITIONS

    def _open(self) -> list[str]:
        """The kinds of thing that the verdict hangs on."""
        cases = [c.match for c in self.judgement.cases]
        kinds = (("data", "data"), ("tool", "tool"), ("role", "role"), ("activity", "activity"))
        return [kind for kind, name in kinds if any(getattr(m, name) == "narrower" for m in cases)][
            :2
        ]

    def _said(self, match: Match, kind: Kind) -> str:
        """How the rule itself names what it is about."""
        rule = match.prepared.rule
        named = (p for p in (*rule.parts, *rule.inherited) if p.kind == kind)
        parts = self._asked_first([p for p in named if p.concept not in GENERIC])
        heads = rule.column and any(p.said in rule.column for p in parts)
        if kind == "data" and parts and is_lettered(parts[0].concept):
            label = self.lexicon.label(parts[0].concept)
            return label[:1].lower() + label[1:]
        if heads and kind == "data":
            whole = rule.column[:1].lower() + rule.column[1:]
            return whole if " " in whole else self.lexicon.label(parts[0].concept)
        said = " og ".join(dict.fromkeys(p.said for p in parts[:2]))
        return said if kind == "tool" or said.isupper() else said[:1].lower() + said[1:]

    def _asked_first(self, parts: list[Part]) -> list[Part]:
        """Of what a rule names, what was asked about, or the class that it belongs to."""
        asked = self.asked.tools | self.asked.data
        if not any(p.kind in ("tool", "data") for p in parts) or not asked:
            return parts
        reach = asked | {c for a in asked for c in self.lexicon.above(a)}
        return [p for p in parts if p.concept in reach] or parts

    def _note(self) -> Iterator[str]:
        if self.language == "en":
            yield PHRASES["en"]["danish"]

    def _reasons(self) -> list[str]:
        lines: list[str] = []
        for match in self.judgement.because:
            if len(lines) < _MOST_REASONS and (line := self._quoted(match)):
                lines.append(line)
            for sentence in _more(match):
                if line := self._sentence(match, sentence):
                    lines.append(line)
        return lines

    def _besides(self, best: Evidence | None) -> Iterator[str]:
        """The best sentence, unless it is told already or rules otherwise than the verdict."""
        if best is None or best.dangling or best.sentence.is_row:
            return
        text = best.sentence.text
        found = {clause.modality for clause in clauses_of(text)}
        if text in self.shown or found & _AGAINST[self.judgement.verdict or "betinget"]:
            return
        self.shown.add(text)
        numbers = self.citations.of(best.hit.passage, best.sentence)
        self.claims.append(Claim(text, numbers))
        yield f"{text} {markers(numbers)}"

    def _quoted(self, match: Match) -> str:
        return self._sentence(match, match.prepared.sentence)

    def _sentence(self, match: Match, sentence: Sentence) -> str:
        fails = self.judgement.verdict == "nej" and match.permits  # by a condition of its row
        text = sentence.text if fails and sentence.is_row else _readable(match, sentence)
        if text in self.shown:
            return ""
        self.shown.add(text)
        passage = match.prepared.passage
        numbers = self.citations.of(passage, sentence)
        if before := _question_before(match, sentence) or _introduction(match, sentence):
            numbers = (*self.citations.of(passage, before), *numbers)
        self.claims.append(Claim(text, numbers))
        return f"{text} {markers(numbers)}"

    def _cite(self, match: Match) -> str:
        return markers(self.citations.of(match.prepared.passage, match.prepared.sentence))

    def _conditions(self) -> list[str]:
        if self._left_to_cases:
            return []
        said = list({c.lower(): (c, m) for c, m in self.judgement.conditions}.values())
        whole = [
            (c, m) for c, m in said if not any(c.lower() in o.lower() and c != o for o, _ in said)
        ]
        return [f"☐ {condition_in_list(c)} {self._cite(m)}" for c, m in whole]

    def _duties(self) -> list[str]:
        lines = []
        for match in self.judgement.duties[:_MOST_DUTIES]:
            text = _readable(match, match.prepared.sentence)
            if text not in self.shown:
                self.shown.add(text)
                lines.append(f"{text} {self._cite(match)}")
        return lines

    def _cases(self) -> list[tuple[Case, str]]:
        words = PHRASES[self.language]
        found: list[tuple[Case, str]] = []
        seen: set[str] = set()
        for case in self.judgement.cases:
            label = self._label(case.match)
            if not label or label in seen or len(found) >= _MOST_CASES:
                continue
            seen.add(label)
            line = f"{label}: {words[case.verdict]} {self._cite(case.match)}"
            question = f"{self.asked.text.rstrip('?. ')} {self._in_case(case.match)}?"
            found.append((Case(label, case.verdict, question), line))
        return found

    def _label(self, match: Match) -> str:
        """What sets this case apart from the others."""
        label = ", ".join(said for _, said in self._apart(match))
        return label[:1].upper() + label[1:]

    def _in_case(self, match: Match) -> str:
        """What to add to the question to ask for this case alone."""
        words = PHRASES[self.language]
        return " ".join(words[f"case_{kind}"].format(said) for kind, said in self._apart(match))

    def _apart(self, match: Match) -> list[tuple[str, str]]:
        relations: tuple[tuple[Kind, str], ...] = (
            ("tool", match.tool), ("data", match.data), ("role", match.role)
        )  # fmt: skip
        found = [(k, self._said(match, k)) for k, r in relations if r == "narrower"]
        if not any(said for _, said in found) and match.activity == "narrower":
            found = [("activity", _shortened(match.prepared.rule.scope))]
        return [(kind, said) for kind, said in found if said]

    def _disagreement(self) -> list[str]:
        """What documents say that do not count here, and why not."""
        lines: list[str] = []
        for match in self.judgement.against[:1]:
            winner = self.judgement.because[0].prepared.document
            loser = match.prepared.document
            text = self._quoted(match) if _contradicts(match, self.judgement.because[0]) else ""
            if text and winner.file != loser.file:
                lines.append(disagreement(text, winner, loser, self.language))
        return lines

    def _instead(self) -> list[str]:
        """What the passage of a ban names to use in its place."""
        if self.judgement.verdict != "nej":
            return []
        for match in self.judgement.because[:2]:
            for sentence in sentences_of(match.prepared.passage)[match.prepared.sentence.number :]:
                if (
                    _INSTEAD.search(sentence.text)
                    and not sentence.is_row
                    and (line := self._sentence(match, sentence))
                ):
                    return [line]
        return []

    def _listed(self, heading: str, lines: Sequence[str]) -> list[str]:
        if not lines:
            return []
        return [f"{heading}\n" + "\n".join(f"- {line}" for line in lines)]

    def _contacts(self) -> tuple[str, ...]:
        for match in self.judgement.because:
            document = match.prepared.document
            if document.contact:
                owner = f" ({document.owner})" if document.owner else ""
                return (f"{document.contact}{owner}",)
        return ()


def _contradicts(match: Match, winner: Match) -> bool:
    """Whether it is as much about what is asked, and not just beside it."""
    narrower = "narrower" in (match.tool, match.data, match.activity, match.role)
    closer = match.levels[2] >= winner.levels[2] + _CLOSER
    return not narrower and match.score >= winner.score - (2 * _AS_LIKELY if closer else _AS_LIKELY)


def _readable(match: Match, sentence: Sentence) -> str:
    """The sentence; of a table row no more than the cell that rules."""
    rule = match.prepared.rule
    if sentence.is_row and sentence.number == rule.number and rule.column:
        label, _, task = rule.scope.partition(": ")
        label = label if rule.is_of_task and task in rule.cell else rule.scope
        said = f"{rule.column}{'' if rule.column.endswith('?') else ':'} {rule.cell}"
        return f"{label or sentence.text.partition(':')[0]} – {said}"
    if intro := _introduction(match, sentence):
        return f"{intro.text.rstrip(':')}: {sentence.text}"
    if asked := _question_before(match, sentence):
        return f"{asked.text} {sentence.text}"
    return sentence.text


def _introduction(match: Match, sentence: Sentence) -> Sentence | None:
    """The sentence that introduces the list that `sentence` is an item of."""
    if sentence.intro < 0 or sentence.is_row or sentence.number != match.prepared.rule.number:
        return None
    return sentences_of(match.prepared.passage)[sentence.intro]


def _shortened(text: str) -> str:
    cut = text if len(text) <= _LABEL else f"{text[:_LABEL].rsplit(' ', 1)[0]} …"
    return cut.strip(" ,;:")


def _question_before(match: Match, sentence: Sentence) -> Sentence | None:
    """The question that `sentence` answers with "ja" or "nej"."""
    if sentence.question < 0 or not re.match(r"(?:ja|nej)\b", sentence.text, re.IGNORECASE):
        return None
    return sentences_of(match.prepared.passage)[sentence.question]


def _more(match: Match) -> list[Sentence]:
    sentences = sentences_of(match.prepared.passage)
    return [sentences[n] for n in match.prepared.rule.more]
