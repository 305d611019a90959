"""Outputs that are infinite or NaN: every loss is what PyTorch makes of them, and hides none."""

import numpy as np
import pytest
import torch

from mlpviz.engine import LOSSES
from mlpviz.verify import torch_reference

TARGETS = {
    "classes": [[0.0, 1.0, 0.0]], "values": [[0.5, -1.0, 2.0]], "probabilities": [[0.0, 1.0, 0.5]],
    "signs": [[1.0, -1.0, 1.0]],
}  # fmt: skip
INF, NAN = np.inf, np.nan


@pytest.mark.parametrize("key", [key for key, loss in LOSSES.items() if loss.target in TARGETS])
@pytest.mark.parametrize(
    "y", [[INF, -INF, 0], [-INF, 0, 0], [NAN, 0, 0], [0, NAN, 0], [-INF, -INF, -INF], [3e38, -3e38, 0], [0, 0, 0]]
)
def test_the_loss_is_that_of_pytorch(key, y):
    loss, t = LOSSES[key], np.array(TARGETS[LOSSES[key].target])
    expected = torch_reference.loss_value(loss, torch.tensor([y], dtype=torch.float64), torch.tensor(t))
    with np.errstate(all="ignore"):
        found = loss.terms(np.array([y], dtype=float), t).sum() / loss.divisor(1, 3, t)
    np.testing.assert_allclose(found, expected.item(), rtol=1e-12)
