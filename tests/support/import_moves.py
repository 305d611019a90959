"""Moves of the walk over the sheet that open networks of other tools: files arrive, are answered, opened or not."""

import base64

from tests.support.foreign_models import MODELS

FILES = (
    "brainjs_2beta/xor_sigmoid.json",
    "fann/symm_linear_2_3_2_2.net",
    "r_nnet/skip_linout.json",
    "weka/xor_nominal_class.txt",
)


def arrive(walker):
    """All pieces of a file, of which the last is the move."""
    path = MODELS / walker.one_of(FILES)
    content = path.read_bytes()
    half = len(content) // 2
    pieces = [
        {
            "type": "upload_piece",
            "name": path.name,
            "size": len(content),
            "at": at,
            "bytes": base64.b64encode(part).decode(),
        }
        for at, part in ((0, content[:half]), (half, content[half:]))
    ]
    walker.send(pieces[0])
    return pieces[1]


def open_files(walker):
    walker.send(arrive(walker))
    return {"type": "open_files"}


def answer(walker):
    importing = walker.state["importing"]
    if not importing or not importing["guesses"]:
        return None
    guess = walker.one_of(importing["guesses"])
    return {"type": "answer_import", "key": guess["key"], "choice": walker.one_of(guess["choices"])[0]}


def waiting(kind):
    return lambda walker: {"type": kind} if walker.state["importing"] else None


MOVES = {
    "upload_piece": arrive,
    "open_files": open_files,
    "answer_import": answer,
    "finish_import": waiting("finish_import"),
    "cancel_import": waiting("cancel_import"),
}
