"""Damage to what comes from outside: messages, documents, links and files, drawn from one seeded generator."""

import copy

JUNK = (
    None, True, False, 0, -1, 1, 3, 2**31, 2**53, 2**64, 10**400, -(10**400), 0.5, -0.0, 1e308, 5e-324, 1e400,
    float("nan"), "", "x", "\n", "\ud800", "é" * 90, "relu", "1e999", "9" * 400, [], {}, [[]], [{}], {"key": []},
    {"key": {}}, {"key": "sgd", "momentum": 10**400}, [1, [2, [3]]], {"": None},
)  # fmt: skip
"""Values that stand where others belong."""


def damaged(random, good):
    """A copy of this JSON value with one to three entries dropped, doubled, exchanged or replaced by junk."""
    found = copy.deepcopy(good)
    for _ in range(int(random.integers(1, 4))):
        holder, key = _somewhere(random, found)
        if holder is None:
            return _junk(random)
        how = int(random.integers(6))
        if how == 0:
            del holder[key]
        elif how == 1 and isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        elif how == 2 and isinstance(holder, dict):
            holder[f"{key}x" if random.integers(2) else "extra"] = holder.pop(key)
        elif how == 3:
            other, place = _somewhere(random, found)
            holder[key] = copy.deepcopy(other[place]) if other is not None else _junk(random)
        else:
            holder[key] = _junk(random)
    return found


def damaged_text(random, good):
    """A text with one to four letters changed, cut off, moved or doubled."""
    text = good
    for _ in range(int(random.integers(1, 5))):
        at, to = sorted(int(each) for each in random.integers(0, len(text) + 1, 2))
        how = int(random.integers(5))
        letter = chr(int(random.choice([random.integers(32, 127), random.integers(0x20000)])))
        if how == 0:
            text = text[:at]
        elif how == 1:
            text = text[:at] + letter + text[at + 1 :]
        elif how == 2:
            text = text[:at] + letter + text[at:]
        elif how == 3:
            text = text[:at] + text[to:]
        else:
            text = text[:to] + text[at:to][:200] + text[to:]
    return text


def damaged_bytes(random, good):
    """The bytes of a file with some of them changed, cut off or doubled."""
    found = bytearray(good)
    for _ in range(int(random.integers(1, 5))):
        if not found:
            break
        # the head of a file says most
        at = int(random.integers(len(found) if random.integers(2) else min(len(found), 400)))
        how = int(random.integers(4))
        if how == 0:
            del found[at:]
        elif how == 1:
            found[at] = int(random.integers(256))
        elif how == 2:
            found[at:at] = bytes(found[at : at + 20])
        else:
            del found[at : at + int(random.integers(1, 30))]
    return bytes(found)


def _junk(random):
    return copy.deepcopy(JUNK[int(random.integers(len(JUNK)))])


def _somewhere(random, root):
    """An entry anywhere inside: its holder and its key; none if the value holds nothing."""
    places, waiting = [], [root]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        places += [(holder, key) for key in keys]
        waiting += [holder[key] for key in keys if isinstance(holder[key], dict | list)]
    return places[int(random.integers(len(places)))] if places else (None, None)
