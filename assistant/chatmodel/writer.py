"""An answer written by a chat model, of which each claim is checked before it is shown."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.chatmodel.calling import Caller, Tally
from assistant.chatmodel.checks.ruling import Ruling
from assistant.chatmodel.checks.verify import Checked, Verifier
from assistant.chatmodel.faults import Fault, Kind, ModelFailed
from assistant.chatmodel.model import Turn
from assistant.chatmodel.protocol import FollowUp, LineReader, ModelClaim, Said
from assistant.chatmodel.replies import fault_of_lines, fit_followup
from ingest.passages import Passage

_MOST_CACHED = 256
_MOST_FOLLOWUPS = 2
Take = Callable[[Checked], None]


@dataclass(frozen=True, slots=True)
class Task:
    """What to write about: the messages to send, the passages that they number from 1, what the
    rules gave, and `key`, which is the same for the same task on the same corpus. `overruled` are
    sentences that another document goes before; the answer's line on them is not the model's.
    """

    turns: tuple[Turn, ...]
    passages: tuple[Passage, ...]
    ruling: Ruling | None
    key: str
    overruled: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Written:
    """What came of it: the claims that are shown, in order; those that are not, with why; the
    follow-up questions; and `fault`, None when the model ended its answer as it should.
    """

    shown: tuple[Checked, ...] = ()
    dropped: tuple[str, ...] = ()
    followups: tuple[str, ...] = ()
    raw: str = ""
    fault: Fault | None = None
    tally: Tally = field(default_factory=Tally)
    first_claim: float = 0.0  # seconds from the end of its line to the first claim shown
    checking: float = 0.0  # seconds that the checks took together
    cached: bool = False


def key_of(turns: Sequence[Turn], stamp: str, engine: str) -> str:
    """The same for the same messages to the same model over the same corpus."""
    text = "\0".join((stamp, engine, *(turn.text for turn in turns)))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


class Cache:
    """What was written lately, by the tasks' keys; the one used longest ago goes first."""

    def __init__(self, most: int = _MOST_CACHED) -> None:
        self._most = most
        self._kept: OrderedDict[str, Written] = OrderedDict()

    def get(self, key: str) -> Written | None:
        """What was written for `key`."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: str, written: Written) -> None:
        """Keep what was written, if it is whole and something of it is shown."""
        if written.fault is None and written.shown:
            self._kept[key] = written
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


class Writer:
    """Has one model write; `seconds` is the deadline of an answer."""

    def __init__(self, caller: Caller, seconds: float) -> None:
        self.caller = caller
        self.seconds = seconds
        self.cache = Cache()

    def write(self, task: Task, verifier: Verifier, take: Take, seconds: float = 0.0) -> Written:
        """What the model writes; `take` gets each claim that is shown as soon as it has passed."""
        if known := self.cache.get(task.key):
            for checked in known.shown:
                take(checked)
            return Written(known.shown, known.dropped, known.followups, known.raw, cached=True)
        run = _Run(task, verifier, take)
        try:
            for text in self.caller.stream(task.turns, seconds or self.seconds, run.tally):
                run.hear(text)
                if run.reader.too_long:
                    break
            run.end()
        except ModelFailed as failed:
            run.end()
            run.fault = failed.fault
        written = run.written()
        self.cache.put(task.key, written)
        return written


class _Run:
    """One answer while it comes in."""

    def __init__(self, task: Task, verifier: Verifier, take: Take) -> None:
        self._task, self._verifier, self._take = task, verifier, take
        self.reader = LineReader()
        self.tally = Tally()
        self.fault: Fault | None = None
        self._said: list[Said] = []
        self._shown: list[Checked] = []
        self._dropped: list[str] = []
        self._followups: list[str] = []
        self._heard = 0.0
        self._first = 0.0
        self._checking = 0.0

    def hear(self, text: str) -> None:
        """Take in more of the answer."""
        self._heard = time.perf_counter()
        self._all(self.reader.feed(text))

    def end(self) -> None:
        """Take in what was left without a line end."""
        self._all(self.reader.close())

    def _all(self, lines: Iterator[Said]) -> None:
        for said in lines:
            self._said.append(said)
            if isinstance(said, ModelClaim):
                self._check(said)
            elif isinstance(said, FollowUp):
                self._ask(said)

    def _check(self, claim: ModelClaim) -> None:
        started = time.perf_counter()
        checked = self._verifier.check(claim, self._task.passages, self._task.ruling)
        if any(sentence.text in self._task.overruled for sentence in checked.quoted):
            checked = Checked("dropped", "", "et andet dokument går forud")
        self._checking += time.perf_counter() - started
        if checked.outcome != "passed":
            self._dropped.append(f"{checked.why} ({checked.outcome}): {claim.text}")
        if checked.outcome == "dropped" or self._repeats(checked):
            return
        self._first = self._first or time.perf_counter() - self._heard
        self._shown.append(checked)
        self._take(checked)

    def _repeats(self, checked: Checked) -> bool:
        """Whether it was said already, or its source's sentence was shown in place of another."""
        return any(
            checked.text == other.text
            or (checked.outcome == other.outcome == "replaced" and checked.quoted == other.quoted)
            for other in self._shown
        )

    def _ask(self, question: FollowUp) -> None:
        fits = fit_followup(question.text, self._task.passages, self._verifier.meaning)
        if fits and len(self._followups) < _MOST_FOLLOWUPS:
            self._followups.append(question.text)
        elif not fits:
            self._dropped.append(f"spørgsmål uden for kilderne: {question.text}")

    def written(self) -> Written:
        """All of it."""
        fault = self.fault or self._empty_handed()
        return Written(
            tuple(self._shown),
            tuple(self._dropped),
            tuple(self._followups) if self._shown else (),
            self.reader.raw,
            fault,
            self.tally,
            self._first,
            self._checking,
        )

    def _empty_handed(self) -> Fault | None:
        if self._shown:
            return None
        kind: Kind = fault_of_lines(self.reader.raw, self._said)
        return Fault(kind)


def passages_for(
    ruled: Sequence[Passage], found: Sequence[Passage], most: int
) -> tuple[Passage, ...]:
    """The passages to send: those of the rules first, then what the search found, each once."""
    unique: Mapping[str, Passage] = {p.id: p for p in reversed((*ruled, *found))}
    order = dict.fromkeys(p.id for p in (*ruled, *found))
    return tuple(unique[identity] for identity in order)[:most]
