"""The lines of code of every schedule, run at every step, give the engine's learning rate and momentum."""

import numpy as np
import pytest

from mlpviz.engine.expressions import Rewritten
from mlpviz.engine.schedules import SCHEDULES
from mlpviz.engine.schedules.code import formula_lines, numpy_lines
from mlpviz.engine.schedules.schedule import BASE as BASE_LETTER
from mlpviz.engine.schedules.schedule import T
from tests.support.code_lines import run_line
from tests.support.torch_schedules import BASE, PLATEAUS, VARIED, torch_steps

CLOCKED = [
    *((key, {}) for key, schedule in SCHEDULES.items() if schedule.observe is None),
    *VARIED,
]
STEPS = 60


@pytest.mark.parametrize(("key", "given"), CLOCKED, ids=str)
def test_numpy_lines_are_the_engine(key, given):
    schedule = SCHEDULES[key].configure(**given)
    code = "\n".join(numpy_lines(schedule, BASE))
    for t in range(STEPS):
        found = run_line(code, t=t)
        assert float(found["learning_rate"]) == pytest.approx(schedule.learning_rate(BASE, t), rel=1e-12, abs=1e-15)
        momentum = None if schedule.momentum is None else schedule.momentum(t)
        assert ("momentum" in found) == (momentum is not None)
        if momentum is not None:
            assert float(found["momentum"]) == pytest.approx(momentum, rel=1e-12)


@pytest.mark.parametrize(("key", "given"), CLOCKED, ids=str)
def test_the_line_of_pytorch_gives_the_same_rates_and_momenta(key, given):
    schedule = SCHEDULES[key].configure(**given)
    theirs = torch_steps(schedule, STEPS, momentum=0.5)
    ours = [
        (schedule.learning_rate(BASE, t), 0.5 if (mu := schedule.momentum and schedule.momentum(t)) is None else mu)
        for t in range(STEPS)
    ]
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize(("key", "given"), CLOCKED, ids=str)
def test_the_formula_that_is_read_has_the_value_of_the_code(key, given):
    """Where a form is computed in another way, as at a phase without length, the read one is left out."""
    schedule = SCHEDULES[key].configure(**given)
    found = schedule.formula_values(schedule.settings)
    settings = {name: np.array(value) if isinstance(value, tuple) else value for name, value in found.items()}
    for line in formula_lines(schedule):
        for t in range(1, STEPS):
            known = {BASE_LETTER: BASE, T: t}
            for each in line.in_order():
                known |= {s: settings[s.name] for s in each.formula.symbols() if s not in known}
                shown = each.formula.replace(lambda part: part.shown if isinstance(part, Rewritten) else None)
                computed = each.formula.value(known)
                with np.errstate(all="ignore"):
                    read = shown.value(known)
                known[each.symbol] = computed
                if each.symbol.name.startswith("t_in_") and read < 0:
                    continue  # the time of a part that has not begun
                if np.isfinite(read) and "restarts" not in str((key, given)):  # its quotient is rounded at a restart
                    assert read == pytest.approx(float(computed), rel=1e-9, abs=1e-12), (each.latex, t)


@pytest.mark.parametrize(("key", "given"), PLATEAUS, ids=str)
def test_lines_of_a_schedule_that_watches_a_metric(key, given):
    schedule = SCHEDULES[key].configure(**given)
    code = "\n".join(numpy_lines(schedule, BASE))
    rng = np.random.default_rng(1)
    state = schedule.start(BASE)
    names = {"learning_rate": BASE, "best": state.best, "bad": 0, "waiting": 0}
    rates = set()
    for metric in np.abs(np.linspace(1.0, 0.4, 100) + 0.1 * rng.normal(size=100)):
        found = run_line(code, metric=metric, **names)
        names = {name: found[name] for name in names}
        state = schedule.observe(state, float(metric))
        assert [float(value) for value in names.values()] == pytest.approx(list(state), rel=1e-12)
        rates.add(state.learning_rate)
    assert len(rates) > 1
