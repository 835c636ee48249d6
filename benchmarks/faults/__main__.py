"""`python -m benchmarks.faults` tries to break the program, and says how to repeat what did."""

import argparse
import logging
import sys
import time

from benchmarks.faults import disturbed, editions, inputs, profiles, robot
from benchmarks.faults.campaign import Part, Tally, run

PARTS = {
    part.name: (part, share)
    for part, share in (
        (Part("inputs", inputs.prepare, memory=1 << 30), 0.55),
        (Part("kills", disturbed.kills, seconds=30.0), 0.1),
        (Part("io", disturbed.failures, seconds=30.0), 0.1),
        (Part("profiles", profiles.prepare, seconds=30.0), 0.1),
        (Part("window", robot.prepare, seconds=120.0, jobs=1), 0.1),
        (Part("editions", editions.prepare, seconds=60.0, jobs=1), 0.05),
    )
}
"""Each part, and its share of the time."""
_MOST_SHOWN = 40


def main(words: list[str] | None = None) -> int:
    """Run the campaign; return 1 if there was a fault."""
    arguments = _parser().parse_args(words)
    seed = int(time.time()) if arguments.seed is None else arguments.seed
    names = arguments.only or list(PARTS)
    whole = sum(PARTS[name][1] for name in names)
    items = None if arguments.item is None else [arguments.item]
    sys.stdout.write(
        f"seed {seed}\n\n| part | tried | faults | seconds |\n| --- | --- | --- | --- |\n"
    )
    faulty = False
    for name in names:
        part, share = PARTS[name]
        tally = run(part, seed, arguments.minutes * 60 * share / whole, items)
        _show(tally, seed)
        faulty |= bool(tally.faults)
    return int(faulty)


def _show(tally: Tally, seed: int) -> None:
    """Write a row of the table, and to standard error how to repeat the faults."""
    row = f"| {tally.part} | {tally.tried:,} | {len(tally.faults)} | {tally.seconds:.0f} |\n"
    sys.stdout.write(row)
    sys.stdout.flush()
    for fault in tally.faults[:_MOST_SHOWN]:
        again = f"--seed {seed} --only {fault.part} --item {fault.item}"
        sys.stderr.write(f"{fault.problem}\n    uv run python -m benchmarks.faults {again}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="for all parts together")
    parser.add_argument("--seed", type=int, help="repeats a campaign; chosen by the time if absent")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--item", type=int, metavar="N", help="try this item of the part only")
    return parser


if __name__ == "__main__":
    logging.disable()
    sys.exit(main())
