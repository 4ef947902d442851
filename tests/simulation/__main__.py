"""python -m tests.simulation SEED [COUNT]: plays seeds and tells the story of the first that breaks a law."""

import argparse
import sys
import time

from tests.simulation.simulation import LawBroken, Simulation


def main(first: int, count: int, digest: bool) -> None:
    """Plays `count` seeds from `first` on."""
    began = time.perf_counter()
    for seed in range(first, first + count):
        simulation = Simulation(seed)
        try:
            report = simulation.run()
            if count == 1 and not digest:
                print(report)
        except LawBroken as broken:
            if not digest:
                print(*simulation.story.lines(), sep="\n")
                sys.exit(f"seed {seed}: {broken}")
        if digest:
            print(simulation.story.digest)
    if not digest:
        print(f"{count} seeds in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("count", type=int, nargs="?", default=1)
    parser.add_argument("--digest", action="store_true", help="print what is the same only when all is the same")
    told = parser.parse_args()
    main(told.seed, told.count, told.digest)
