"""`python -m benchmarks [NAME …]` measures the rows of docs/benchmarks.md."""

import argparse
import sys
from collections.abc import Callable

from benchmarks import (
    accuracy,
    curves,
    editions,
    inside,
    learning,
    many,
    numbers,
    retraining,
    speed,
    symbols,
    training,
    why_not,
    window,
)

BENCHMARKS: dict[str, Callable[[], list[tuple[str, str]]]] = {
    "mnist": accuracy.mnist,
    "writers": accuracy.writers,
    "invariance": accuracy.invariance,
    "pictures": accuracy.pictures,
    "curves": curves.curves,
    "numbers": numbers.numbers,
    "recognition": speed.recognition,
    "throughput": speed.throughput,
    "many": many.many,
    "million": many.million,
    "cluster": many.cluster,
    "startup": window.startup,
    "pen-up": window.pen_up,
    "memory": window.memory,
    "inside": inside.inside,
    "symbols": symbols.symbols,
    "many-symbols": symbols.many_symbols,
    "why-not": why_not.why_not,
    "learning": learning.learning,
    "another-hand": learning.another_hand,
    "absorbing": learning.absorbing,
    "kills": learning.kills,
    "retraining": retraining.retraining,
    "hard-hand": retraining.hard_hand,
    "frames": window.frames_while_training,
    "frames-inside": window.frames_inside,
    "to-99": training.to_99,
    "augmentation": training.augmentation,
    "training-memory": training.training_memory,
    "sizes": editions.sizes,
    "starts": editions.starts,
    "frozen-training": editions.frozen_training,
}


def main() -> int:
    """Run the benchmarks that are named, or all; print one line for each measure."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    names = parser.parse_args().names or list(BENCHMARKS)
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    for name in names:
        for measure, value in BENCHMARKS[name]():
            sys.stdout.write(f"| {measure} | {value} |\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
