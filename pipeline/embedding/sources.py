"""Where a model is: inside the package, in a folder, in the cache of the hub, or on the hub.

No answer needs torch, so a name that leads nowhere is told before anything is installed for it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal

from pipeline.embedding.embedded import EMBEDDED_NAMES
from pipeline.errors import ModelError, needs_extra

Source = Literal["static", "folder", "hub"]
"""A folder that numpy alone can run, any other folder, or a name on the hub or in its cache."""

HUB_SECONDS = 10.0
"""Timeout for the request whether the hub has a model."""

_HUB_NAME = re.compile(r"(?:[A-Za-z0-9][\w.-]{0,95}/)?[A-Za-z0-9][\w.-]{0,95}", re.ASCII)
"""A model on the hub: `owner/name`, or a name alone."""

_MODEL_FILES = ("modules.json", "config.json")
"""Files of which a model's folder has one: that of sentence-transformers, or that of transformers."""

_ELSE = "give the folder of a model, or leave --model out for the embedded one"


def source_of(model: str) -> Source:
    """Return where a model is; raises `ModelError` with what helps if it is nowhere."""
    path = Path(model)
    if model in EMBEDDED_NAMES or is_static(path):
        return "static"
    if path.is_dir():
        if not any((path / name).is_file() for name in _MODEL_FILES):
            raise _nowhere(model, f"the folder has no {' or '.join(_MODEL_FILES)}; give that of a model")
        return "folder"
    if path.exists():
        raise _nowhere(model, "it is a file; give the folder of a model")
    if path.is_absolute() or model.startswith((".", "~")) or model.count("/") > 1 or "\\" in model:
        raise _nowhere(model, f"there is no such folder; {_ELSE}")
    if not _HUB_NAME.fullmatch(model) or ".." in model or "--" in model:
        raise _nowhere(
            model, "it is neither a folder nor a name such as sentence-transformers/LaBSE, owner and model"
        )
    with needs_extra(
        f"model {model!r}", "models"
    ):  # in a lean environment the tokenizers bring the hub's library
        if not is_cached(model):
            _ask_hub(model)
    return "hub"


def is_static(path: Path) -> bool:
    """Return whether `path` is the folder of a static sentence-transformers model."""
    try:
        modules = json.loads((path / "modules.json").read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return kinds in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])


def _nowhere(model: str, why: str) -> ModelError:
    return ModelError(f"model '{model}' cannot be used: {why}")


def is_cached(model: str) -> bool:
    """Return whether an earlier run has downloaded the model."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        snapshot_download(model, local_files_only=True)
    except LocalEntryNotFoundError:
        return False
    return True


def _ask_hub(model: str) -> None:
    """Raise `ModelError` unless the hub has the model; its libraries raise a dozen types of error."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

    try:
        HfApi().model_info(model, timeout=HUB_SECONDS)
    except RepositoryNotFoundError as error:
        raise _nowhere(model, f"neither a folder here nor a model on the hub; {_ELSE}") from error
    except HfHubHTTPError as error:
        raise _nowhere(model, f"the hub answers {error.response.status_code}; {_ELSE}") from error
    except Exception as error:
        raise _nowhere(
            model, f"it is not on this machine, and the hub, huggingface.co, cannot be reached; {_ELSE}"
        ) from error
