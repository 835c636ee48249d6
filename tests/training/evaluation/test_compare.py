"""Comparing recipes: what is there is used again, and a table is never lost."""

import csv
import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

import training.evaluation.compare
from app.training_process import training_command
from training.__main__ import main
from training.evaluation.compare import Result, as_text, compare, summaries
from training.fitting.run_folder import write_csv
from training.recipes.catalogue import INKLING, MLP_512_DROPOUT, MLP_512_RMSPROP
from training.recipes.recipe import Recipe, RecipeError


def result(recipe: str, seed: int, mnist: float, pen: float | None) -> Result:
    return Result(recipe, 407_050, 8, 10.0 * seed, 20.0, mnist, pen)


RESULTS = [
    result("mlp-512-dropout", 1, 0.98, 0.95),
    result("mlp-512-dropout", 2, 0.99, 0.93),
    result("inkling", 1, 0.995, None),
]


def test_means_and_deviations_over_the_seeds() -> None:
    first, second = summaries(RESULTS)
    assert (first.recipe, first.runs, first.seconds) == ("mlp-512-dropout", 2, 15.0)
    assert first.mnist == pytest.approx(0.985)
    assert first.mnist_sd == pytest.approx(0.00707, abs=1e-5)  # n - 1 in the denominator
    assert first.pen == pytest.approx(0.94) and first.pen_is_unseen
    assert second.mnist_sd is None and second.pen is None and not second.pen_is_unseen


def test_the_table_as_text_and_csv(tmp_path: Path) -> None:
    rows = summaries(RESULTS)
    head, first, second, note = as_text(rows).splitlines()
    assert len(head) == len(first)
    assert "98.50 ± 0.71 %" in first and "94.00 ± 1.41 %" in first
    assert "99.50%" in second and note.startswith("*")
    write_csv(tmp_path / "table.csv", [asdict(row) for row in rows])
    with (tmp_path / "table.csv").open(newline="") as file:
        read = list(csv.DictReader(file))
    assert [row["recipe"] for row in read] == ["mlp-512-dropout", "inkling"]
    assert float(read[0]["mnist"]) == pytest.approx(0.985)


def finished(recipe: Recipe, run: Path) -> None:
    """Stand for a training."""
    run.mkdir(parents=True)
    (run / "history.csv").write_text("epoch,seconds,cpu_seconds,val_loss\n1,2.5,3.5,0.1\n")
    metrics = {"mnist_test_accuracy": 0.9 + recipe.seed / 100}
    (run / "digits.json").write_text(json.dumps({"metrics": metrics}))


def test_runs_that_are_there_are_not_trained_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained = []

    def train(recipe: Recipe, run: Path) -> None:
        trained.append(run.name)
        finished(recipe, run)

    monkeypatch.setattr(training.evaluation.compare, "_train", train)
    monkeypatch.setattr(
        training.evaluation.compare, "is_finished_run_of", lambda run, _recipe: run.name in trained
    )
    recipes = [MLP_512_DROPOUT, MLP_512_RMSPROP]
    assert len(list(compare(recipes, 1, tmp_path))) == 2
    results = list(compare(recipes, 2, tmp_path))
    assert trained == [
        "mlp-512-dropout-seed-1",
        "mlp-512-rmsprop-seed-1",
        "mlp-512-dropout-seed-2",
        "mlp-512-rmsprop-seed-2",
    ]
    assert [r.mnist for r in results] == [0.91, 0.92, 0.91, 0.92]
    assert results[0].seconds == 2.5 and results[0].pen is None


def test_when_one_fails_the_table_of_the_others_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def train(recipe: Recipe, run: Path) -> None:
        if recipe.name == "mlp-512-rmsprop":
            raise RecipeError("The run failed.")
        finished(recipe, run)

    monkeypatch.setattr(training.evaluation.compare, "_train", train)
    assert main(["compare", "mlp-512-dropout", "mlp-512-rmsprop", "--out", str(tmp_path)]) == 1
    assert "The run failed." in capsys.readouterr().err
    assert "mlp-512-dropout" in (tmp_path / "comparison.csv").read_text()


def test_unknown_recipes_and_numbers_of_seeds_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", "mlp-512-dropot", "--out", str(tmp_path)]) == 1
    assert "Did you mean mlp-512-dropout" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["compare", "mlp-512-dropout", "--seeds", "0"])


@pytest.mark.usefixtures("data_folder")
def test_a_real_comparison_from_training_to_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        training.evaluation.compare, "overridden", lambda recipe, _seed: quick(recipe)
    )
    monkeypatch.setattr(
        training.evaluation.compare,
        "training_command",
        lambda words: training_command([*words, "--epochs", "1", "--width", "0.1"]),
    )
    assert main(["compare", "mlp-512-dropout", "--out", str(tmp_path)]) == 0
    output = capsys.readouterr().out
    assert "MNIST test" in output and "mlp-512-dropout" in output
    (row,) = csv.DictReader((tmp_path / "comparison.csv").read_text().splitlines())
    assert 0.8 < float(row["mnist"]) < 0.98 and 0.5 < float(row["pen"]) < 0.98
    assert (tmp_path / "comparison.png").stat().st_size > 5_000


def quick(recipe: Recipe) -> Recipe:
    assert recipe != INKLING
    return replace(recipe, epochs=1, width=0.1)
