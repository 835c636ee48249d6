"""Owns the command line of training: train, evaluate, ship. `inkling train …` runs the same."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from app.errors import InklingError, StorageError
from app.storage.folders import user_folders
from app.translation import _
from training.datasets import DATA

_ROOT = Path(__file__).resolve().parent.parent


def main(argv: Sequence[str] | None = None) -> int:
    """Run a verb; return the exit status."""
    arguments = _parser().parse_args(argv)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    try:
        if arguments.verb == "train":
            return _train(arguments)
        if arguments.verb == "evaluate":
            return _evaluate(arguments)
        return _ship(arguments.run)
    except InklingError as error:
        print(f"inkling: {error}", file=sys.stderr)  # noqa: T201
        return 1
    except ModuleNotFoundError as error:
        if error.name not in ("tensorflow", "keras"):
            raise
        print(  # noqa: T201
            _("inkling: TensorFlow is not installed. Get it with: pip install 'inkling[training]'"),
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print(_("Stopped; --resume goes on from the last epoch."), file=sys.stderr)  # noqa: T201
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("inkling", description=_("Train and measure the network."))
    verbs = parser.add_subparsers(dest="verb", required=True)
    train = verbs.add_parser("train", help=_("train a recipe into a run folder"))
    train.add_argument("recipe", metavar="RECIPE")
    train.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help=_("the run's folder; else one where the user's data are"),
    )
    train.add_argument(
        "--resume", action="store_true", help=_("go on from the last epoch of an interrupted run")
    )
    evaluate = verbs.add_parser("evaluate", help=_("measure a .tflite or .keras model"))
    evaluate.add_argument("model", type=Path, metavar="MODEL")
    evaluate.add_argument("--data", default="mnist", metavar="NAME", help=", ".join(DATA))
    evaluate.add_argument("--json", action="store_true")
    evaluate.add_argument("--figures", type=Path, metavar="DIR", help=_("draw figures into DIR"))
    ship = verbs.add_parser("ship", help=_("put a finished run's model into models/"))
    ship.add_argument("run", type=Path, metavar="DIR")
    for verb in (train, evaluate, ship):
        verb.add_argument(
            "--profile", metavar="DIR", help=_("keep what is stored in DIR (also: INKLING_PROFILE)")
        )
    return parser


def _train(arguments: argparse.Namespace) -> int:
    from training.recipes import recipe_named

    recipe = recipe_named(arguments.recipe)
    profile = Path(arguments.profile) if arguments.profile else None
    folder = arguments.out or user_folders(profile).data / "runs" / recipe.name
    from training.corpus import build_corpus
    from training.run import run

    card = run(recipe, build_corpus(recipe), folder, arguments.resume)
    print(json.dumps(card["metrics"]))  # noqa: T201
    return 0


def _evaluate(arguments: argparse.Namespace) -> int:
    from training.datasets import data_named
    from training.evaluate import answers_of, temperature_of
    from training.metrics import metrics_of, probabilities

    model, data = arguments.model, arguments.data
    if not model.exists():
        raise StorageError(_("There is no model {path}.").format(path=model))
    part = data_named(data)
    answers, temperature = answers_of(model, part), temperature_of(model)
    metrics = metrics_of(answers, temperature)
    if arguments.figures:
        from training.figures import save_evaluation

        chances = probabilities(answers.logits / temperature)
        save_evaluation(arguments.figures, part, chances, metrics, f"{model.name}, {data}")
    if arguments.json:
        print(json.dumps({"model": str(model), "data": data, **metrics.as_json()}))  # noqa: T201
    else:
        low, high = metrics.accuracy_interval
        print(  # noqa: T201
            _(
                "{model} on {data}: {accuracy:.2%} of {count:,} right "
                "(95 %: {low:.2%} to {high:.2%}), "
                "loss {loss:.4f}, macro F1 {f1:.4f}, calibration error {error:.2%}"
            ).format(
                model=model,
                data=data,
                accuracy=metrics.accuracy,
                count=metrics.count,
                low=low,
                high=high,
                loss=metrics.loss,
                f1=metrics.macro.f1,
                error=metrics.calibration_error,
            )
        )
    return 0


def _ship(run: Path) -> int:
    from training.run import ship

    ship(run, _ROOT / "models")
    return 0


if __name__ == "__main__":
    sys.exit(main())
