"""The search runs exactly the trials that are asked for, whatever happens to its workers."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import optuna
import pytest
from optuna.trial import TrialState

import training.search.search
import training.search.studies
from training.__main__ import main
from training.recipes.catalogue import MLP_512_DROPOUT
from training.recipes.recipe import as_values, overridden
from training.search.search import override_arguments, search, suggested
from training.search.studies import SearchError, open_study, original_number, requeue_lost

Event = dict[str, Any]
RECIPE = as_values(MLP_512_DROPOUT)


def fake_training(losses: Callable[[str], list[float]]) -> Any:
    """Return a stand-in for training_events; `losses` gives the validation losses of arguments."""

    @contextmanager
    def fake_events(arguments: list[str]) -> Iterator[Iterator[Event]]:
        def events() -> Iterator[Event]:
            values = losses(" ".join(arguments))
            for number, loss in enumerate(values, start=1):
                yield {"event": "epoch", "epoch": number, "epochs": len(values), "val_loss": loss}
            yield {"event": "finished", "best_val_loss": min(values)}

        yield events()

    return fake_events


def states(study: optuna.Study) -> Counter[str]:
    return Counter(trial.state.name for trial in study.get_trials())


@pytest.fixture
def reported() -> list[str]:
    return []


def test_a_study_has_the_trials_that_were_asked_for_and_goes_on(
    tmp_path: Path, reported: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        training.search.search, "training_events", fake_training(lambda _arguments: [0.5, 0.4])
    )
    for trials in (2, 2, 5):
        study = open_study("s", None, tmp_path, RECIPE)
        search(study, MLP_512_DROPOUT, trials, tmp_path, reported.append)
        assert states(study) == {"COMPLETE": trials}
    assert study.best_value == 0.4
    assert set(study.best_params) == {"learning_rate", "width", "dropout", "augmentation"}
    assert "trial 4: 0.40000" in reported


def test_bad_trials_are_pruned(
    tmp_path: Path, reported: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = iter(range(99))

    def worse_each_time(_arguments: str) -> list[float]:
        return [1.0 + next(counted)] * 4

    monkeypatch.setattr(training.search.search, "training_events", fake_training(worse_each_time))
    study = open_study("s", None, tmp_path, RECIPE)
    search(study, MLP_512_DROPOUT, 8, tmp_path, reported.append)
    assert states(study) == {"COMPLETE": 4, "PRUNED": 4}
    pruned = study.get_trials(states=(TrialState.PRUNED,))
    assert all(len(trial.intermediate_values) < 4 for trial in pruned)


def test_a_diverged_training_is_a_bad_trial_and_another_failure_ends_the_search(
    tmp_path: Path, reported: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    failure: Event = {"event": "failed", "error": "The loss is no number.", "diverged": True}

    @contextmanager
    def fail(_arguments: list[str]) -> Iterator[Iterator[Event]]:
        yield iter([failure])

    monkeypatch.setattr(training.search.search, "training_events", fail)
    study = open_study("s", None, tmp_path, RECIPE)
    search(study, MLP_512_DROPOUT, 2, tmp_path, reported.append)
    assert states(study) == {"PRUNED": 2}
    failure = {"event": "failed", "error": "There is no room left on the disk.", "diverged": False}
    with pytest.raises(SearchError, match="no room left"):
        search(study, MLP_512_DROPOUT, 3, tmp_path, reported.append)
    assert states(study) == {"PRUNED": 2, "FAIL": 1, "WAITING": 1}  # for when there is room


def test_a_trial_that_was_stopped_is_continued(
    tmp_path: Path, reported: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_arguments: str) -> list[float]:
        raise KeyboardInterrupt

    monkeypatch.setattr(training.search.search, "training_events", fake_training(stop))
    study = open_study("s", None, tmp_path, RECIPE)
    with pytest.raises(KeyboardInterrupt):
        search(study, MLP_512_DROPOUT, 1, tmp_path, reported.append)
    folders = []

    def note(arguments: str) -> list[float]:
        folders.append(arguments)
        return [0.1]

    monkeypatch.setattr(training.search.search, "training_events", fake_training(note))
    search(study, MLP_512_DROPOUT, 1, tmp_path, reported.append)
    first, second = study.get_trials()
    assert (first.state, second.state) == (TrialState.FAIL, TrialState.COMPLETE)
    assert first.params == second.params and original_number(second) == 0
    assert f"--out {tmp_path / 'trial-0'}" in folders[0] and "--resume" in folders[0]


def test_a_dead_workers_trial_is_put_back_once(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    study, other = (open_study("s", None, tmp_path, RECIPE) for _worker in range(2))
    lost, alive = study.ask(), study.ask()
    lost.suggest_float("learning_rate", 0.1, 1.0)
    lost.set_user_attr("worker", [gone.pid, 1.0])
    training.search.studies.record_worker(alive)
    requeue_lost(study)
    requeue_lost(other)
    assert [trial.state.name for trial in study.get_trials()] == ["FAIL", "RUNNING", "WAITING"]
    assert study.get_trials()[2].params == study.get_trials()[0].params
    assert "worker" not in study.get_trials()[2].user_attrs


def test_a_worker_that_was_too_slow_goes_on_with_the_next_trial(
    tmp_path: Path, reported: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    study = open_study("s", None, tmp_path, RECIPE)
    taken: list[Any] = []

    def slow(_arguments: str) -> list[float]:
        if not taken:  # another worker takes the trial for lost
            (trial,) = study.get_trials(states=(TrialState.RUNNING,))
            taken.append(study.tell(trial.number, state=TrialState.FAIL))
            training.search.studies.requeue(study, trial)
        return [0.2]

    monkeypatch.setattr(training.search.search, "training_events", fake_training(slow))
    search(study, MLP_512_DROPOUT, 2, tmp_path, reported.append)
    assert states(study) == {"FAIL": 1, "COMPLETE": 2}
    assert any("taken it over" in line for line in reported)


def test_a_study_is_of_one_recipe(tmp_path: Path) -> None:
    open_study("s", None, tmp_path, RECIPE)
    longer = as_values(overridden(MLP_512_DROPOUT, {"epochs": 3}))
    with pytest.raises(SearchError, match="other values"):
        open_study("s", None, tmp_path, longer)


def test_a_damaged_journal_and_no_trials_are_errors_of_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mlp-512-dropout"
    folder.mkdir()
    (folder / "study.journal").write_text("{not json\n")
    assert main(["search", "mlp-512-dropout", "--out", str(tmp_path)]) == 1
    assert "cannot be stored" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["search", "mlp-512-dropout", "--trials", "0"])


def test_two_workers_at_the_last_trial_train_it_once(
    tmp_path: Path, reported: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: list[int] = []
    original = training.search.search._one_trial

    def late(study: optuna.Study, *more: Any) -> None:
        if not trained:  # another worker was quicker, after this one had counted
            trained.append(study.ask().number)
            study.tell(0, 0.3)
        original(study, *more)

    def never(arguments: str) -> list[float]:
        raise AssertionError(arguments)

    monkeypatch.setattr(training.search.search, "_one_trial", late)
    monkeypatch.setattr(training.search.search, "training_events", fake_training(never))
    study = open_study("s", None, tmp_path, RECIPE)
    search(study, MLP_512_DROPOUT, 1, tmp_path, reported.append)
    assert states(study) == {"COMPLETE": 1, "FAIL": 1}


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite:///study.db", "not in sqlite"),
        ("postgresql://me:secret@127.0.0.1:9/none", "cannot be stored"),
    ],
)
def test_an_unusable_storage_is_an_error_of_one_sentence(
    url: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "mlp-512-dropout", "--storage", url, "--out", str(tmp_path)]) == 1
    reported = capsys.readouterr().err
    assert sentence in reported and reported.count("\n") == 1
    assert "secret" not in reported


def test_trials_are_the_recipe_with_other_numbers() -> None:
    values = {"learning_rate": 0.002, "width": 0.5, "dropout": 0.3, "augmentation": True}
    trial: Any = optuna.trial.FixedTrial(values)
    arguments = override_arguments(suggested(trial, MLP_512_DROPOUT))
    assert " ".join(arguments) == "--learning-rate 0.002 --dropout 0.3 --width 0.5 --augmentation"
