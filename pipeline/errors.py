"""What can go wrong in a way that the user can mend.

::

    SynopticError            one clear line on standard error, exit code 2
    ├── SettingError         a setting that makes no sense
    ├── InputError           the input folder or file cannot be used
    ├── ModelError           the model cannot be loaded
    └── OutputError          the output folder cannot be written

A single bad article is no error: it becomes a `pipeline.datatypes.Rejection` and the run goes on.
"""


class SynopticError(Exception):
    """Base of every error that is the user's to mend; `str(error)` is one line for them."""


class SettingError(SynopticError):
    """A setting is unknown, contradicts another or is out of range."""


class InputError(SynopticError):
    """The input folder or file is missing or cannot be read."""


class ModelError(SynopticError):
    """A model is unknown, damaged or not allowed (pickled weights, remote code)."""


class OutputError(SynopticError):
    """The output folder or file cannot be written."""
