"""A worked solution has every block of the sheet with its numbers, and its equations hold: presets, random ones."""

import json
import math
import re

import numpy as np
import pytest
from hypothesis import given, settings

from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.examples.networks import PRESETS
from mlpviz.explain.solution.contents import PLACE, FormulaPiece, joined
from mlpviz.explain.solution.equations import BlockCells, with_matrices, written_out
from mlpviz.explain.solution.number_markup import as_latex, as_mathml
from mlpviz.explain.solution.solve import LEVELS, solution_of
from mlpviz.network import Document, DocumentError
from mlpviz.sheet.blocks import blocks_of, shape_of
from mlpviz.sheet.quantities import PHASE_LABELS
from mlpviz.sheet.rules import rule_of
from mlpviz.sheet.values import values_on_screen
from mlpviz.text.numbers import NumberStyle
from tests.support.formula_values import value
from tests.support.random_documents import plain_documents, small

DIGITS = NumberStyle(8)
SIGNS = ("=", r"\approx")


def cells_of(document, style=DIGITS):
    shape, values = shape_of(document), values_on_screen(document)
    pinned = frozenset((f"a.{pin.layer}", pin.unit - 1, pin.sample - 1) for pin in document.pins)
    for block in blocks_of(document.spec, shape).values():
        yield BlockCells(block, rule_of(block, document.spec, shape), values, shape.samples, style, pinned)


def number_of(piece):
    """The value of a piece: its numbers as they are, at the places that it has for them."""
    return value(piece.template, **{f"ref{at}": number for at, number in enumerate(piece.numbers)})


def sides(equation):
    """The formula of an equation with numbers, and its result; None where it only names a number, or one like NaN."""
    at = next((at for at, piece in enumerate(equation) if piece.template in SIGNS), None)
    if at is None or not np.isfinite([number for piece in equation for number in piece.numbers]).all():
        return None
    body, end = list(equation[1:at]), at + 2
    # what stands before the formula is its name
    names = {}
    for piece in equation[end:]:
        name, _, meaning = piece.template.partition("=")
        own = FormulaPiece(meaning, piece.numbers)
        names[name.split("}")[-1].strip()] = number_of(own)
    whole = joined(body)
    numbers = {f"ref{place}": number for place, number in enumerate(whole.numbers)}
    return value(whole.template, **numbers, **names), equation[at + 1].numbers[0], whole


def assert_equations_hold(document):
    count = 0
    for cells in cells_of(document):
        for equation in written_out(cells):
            found = sides(equation)
            if found is None:
                continue
            # four digits, because 1.0507 stands for SELU's number; where p is 1 but for a rounding, 1 - p has one digit
            rounded = any(0 < abs(1 - abs(number)) < 1e-12 for piece in equation for number in piece.numbers)
            assert found[0] == pytest.approx(found[1], rel=3e-2 if rounded else 1e-4, abs=1e-4), equation
            count += 1
    return count


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_product_that_is_written_out_adds_up(preset):
    assert assert_equations_hold(preset.document) > 10


@given(plain_documents(entries=small))
@settings(max_examples=25)
def test_they_add_up_in_random_documents(document):
    assert_equations_hold(Document.parse(document))


def test_a_wrong_product_would_be_seen():
    cells = next(cells for cells in cells_of(PRESETS["mazur"].document) if cells.block.key == "z.1")
    values = {**cells.values, "weight.1": cells.values["weight.1"] + 0.01}
    wrong, result, _ = sides(next(written_out(BlockCells(**{**vars(cells), "values": values}))))
    assert wrong != pytest.approx(result, rel=1e-4)


@pytest.mark.parametrize("key", ["mazur", "seven_layers", "softmax", "batch_norm", "dropout"])
def test_the_numbers_as_they_are_written_add_up(key):
    """Parentheses, powers of ten and signs: LaTeX that is read as it stands gives the result."""
    read = 0
    for cells in cells_of(PRESETS[key].document):
        for equation in written_out(cells):
            found = sides(equation)
            if found is None or len(equation) > 10 or any("where" in piece.template for piece in equation):
                continue
            assert value(as_latex(found[2], DIGITS).replace("−", "-")) == pytest.approx(found[1], rel=1e-4, abs=1e-6)
            read += 1
    assert read > 20


@pytest.mark.parametrize("level", LEVELS.values(), ids=LEVELS)
@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_block_of_the_sheet_is_there_with_its_numbers(preset, level):
    assert_whole(preset.document, level)


@given(plain_documents())
@settings(max_examples=25)
def test_every_block_of_random_documents_is_there(document):
    for level in LEVELS.values():
        assert_whole(Document.parse(document), level)


def assert_whole(document, level):
    solution, values = solution_of(document, level), values_on_screen(document)
    assert [section.title for section in solution.sections] == list(PHASE_LABELS.values())
    parts = {part.key: part for section in solution.sections for part in section.parts if part.key}
    blocks = blocks_of(document.spec, shape_of(document)).values()
    assert list(parts) == [block.key for phase in PHASE_LABELS for block in blocks if block.quantity.phase == phase]
    for key, part in parts.items():
        # the results end with the numbers of the block, row by row; those that do not fit are cut into several
        ending = [piece.numbers for equation in (part.results or part.worked) for piece in equation[-1:]]
        shown = [number for numbers in ending for number in numbers]
        expected = values[key].ravel().tolist()
        assert sorted(map(str, expected)) == sorted(map(str, shown)) or str(expected)[1:-1] in str(shown), key
        for equation in (*part.worked, *part.results):
            for piece in equation:
                # whatever the number is, both ways of writing take it
                assert not re.search(r"ref\d", as_latex(piece, solution.style) + as_mathml(piece, solution.style))
    assert not any(part.formula or part.sentence for part in parts.values()) or level.has_matrices


def test_a_block_that_is_held_says_so():
    document = PRESETS["seven_layers"].document
    document = Document.parse(json.loads(document.to_json()) | {"pins": [
        {"layer": 3, "sample": 1, "unit": 2, "value": 7}
    ]})  # fmt: skip
    part = part_of(document, "3", "a.3")
    assert [equation[1].template for equation in part.worked if "pinned" in equation[1].template] == [
        r"\text{ref0} \text{ (pinned)}"
    ]
    where = [equation for equation in part_of(document, "3", "grad_z.3").worked if "where" in equation[0].template]
    # z of that cell is 5, and nothing is said of the slope there
    assert where
    assert all(5.0 not in equation[0].numbers for equation in where)


def part_of(document, level, key):
    solution = solution_of(document, LEVELS[level])
    return next(part for section in solution.sections for part in section.parts if part.key == key)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_the_update_has_the_lines_of_its_optimizer(key):
    value = json.loads(PRESETS["mazur"].document.to_json()) | {"optimizer": key}
    document = Document.parse(value)
    lines = part_of(document, "3", "new_weight.1").worked
    after = document.spec.views(document.next_step.new_params)[0].weight.ravel().tolist()
    steps = [equation for equation in lines if equation[0].template.startswith(r"\theta \leftarrow")]
    if document.next_step.is_plain:
        assert steps == []  # the rule of the new number is the whole step
    else:
        # a step may change the number more than once: the last line gives it
        found: list[float] = []
        for equation in lines:
            if equation[0].template.startswith(r"\theta = "):
                found.append(math.nan)
            elif equation in steps:
                found[-1] = equation[-1].numbers[0]
        assert found == after
        assert len(part_of(document, "2", "new_weight.1").worked) > 2


def test_a_schedule_is_told_before_the_update():
    value = json.loads(PRESETS["mazur"].document.to_json())
    document = Document.parse(value | {"schedule": {"key": "exponential"}})
    update = solution_of(document, LEVELS["2"]).sections[-1]
    assert update.parts[0].title == "The learning rate"
    assert update.parts[0].worked[-1][-1].numbers == (document.rate,)


def test_a_penalty_is_part_of_the_loss():
    value = json.loads(PRESETS["mazur"].document.to_json())
    document = Document.parse(value | {"penalty": {"key": "l2", "strength": 0.1}})
    found = [section for section in solution_of(document, LEVELS["1"]).sections if section.title == "Loss"]
    assert found[0].parts[-1].results[0][-1].numbers == (document.penalty_value,)


def test_a_matrix_product_shows_both_matrices():
    cells = next(cells for cells in cells_of(PRESETS["seven_layers"].document) if cells.block.key == "grad_a.6")
    (equation,) = with_matrices(cells)
    _, weight, grad, _, result = equation
    left, right = np.reshape(weight.numbers, (2, 1)), np.reshape(grad.numbers, (1, 2))
    assert (left @ right).ravel().tolist() == list(result.numbers)


@pytest.mark.parametrize(("template", "numbers", "latex"), [
    (r"2 \cdot \text{ref0}", (-3.0,), r"2 \cdot (-3)"),
    (r"\text{ref0} \cdot 2", (-3.0,), r"-3 \cdot 2"),
    (r"\text{ref0}^2", (-3.0,), r"(-3)^2"),
    (r"\text{ref0}^2", (1.5e-7,), r"(1.5 \cdot 10^{-7})^2"),
    (r"\text{ref0} - \text{ref0}", (-0.5,), r"-0.5 - (-0.5)"),
    (r"\text{ref0}", (math.inf,), r"\infty"),
    (r"\text{ref0}", (math.nan,), r"\text{NaN}"),
])  # fmt: skip
def test_a_number_is_in_parentheses_where_it_needs_them(template, numbers, latex):
    assert as_latex(FormulaPiece(template, numbers), NumberStyle()) == latex


def test_fractions_are_written_as_such():
    piece, style = FormulaPiece(r"\text{ref0}", (-1 / 3,)), NumberStyle(3, fractions=True)
    assert as_latex(piece, style) == r"-\tfrac{1}{3}"
    assert "<mfrac><mn>1</mn><mn>3</mn></mfrac>" in as_mathml(piece, style)


def test_pieces_that_are_joined_keep_their_numbers_in_order():
    whole = joined([FormulaPiece(r"\text{ref1} - \text{ref0}", (1.0, 2.0)), FormulaPiece(r"+ \text{ref0}", (3.0,))])
    assert whole == FormulaPiece(r"\text{ref1} - \text{ref0} + \text{ref2}", (1.0, 2.0, 3.0))
    assert len(PLACE.findall(whole.template)) == 3


def test_a_sheet_that_is_too_large_is_refused_in_one_sentence():
    value = json.loads(PRESETS["iris"].document.to_json())
    layer = {"weight": np.full((200, 200), 0.5).tolist(), "bias": None, "activation": "relu"}
    first = {"weight": np.full((200, 4), 0.5).tolist(), "bias": None, "activation": "relu"}
    last = {"weight": np.full((3, 200), 0.5).tolist(), "bias": None, "activation": value["layers"][-1]["activation"]}
    large = Document.parse(value | {"layers": [first, layer, last]})
    with pytest.raises(DocumentError, match=r"the sheet has [\d,]+ numbers, and a worked solution has at most 30,000"):
        solution_of(large, LEVELS["1"])
    middle = Document.parse(value | {"layers": [first, last]})
    assert solution_of(middle, LEVELS["1"]).sections
    with pytest.raises(DocumentError, match="take one with less detail"):
        solution_of(
            Document.parse(value | {"layers": [first, last], "x": value["x"] * 10, "target": value["target"] * 10}),
            LEVELS["3"],
        )
