"""`maavi eval` by the command line: comparing, replaying, ablating, judging."""

import json
from pathlib import Path

import pytest

from assistant.errors import AssistantError, UsageError
from assistant.settings import Settings
from evals.ablations import VERIFICATION, ablate
from evals.answers import read
from evals.chatserver import ChatServer, Reply
from evals.corpora import DAY, SAMPLE, Corpus, at
from evals.judge import judged
from evals.questions import SETS, read_questions, write_questions
from evals.suite import Corpora, QuestionSet, Run, read_sets, run
from tests.assistant.commandline import maavi


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    questions = read_questions(SETS / "corpus-b.tuning.jsonl")
    path = tmp_path_factory.mktemp("few") / "few.jsonl"
    write_questions(path, [*questions[:6], *[q for q in questions if not q.answerable][:2]])
    return path


@pytest.fixture(scope="module")
def corpora(sample_index: Path) -> Corpora:
    settings = Settings(index=sample_index)
    return Corpora(settings, opened={SAMPLE: Corpus(SAMPLE, at(settings, sample_index), DAY)})


@pytest.fixture(scope="module")
def done(few: Path, corpora: Corpora, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    saved = tmp_path_factory.mktemp("answers") / "svar.jsonl"
    return run(read_sets([few]), corpora, save=saved), saved


def test_recorded_answers_are_scored_without_asking(
    done: tuple[Run, Path], few: Path, corpora: Corpora
) -> None:
    first, saved = done
    again = run(read_sets([few]), corpora, recorded=saved)
    assert again.measured == first.measured
    assert again.configuration == first.configuration


def test_answers_to_other_questions_are_refused(
    done: tuple[Run, Path], tmp_path: Path, corpora: Corpora
) -> None:
    other = read_questions(SETS / "corpus-b.tuning.jsonl")[20:22]
    write_questions(tmp_path / "other.jsonl", other)
    with pytest.raises(UsageError, match=r"har intet svar.*--save"):
        run(read_sets([tmp_path / "other.jsonl"]), corpora, recorded=done[1])


def test_a_recording_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "svar.jsonl").write_text('{"format": 1}\n')
    with pytest.raises(UsageError, match=r"svar\.jsonl, linje 1: engine: mangler"):
        read(tmp_path / "svar.jsonl")


def test_two_results_are_compared(tmp_path: Path, few: Path, sample_index: Path) -> None:
    measure = ("eval", "--questions", str(few), "--index", str(sample_index), "--json")
    first = maavi(*measure, cwd=tmp_path)
    second = maavi(*measure, cwd=tmp_path)
    assert first.returncode == 0, first.stderr.decode()
    one, other = json.loads(first.stdout), json.loads(second.stdout)
    assert one.pop("timings")
    assert other.pop("timings")
    assert json.dumps(one) == json.dumps(other)
    (tmp_path / "a.json").write_bytes(first.stdout)
    worse = json.loads(first.stdout)
    right = worse["measures"]["right"]["values"]
    worse["measures"]["right"]["values"] = dict.fromkeys(right, 0.0)
    (tmp_path / "b.json").write_text(json.dumps(worse))
    told = maavi("eval", "--compare", "a.json", "b.json", cwd=tmp_path).stdout.decode()
    assert "Rigtigt i alt" in told.splitlines()[1]
    assert told.splitlines()[1].endswith("*")
    rows = json.loads(maavi("eval", "--compare", "a.json", "b.json", "--json", cwd=tmp_path).stdout)
    assert rows["right"]["now"] == 0.0


def test_what_is_no_result_is_not_compared(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]")
    result = maavi("eval", "--compare", "a.json", "a.json", cwd=tmp_path)
    assert result.returncode == 2
    assert "det er ikke en måling" in result.stderr.decode()


def test_each_part_is_turned_off_and_worth_something(corpora: Corpora) -> None:
    questions = read_questions(SETS / "verdicts.tuning.jsonl")
    asked = [q for q in questions if q.corpus == SAMPLE and q.verdict][:16]
    found = {a.part: a.changes for a in ablate([QuestionSet("v", tuple(asked))], corpora)}
    assert set(found) == {"stems", "grams", "parts", "dense", "encoder", "rules", VERIFICATION}
    rules = {change.name: change for change in found["rules"]}
    assert rules["verdict.right"].now == 0.0 < rules["verdict.right"].before
    kept = {change.name: change for change in found[VERIFICATION]}
    assert kept["verification.errors-kept"].now == 0.0
    fused = {change.name: change for change in found["encoder"]}
    assert fused["retrieval.fused.ndcg@10"].difference != 0.0


def test_a_judge_is_asked_twice_and_once_kept(done: tuple[Run, Path], tmp_path: Path) -> None:
    run_ = done[0]
    with ChatServer(lambda _: Reply("JA, det har dækning.")) as server:
        settings = Settings(llm="openai:judge", llm_base_url=server.url)
        faithful, relevant = judged(run_, settings, tmp_path / "domme")
        asked = len(server.requests)
        assert (faithful.mean, relevant.mean) == (1.0, 1.0)
        rows = [json.loads(p.read_text()) for p in (tmp_path / "domme").glob("*.json")]
        assert {(r["judge"], r["prompt"], r["yes"]) for r in rows} == {
            ("openai:judge", "judge-1", True)
        }
        assert {r["run"] for r in rows} == {0, 1}
        assert list(judged(run_, settings, tmp_path / "domme"))
        assert len(server.requests) == asked > 200


def test_a_judge_that_says_no_or_nonsense_supports_nothing(
    done: tuple[Run, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ChatServer(lambda _: Reply("Jalousi og andet.")) as server:
        settings = Settings(llm="openai:judge", llm_base_url=server.url)
        faithful, _ = judged(done[0], settings, tmp_path / "domme")
    assert faithful.mean == 0.0
    assert "Enig med mennesker: 53/100" in capsys.readouterr().out


def test_a_judge_that_fails_keeps_what_it_said(done: tuple[Run, Path], tmp_path: Path) -> None:
    with ChatServer([Reply("JA"), Reply(status=500)]) as server:
        settings = Settings(llm="openai:judge", llm_base_url=server.url)
        with pytest.raises(AssistantError, match="kør igen"):
            list(judged(done[0], settings, tmp_path / "domme"))
    assert len(list((tmp_path / "domme").glob("*.json"))) == 1


def test_a_judge_must_be_named(done: tuple[Run, Path], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="MAAVI_LLM"):
        list(judged(done[0], Settings(), tmp_path))
