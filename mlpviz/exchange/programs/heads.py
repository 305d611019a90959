"""What the programs begin with: imports, and the function that prints a tensor and compares it with the sheet."""

from __future__ import annotations

HEADS = {
    "numpy": '''import numpy as np
{scipy}

def same(name, found, shown, atol=1e-9):
    """Print a tensor and stop unless it is what the sheet shows."""
    print(f"{{name}} =\\n{{found}}")
    np.testing.assert_allclose(found, shown, rtol=1e-9, atol=atol, err_msg=name)


# overflow gives infinity without a word, as on the sheet
np.seterr(all="ignore")
''',
    "jax": '''import jax
import jax.numpy as jnp
import numpy as np

# 64 bits as on the sheet: JAX has 32 unless it is told so before the first array
jax.config.update("jax_enable_x64", True)


def same(name, found, shown, atol=1e-9):
    """Print a tensor and stop unless it is what the sheet shows."""
    print(f"{name} =\\n{found}")
    np.testing.assert_allclose(found, shown, rtol=1e-9, atol=atol, err_msg=name)

''',
    "torch": '''import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def same(name, found, shown, atol=1e-9):
    """Print a tensor and stop unless it is what the sheet shows."""
    print(f"{name} =\\n{found}")
    torch.testing.assert_close(found.detach(), torch.tensor(shown), rtol=1e-9, atol=atol)


''',
    "keras": '''import os

os.environ["KERAS_BACKEND"] = "jax"

import jax
import jax.numpy as jnp
import keras
import numpy as np

# 64 bits as on the sheet, in Keras and in JAX. Dense and SGD of Keras keep them; its norms, means
# and tanh round to 32 bits, so these are lines of JAX here
jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")


def same(name, found, shown, atol=1e-9):
    """Print a tensor and stop unless it is what the sheet shows."""
    print(f"{name} =\\n{found}")
    np.testing.assert_allclose(found, shown, rtol=1e-9, atol=atol, err_msg=name)

''',
}
