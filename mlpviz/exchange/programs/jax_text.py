"""Lines of NumPy as JAX has them: other names of the modules, arrays that do not change, and safe slopes."""

from __future__ import annotations

import re

_PLACE = re.compile(r"(\w+)\[([\d, ]+)\] (\+?)= (.*?)((?:  #.*)?)$")
_ONE_OVER = re.compile(r"(?<![\w.])1 / \(1 \+ np\.exp\((-?)(\w+)\)\)")
_OVER = re.compile(r"(\w+) / \(1 \+ np\.exp\(-(\w+)\)\)")


def in_jax(line: str) -> str:
    """A statement of NumPy in JAX. exp(-z) may overflow, and its slope would be NaN: the logistic function has none."""
    line = _PLACE.sub(_at, line)
    line = _ONE_OVER.sub(lambda found: f"jax.nn.sigmoid({'' if found[1] else '-'}{found[2]})", line)
    line = _OVER.sub(r"\1 * jax.nn.sigmoid(\2)", line)
    line = re.sub(r"(?<![\w.])np\.maximum\(0, (\w+)\)$", r"jax.nn.relu(\1)", line)
    return re.sub(r"(?<![\w.])np\.", "jnp.", re.sub(r"(?<![\w.])scipy\.", "jax.scipy.", line))


def _at(found: re.Match[str]) -> str:
    name, place, added, value, remark = found.groups()
    return f"{name} = {name}.at[{place}].{'add' if added else 'set'}({value}){remark}"
