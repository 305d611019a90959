"""Experiments on measured data: iris as in the lab course, and MNIST with few and with all images."""

from __future__ import annotations

from collections.abc import Callable

from mlpviz.data.mnist import folder, missing_sentence
from mlpviz.examples.experiments.experiment import Claim, Experiment
from mlpviz.examples.experiments.snippets import toy
from mlpviz.examples.trainings import TRAININGS
from mlpviz.runs import Run
from mlpviz.runs.evaluation import ClassResult, evaluate_part
from mlpviz.text.numbers import percent


def right_on_test(run: Run, member: int = 0) -> tuple[int, int]:
    """How many test samples are right, and how many there are."""
    result = evaluate_part(run.members[member], run.state(member).checkpoint, "test")
    assert isinstance(result, ClassResult)  # noqa: S101  # these data have classes
    return result.samples - len(result.wrong), result.samples


def _iris(run: Run) -> Claim:
    right, samples = right_on_test(run)
    return Claim(samples == 30 and 27 <= right <= 29, f"{right} of {samples} flowers of the test set are right.")


def _mnist(least: float, least_of_few: float = 0.0) -> Callable[[Run], Claim]:
    """The claim that a share above `least` is right, above `least_of_few` in a run with a part of the images."""

    def claim(run: Run) -> Claim:
        right, samples = right_on_test(run)
        images = len(run.members[0].sets.train.x)
        asked = least_of_few if least_of_few and images < 50_000 else least
        return Claim(
            right > asked * samples,
            f"{percent(right / samples)} of {samples:,} test images are right, after {images:,}.",
        )

    return claim


def _no_mnist() -> str:
    return "" if folder() is not None else missing_sentence()


CLASSICS = (
    Experiment(
        key="iris",
        label="Iris, as in the lab",
        question=(
            "150 flowers, four lengths, three species; 30 flowers are kept for the end. How many of them will be "
            "right?"
        ),
        look="Training and validation accuracy; at the end the confusion matrix.",
        answer=(
            "27 to 29 of 30, whatever the seed. Setosa is always right; versicolor and virginica overlap, "
            "so that the same one or two flowers are taken for the other species again and again. With 30 samples the "
            "confidence interval is wide: 29 of 30 and 27 of 30 could be the same network."
        ),
        choice="",
        json_configs={"4-30-10-3": TRAININGS["iris_lab"].json_value},
        claim=_iris,
        source="Fisher 1936",
    ),
    Experiment(
        key="mnist_thousand",
        label="MNIST with 1,000 images",
        question="A hundred examples of each digit: is that enough for nine of ten?",
        look="How soon training and validation accuracy near 100 %, and where the test accuracy stays.",
        answer=(
            "A little over 90 %. Every epoch another 200 of the thousand images validate, so the validation "
            "accuracy climbs to nearly 100 %: those images taught in other epochs. Only the test images are new, and "
            "what is wrong there are ways to write that the network has never seen. More images help most."
        ),
        choice="",
        json_configs={"784-512-10": TRAININGS["mnist_small"].json_value},
        claim=_mnist(0.90),
        missing=_no_mnist,
        source="LeCun, Bottou, Bengio and Haffner 1998",
    ),
    Experiment(
        key="mnist_all",
        label="MNIST with all images",
        question="The same with 60,000 images: how many of the 10,000 test images are still wrong?",
        look="Test accuracy at the end, and the misclassified digits: would you have known them?",
        answer=(
            "Fewer than 2 of 100 are wrong after a few epochs. Many of the rest are hard for people too. An MLP stays "
            "at about 98.5 %; networks that know that a digit may be shifted, such as CNNs, get beyond 99 %."
        ),
        choice="",
        json_configs={"784-256-10": TRAININGS["mnist_full"].json_value},
        claim=_mnist(0.98, least_of_few=0.93),
        small={"data": toy("mnist", train=8000, test=2000), "epochs": 6},
        missing=_no_mnist,
        source="LeCun, Bottou, Bengio and Haffner 1998",
    ),
)  # fmt: skip
