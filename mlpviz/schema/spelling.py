"""Names as people spell them: which entry, setting or field is meant by ReLU, MSELoss, lr or W, and which is likely.

Spellings differ freely in capitals, spaces, hyphens and underscores; the names of other libraries stand as `aliases`
in the records. What is saved has the key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel

from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.text.sentences import Mention, Sentence, sentence

_IN_MODULES = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?:\(\))?")
_SAME_WORD, _CLOSE = 0.85, 0.72
"""from 0 for strangers to 1 for the same text, as difflib measures it: above the first it is nearer than any part"""

_WORD = re.compile(r"[A-Z]?[a-z]+[0-9]*|[A-Z]+(?![a-z])[a-z]?[0-9]*")


def plain(name: str) -> str:
    """The letters and digits of a name, small: leakyrelu for Leaky_ReLU."""
    return "".join(character for character in name.lower() if character.isalnum())


def spellings(entry: Any, name: str) -> set[str]:
    """All plain spellings of an entry by this key; of a hyperparameter with its name in PyTorch."""
    torch = entry.name_in_torch if isinstance(entry, Hyperparameter) else name
    return {plain(each) for each in (name, torch, *getattr(entry, "aliases", ()))}


def key_of(registry: Mapping[str, Any], name: object) -> str | None:
    """The key of the entry that is spelled so; None if there is none."""
    if not isinstance(name, str) or not plain(name):
        return None
    if name in registry:
        return name
    for spelt in dict.fromkeys((plain(name), plain(_last_name(name)))):
        if found := next((key for key, entry in registry.items() if spelt in spellings(entry, key)), None):
            return found
    return None


def _last_name(name: str) -> str:
    """Tanh of torch.nn.Tanh() and tf.keras.activations.tanh: the name without the modules that it stands in."""
    return name.rsplit(".", 1)[-1] if _IN_MODULES.fullmatch(name) else name


def likely(name: object, known: Mapping[str, Any] | Iterable[str]) -> str | None:
    """The one of the known names that was probably meant, by its spellings or its label; None if none is near."""
    if not isinstance(name, str) or len(name) > 40:
        return None
    name = _last_name(name)
    entries = known if isinstance(known, Mapping) else dict.fromkeys(known)
    names = {
        spelling: key
        for key, entry in reversed(list(entries.items()))
        for spelling in spellings(entry, key) | {plain(getattr(entry, "label", key))}
    }
    for cutoff in (_SAME_WORD, _CLOSE):
        if found := get_close_matches(plain(name), names, n=1, cutoff=cutoff):
            return names[found[0]]
        # gelu of quick_gelu, hinge of HingeEmbeddingLoss
        if found := [word for word in map(plain, _WORD.findall(name)) if len(word) > 3 and word in names]:
            return names[found[0]]
    # batch and layer begin the name of one norm each
    if len(plain(name)) > 3 and len(begun := {names[each] for each in names if each.startswith(plain(name))}) == 1:
        return begun.pop()
    # momentum and "sgd with nesterov" name what an entry can be set to
    words = [plain(name), *(word for word in map(plain, _WORD.findall(name)) if len(word) > 5)]
    settable = {
        spelling: key
        for key, entry in reversed(list(entries.items()))
        for each in getattr(entry, "hyperparameters", ())
        for spelling in spellings(each, each.name)
    }
    return next((settable[word] for word in words if word in settable), None)


def question(meant: str | None, kind: Literal["entry", "name", "field"]) -> Sentence | str:
    """The question whether this was meant, in brackets, to stand in the middle of a sentence; empty for None."""
    return "" if meant is None else sentence(" (did you mean {meant}?)", meant=Mention(meant, kind))


def read_word(words: Mapping[str, tuple[str, ...]]) -> Callable[[Any], Any]:
    """For a field that holds one of few words: another spelling becomes the word, anything else stays as it is."""
    known = {plain(each): word for word, others in words.items() for each in (word, *others)}
    return lambda value: known.get(plain(value), value) if isinstance(value, str) else value


@cache
def field_spellings(model: type[BaseModel]) -> Mapping[str, str]:
    """The field by each plain spelling: its own name, and those in the model's `aliases`."""
    aliases: Mapping[str, tuple[str, ...]] = getattr(model, "aliases", {})
    return {plain(each): name for name in model.model_fields for each in (name, *aliases.get(name, ()))}


def field_of(model: type[BaseModel], name: object) -> str | None:
    """The field of the model that is spelled so; None if there is none."""
    if not isinstance(name, str):
        return None
    return name if name in model.model_fields else field_spellings(model).get(plain(name))


def renamed(value: Any, model: type[BaseModel]) -> Any:
    """An object with the fields of the model in place of other spellings. Raises ValueError where it has one twice."""
    if not isinstance(value, Mapping) or value.keys() <= model.model_fields.keys():
        return value
    found: dict[Any, Any] = {}
    for name, item in value.items():
        ours = field_of(model, name) or name
        if ours in found:
            raise ValueError(f"has {ours} twice, under two names")
        found[ours] = item
    return found
