"""Generated exercises held to what their topics promise, and the table of topics in docs/practice.md.

`python -m tests.support.practice_topics 1000` checks so many seeds of every topic and level and writes the table;
`python -m tests.support.practice_topics 200 mistakes` makes every mistake in so many exercises of each.
"""

import sys

import numpy as np

from mlpviz.engine.tensor_names import tensors, updated_tensors
from mlpviz.practice.checking import check_answers
from mlpviz.practice.diagnosis import mistakes_about
from mlpviz.practice.topics import TOPICS, generate
from mlpviz.practice.topics.generator import told_apart
from mlpviz.practice.workings import on_screen
from mlpviz.text.numbers import all_digits
from tests.support.repository import ROOT

PAGE = ROOT / "docs/practice.md"
BEGIN, END = "<!-- topics -->\n", "<!-- end of topics -->\n"
LEVELS = [(key, number) for key in TOPICS for number in (1, 2, 3)]


def broken_promises(exercise):
    """What an exercise does not keep of what its level promises; read from the engine's own pass."""
    level, document = TOPICS[exercise.topic].levels[exercise.level - 1], exercise.document
    bounds, trace = level.bounds, document.trace()
    numbers = {tensor: tensor.of(trace) for tensor in tensors(trace.spec, trace.training)}
    numbers |= updated_tensors(trace.spec, document.next_step.new_params)
    for tensor, array in numbers.items():
        if tensor.field in bounds.free or tensor.field in ("running_mean", "running_var"):
            continue
        phase = "backward" if tensor.is_gradient else "update" if tensor.field.startswith("new_") else "forward"
        largest = bounds.loss if tensor.field == "loss" else getattr(bounds, phase)
        if np.abs(array).max() > largest:
            yield f"{tensor.name} is larger than {largest}"
        if np.abs(array - np.round(array, bounds.decimals)).max() > 1e-9 * max(1.0, largest):
            yield f"{tensor.name} has more than {bounds.decimals} decimals"
        if (np.abs(array[array != 0.0]) < 1e-9).any():
            yield f"{tensor.name} has what float arithmetic leaves over for 0"
        if phase == "backward" and not array.any() and tensor.field[5:] not in ("mean", "var", "mean_square"):
            yield f"{tensor.name} is all zero"
    gates = [
        layer.activation_input.ravel()
        for layer, phi in zip(trace.layers, trace.spec.activations, strict=True)
        if phi.kinks
    ]
    if level.is_gated and not (np.concatenate(gates) > 0).any():
        yield "no gate is open"
    if level.is_gated and not (np.concatenate(gates) < 0).any():
        yield "no gate is closed"


def solution(exercise):
    """The right numbers of all cells, as somebody types them."""
    return {name: all_digits(exercise.right_number(cell)) for name, cell in exercise.cells.items()}


def planted(exercise):
    """Every mistake that can be made in a right solution: its key, what is typed then, and the cells that are wrong."""
    right, sheet = solution(exercise), exercise.sheet
    places = dict.fromkeys(cell.place for cell in exercise.cells.values())
    for place in places:
        block, numbers = sheet.blocks[place], sheet.right.of(*place)
        cells = {name: cell for name, cell in exercise.cells.items() if cell.place == place}
        for mistake in mistakes_about(place.tensor):
            with np.errstate(all="ignore"):
                ways = list(mistake.wrong(sheet.right, place, numbers))
            for way in ways:
                shown = on_screen(block, np.broadcast_to(way.numbers, numbers.shape))
                typed = {
                    name: all_digits(float(shown[cell.row, cell.column]))
                    for name, cell in cells.items()
                    if np.isfinite(shown[cell.row, cell.column])
                    and abs(shown[cell.row, cell.column] - exercise.right_number(cell)) > 1e-6
                }
                if mistake.kind == "slip":
                    typed = dict(list(typed.items())[:1])
                if typed:
                    yield mistake.key, right | typed, list(typed)


def one_of_each(exercise):
    """Each mistake once, in another block or another way for another seed."""
    made = {}
    for each in planted(exercise):
        made.setdefault(each[0], []).append(each)
    return [ways[exercise.seed % len(ways)] for ways in made.values()]


def misnamed(exercise, made):
    """Those mistakes made in an exercise that are not among the named ones; and how many were named, alone or not."""
    missed, alone, several = [], 0, 0
    for key, typed, cells in made:
        checked = check_answers(exercise, typed)
        wrong = [name for name in cells if checked.verdicts[name].state == "wrong"]
        # a number that is right in too few digits is asked for again, not explained
        for name in wrong[:1]:
            named = checked.mistakes(name)
            if key not in named:
                missed.append((key, name, typed[name], named))
            alone, several = alone + (len(named) == 1), several + (len(named) > 1)
            str(checked.sentence(name))
    return missed, alone, several


def table(seeds):
    """The table of topics: what each level asks for, its bounds, and the share of pairs that are told apart."""
    rows = [
        "| topic | level | asked | forward | backward | update | decimals | gates | cells | told apart |",
        "|---|" + "---:|" * 9,
    ]
    for key, number in LEVELS:
        level, cells, apart, pairs = TOPICS[key].levels[number - 1], [], 0, 0
        for seed in range(seeds):
            exercise = generate(key, number, seed)
            if found := list(broken_promises(exercise)):
                raise AssertionError(f"{key} {number} {seed}: {found}")
            checked = check_answers(exercise, solution(exercise))
            if checked.count("right") != len(exercise.cells) or any(map(checked.mistakes, exercise.cells)):
                raise AssertionError(f"{key} {number} {seed}: a right solution is not right")
            told = told_apart(exercise.sheet, {cell.place: None for cell in exercise.cells.values()})
            cells.append(len(exercise.cells))
            apart, pairs = apart + told.apart, pairs + told.pairs
        bounds = level.bounds
        size = f"{min(cells)}" if min(cells) == max(cells) else f"{min(cells)} to {max(cells)}"
        largest = " | ".join(f"{each:g}" for each in (bounds.forward, bounds.backward, bounds.update))
        gates = "open and closed" if level.is_gated else "any"
        asks = ", ".join(f"`{word}`" for word in level.asks)
        rows.append(
            f"| {TOPICS[key].label if number == 1 else ''} | {number} | {asks} | {largest} | {bounds.decimals} | "
            f"{gates} | {size} | {apart / pairs:.1%} |"
        )
        print(rows[-1], flush=True)
    return "\n".join(rows) + "\n"


def write(seeds):
    """The page with a new table."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{table(seeds)}\n{END}{after}", encoding="utf-8")


def mistakes(seeds):
    """Make every mistake in so many exercises of each level, and count."""
    total = [0, 0]
    for key, number in LEVELS:
        counts = [0, 0]
        for seed in range(seeds):
            missed, alone, several = misnamed(exercise := generate(key, number, seed), planted(exercise))
            if missed:
                print(key, number, seed, missed[:3], flush=True)
            counts = [counts[0] + alone, counts[1] + several]
        total = [total[0] + counts[0], total[1] + counts[1]]
        print(key, number, "named alone", counts[0], "with others", counts[1], flush=True)
    print("all: named alone", total[0], "with others", total[1])


if __name__ == "__main__":
    count = int(sys.argv[1])
    mistakes(count) if sys.argv[2:] == ["mistakes"] else write(count)
