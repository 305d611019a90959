from mlpviz.config import prepare
from mlpviz.examples.trainings import TRAININGS


def test_iris_as_in_the_lab_gets_27_to_29_of_30_flowers_over_20_seeds():
    setup = TRAININGS["iris_lab"].setup
    for seed in range(20):
        built = prepare(setup.replace(seed=seed))
        *_, last = built.run()
        assert len(built.sets.test.x) == 30
        assert 27 <= round(float(last.test.metric) * 30) <= 29
