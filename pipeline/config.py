"""The settings of a run: the `[tool.synoptic]` table of a TOML file, with flags taking precedence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_type_hints

from pipeline.datatypes import LEVELS, SEVERITIES
from pipeline.engines import ENGINES
from pipeline.errors import SettingError
from pipeline.ingestion import MAX_FILE_BYTES
from pipeline.languages.codes import (
    DETECTABLE_LANGUAGES,
    MAX_LANGUAGES,
    MIN_LANGUAGES,
    language_code,
    unknown_language,
)
from pipeline.output.tables import FORMATS
from pipeline.store.plain_files import opened

if TYPE_CHECKING:
    from pipeline.ingestion.formats.reading import Reading


_PATHS = ("raw", "out", "glossary", "rules", "pairs")

_PROFILES = "profiles"

_MOST = {"max_file_bytes": 10**15, "jobs": 1024, "cache_bytes": 10**15}
"""Numbers beyond which a setting is a slip of the keyboard."""


@dataclass(frozen=True)
class Config:
    """All settings of a run; an invalid one raises `SettingError` on construction."""

    raw: Path = Path("data/raw")
    out: Path = Path("data/aligned")
    languages: tuple[str, ...] = ("it", "ko", "pl")
    model: str | None = None  # name or path of a sentence-transformers model; None: the embedded one
    level: str = "paragraph"  # unit of alignment: "paragraph" or "sentence"
    max_file_bytes: int = MAX_FILE_BYTES  # larger files are rejected unread
    skip_repairs: tuple[str, ...] = ()  # names of the repairs to skip
    field_names: tuple[tuple[str, str], ...] = ()  # (field, its name in tables and JSON files)
    keep_boilerplate: bool = False  # align it like any other text
    quiet: bool = False
    glossary: Path | None = None  # CSV table of terms for the translation checks
    rules: Path | None = None  # TOML file with own rules for the translation checks
    only: tuple[str, ...] = ()  # names of the rules and families to check; (): all
    skip: tuple[str, ...] = ()  # names of the rules and families to skip
    fail_on: str | None = None  # severity from which a finding makes the program end with an error
    pairs: Path | None = None  # CSV table of files that belong together; None: `pairs.csv` in `raw`
    format: str = "csv"  # of the tables: "csv", or "parquet" for a dataset of several files
    engine: str = "local"  # where work runs: in local processes, or on a "ray" cluster
    address: str | None = None  # of the Ray cluster; None: start one for the run
    jobs: int | None = None  # worker processes; None: one for each processor if there is enough work
    cache: bool = True  # keep intermediate results for the next run
    cache_bytes: int = 20 * 1024**3  # size limit of the cache

    def __post_init__(self) -> None:
        _check_languages(self.languages)
        if self.model is not None and not self.model.strip():
            raise SettingError("model is empty; omit the setting to use the embedded model")
        if self.level not in LEVELS:
            raise SettingError(f"level is {self.level!r}; it must be {' or '.join(LEVELS)}")
        if self.fail_on is not None and self.fail_on not in SEVERITIES:
            raise SettingError(f"fail_on is {self.fail_on!r}; it must be one of {', '.join(SEVERITIES)}")
        if self.format not in FORMATS:
            raise SettingError(f"format is {self.format!r}; it must be {' or '.join(FORMATS)}")
        if self.engine not in ENGINES:
            raise SettingError(f"engine is {self.engine!r}; it must be {' or '.join(ENGINES)}")
        if self.address is not None and self.engine != "ray":
            raise SettingError("address is for a Ray cluster; set engine to ray")
        for name, most in _MOST.items():
            value = getattr(self, name)
            if value is not None and value < 1:
                raise SettingError(f"{name} is {value}; it must be at least 1")
            if value is not None and value > most:
                raise SettingError(f"{name} is {value}; it must be at most {most:,}")
        if self.skip_repairs:
            _check_repairs(self.skip_repairs)
        if self.field_names:
            _check_field_names(self.field_names)

    @property
    def reading(self) -> Reading:
        """The settings that the file readers need."""
        from pipeline.ingestion.formats.reading import Reading

        return Reading(self.max_file_bytes, dict(self.field_names), frozenset(self.skip_repairs))

    @classmethod
    def load(
        cls,
        toml: Path | None = None,
        profile: str | None = None,
        **flags: Any,  # noqa: ANN401 (settings of any type)
    ) -> Config:
        """Return the settings in the file `toml`, overridden by its `profile` and the `flags` not None.

        Paths in the file are relative to its folder; paths in flags are relative to the current folder.
        Raises `SettingError`.
        """
        given = stated_settings(toml, profile)
        given |= {name: value for name, value in flags.items() if value is not None}
        return cls(**{name: _convert(name, value) for name, value in given.items()})

    def as_record(self) -> Mapping[str, str | int | bool | list[str] | dict[str, str] | None]:
        """Return all settings as plain values, for `run.json`."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values |= {name: values[name].as_posix() for name in _PATHS if values[name] is not None}
        lists = {name: list(values[name]) for name in ("languages", "skip_repairs", "only", "skip")}
        return MappingProxyType(values | lists | {"field_names": dict(self.field_names)})


def parse_field_names(texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the fields and names in `("body=testo", "title=titolo")`; raises `SettingError`."""
    pairs = [text.partition("=")[::2] for text in texts]
    if not all(field and name for field, name in pairs):
        raise SettingError(f"write a field name as in body=testo; got {' '.join(texts)}")
    return tuple(sorted(dict(pairs).items()))


def parse_languages(text: str) -> tuple[str, ...]:
    """Return the codes in `"it,ko,pl"`; raises `SettingError` for an empty code."""
    codes = tuple(code.strip() for code in text.split(","))
    if not all(codes):
        raise SettingError(f"languages must be codes separated by commas, as in it,ko,pl; got {text!r}")
    return tuple(map(language_code, codes))


def stated_settings(toml: Path | None, profile: str | None = None) -> dict[str, Any]:
    """Return the settings that a file states, those of a profile first; paths are relative to its folder.

    Raises `SettingError` if the file has no such profile.
    """
    if toml is None:
        return profile_settings(None, profile)
    table = _read_table(toml)
    table.pop(_PROFILES, None)
    stated = table | profile_settings(toml, profile)
    return {name: _beside(toml, name, value) for name, value in stated.items()}


def profile_settings(toml: Path | None, profile: str | None) -> dict[str, Any]:
    """Return the settings of a profile as the file has them, none without one; raises `SettingError`."""
    if toml is None and profile is not None:
        raise SettingError(f"the profile {profile!r} needs a settings file; name one with --config FILE")
    profiles = _read_table(toml).get(_PROFILES, {}) if toml is not None else {}
    if not isinstance(profiles, dict) or not all(isinstance(each, dict) for each in profiles.values()):
        raise SettingError(f"{toml}: profiles must be tables, as in [tool.synoptic.{_PROFILES}.NAME]")
    if profile is None:
        return {}
    if profile not in profiles:
        known = f"its profiles are {', '.join(profiles)}" if profiles else "it has none"
        raise SettingError(f"{toml} has no profile {profile!r}; {known}")
    return dict(profiles[profile])


def _read_table(toml: Path) -> dict[str, Any]:
    try:
        with opened(toml, follow=True) as stream:
            table = tomllib.load(stream).get("tool", {}).get("synoptic")
    except OSError as error:
        raise SettingError(f"cannot read the settings file {toml}: {error.strerror}") from error
    except (ValueError, AttributeError, RecursionError) as error:
        raise SettingError(f"{toml} is not a valid TOML file: {error}") from error
    if not isinstance(table, dict):
        raise SettingError(f"{toml} has no table [tool.synoptic]")
    return table


def _beside(toml: Path, name: str, value: object) -> object:
    return toml.parent / value if name in _PATHS and isinstance(value, str) else value


def _convert(name: str, value: object) -> Any:  # noqa: ANN401 (settings of any type)
    """Return `value` in the type of the setting `name`; raises `SettingError` if either is unknown."""
    import msgspec  # imported late because `--help` does not need it

    kinds = get_type_hints(Config)
    if name not in kinds:
        raise SettingError(f"unknown setting {name!r}; the settings are {', '.join(kinds)}")
    try:
        converted = msgspec.convert(_as_list(name, value), kinds[name], dec_hook=_to_path)
    except (msgspec.ValidationError, TypeError) as error:
        reason = str(error)[:1].lower() + str(error)[1:]
        raise SettingError(f"the setting {name} cannot be {value!r}: {reason}") from error
    if name == "languages":
        return tuple(map(language_code, converted))
    return tuple(sorted(set(converted))) if name in ("skip_repairs", "field_names") else converted


def _as_list(name: str, value: object) -> object:
    """Return a setting as a list if it was given in its short form."""
    match name, value:
        case "languages", str():
            return parse_languages(value)
        case "only" | "skip", str():
            return [each.strip() for each in value.split(",") if each.strip()]
        case "field_names", dict():
            return list(value.items())
        case "field_names", tuple() if all(isinstance(text, str) for text in value):
            return parse_field_names(value)
    return value


def _to_path(kind: type, value: object) -> object:
    return Path(value) if isinstance(value, str) else value


def _check_languages(languages: tuple[str, ...]) -> None:
    unknown = [code for code in languages if code not in DETECTABLE_LANGUAGES]
    if unknown:
        raise SettingError(unknown_language(unknown[0]))
    if len(set(languages)) < len(languages):
        raise SettingError(f"languages lists a language twice: {','.join(languages)}")
    if not MIN_LANGUAGES <= len(languages) <= MAX_LANGUAGES:
        limits = f"{MIN_LANGUAGES} to {MAX_LANGUAGES}"
        example = f"; name others too, as in --languages {','.join((*languages, 'pl'))}" if languages else ""
        raise SettingError(f"{limits} languages can be aligned, not {len(languages)}{example}")


def _check_repairs(names: Sequence[str]) -> None:
    from pipeline.normalisation.repairs import REPAIR_NAMES

    unknown = [name for name in names if name not in REPAIR_NAMES]
    if unknown:
        raise SettingError(f"unknown repair {unknown[0]!r}; the repairs are {', '.join(REPAIR_NAMES)}")


def _check_field_names(names: Sequence[tuple[str, str]]) -> None:
    from pipeline.ingestion.formats.reading import FIELDS

    unknown = [field for field, _ in names if field not in FIELDS]
    if unknown:
        raise SettingError(f"unknown field {unknown[0]!r}; the fields are {', '.join(FIELDS)}")


def check_folders(raw: Path, out: Path) -> None:
    """Raise `SettingError` if a run would write its output into its input folder."""
    try:
        inside, outer = out.resolve(), raw.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a symlink loop, a NUL in the name
        raise SettingError(f"cannot use the folders {raw} and {out}: {error}") from error
    if inside == outer or outer in inside.parents:
        raise SettingError(f"the output folder {out} is inside the input folder {raw}")
