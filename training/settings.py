"""Every number that decides the training, with the values that the shipped encoder was trained with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """The settings of one training; the ablations in README.md say what each is worth."""

    pieces: int = 56_000
    dimensions: int = 400
    epochs: int = 40
    lines: int = 2_048  # a batch
    rate: float = 0.015  # a step's length per entry, at first; falls to nothing
    warm_up: float = 0.03  # share of the steps in which the rate rises
    pairs: float = 1.0  # share of the pairs of languages that a batch compares
    spread: float = 0.0  # how much less a pair of languages counts in a line that has many
    scale: float = 12.0  # what cosines are multiplied by before the softmax
    dropout: float = 0.15  # share of pieces left out
    split: float = 0.1  # share of pieces replaced by two shorter ones
    joined: float = 0.1  # share of lines that are joined to the next line of their document
    bundled: float = 0.5  # share of dictionary entries that are joined to others
    run: int = 4  # neighbouring lines of a document that a batch takes together
    form: str = "NFKC"
    seed: int = 20


CORE_SETTINGS = Settings()
WIDE_SETTINGS = Settings(pieces=92_000, dimensions=352, epochs=12, pairs=0.3, spread=0.5)
"""For the model of sixteen languages: as many pieces as fit, and fewer steps for each line."""
