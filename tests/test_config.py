import pytest

from pipeline.config import Config, check_folders, parse_languages
from pipeline.errors import SettingError
from pipeline.languages.codes import DETECTABLE_LANGUAGES


@pytest.fixture
def settings(tmp_path):
    def write(text):
        path = tmp_path / "settings.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_flags_override_the_file_and_the_file_overrides_the_defaults(settings):
    path = settings('[tool.synoptic]\nlanguages = ["pl", "it"]\nmodel = "from/file"\n')
    config = Config.load(path, model="from/flag", languages=None)
    assert config.languages == ("pl", "it")
    assert config.model == "from/flag"
    assert config.out == Config().out


def test_folders_in_a_file_are_relative_to_the_file(settings, tmp_path, monkeypatch):
    path = settings('[tool.synoptic]\nraw = "texts"\nout = "corpus"\n')
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    config = Config.load(path, out="here")
    assert config.raw == tmp_path / "texts"
    assert str(config.out) == "here"


def test_a_file_without_the_table_is_an_error(settings):
    with pytest.raises(SettingError, match="no table"):
        Config.load(settings('[synoptic]\nlanguages = "en,de"\n'))


@pytest.mark.parametrize("given", ['"it,ko"', '["it", "ko"]', '" it , ko "'])
def test_languages_as_string_or_list(settings, given):
    assert Config.load(settings(f"[tool.synoptic]\nlanguages = {given}\n")).languages == ("it", "ko")


@pytest.mark.parametrize(
    "table",
    [
        "tongues = 3",
        'languages = ["it", "xx"]',
        'languages = ["it", "IT"]',
        'languages = ["it", "it"]',
        'languages = ["it"]',
        "languages = []",
        "languages = [1, 2]",
        'languages = "it;ko"',
        'languages = "it,,ko"',
        'languages = "af,bg,ca,cs,cy,da,de,el,en,es,et,fi,fr,hr,hu,id,it"',
        "raw = 3",
        "model = 3",
        'model = " "',
        "max_file_bytes = 0",
        "max_file_bytes = true",
        'max_file_bytes = "1 MB"',
        "quiet = 1",
    ],
)
def test_senseless_settings_are_one_line(settings, table):
    with pytest.raises(SettingError) as caught:
        Config.load(settings(f"[tool.synoptic]\n{table}\n"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('max_file_bytes = "1 MB"', "the setting max_file_bytes cannot be '1 MB': expected `int`, got `str`"),
        ("quiet = 1", "the setting quiet cannot be 1: expected `bool`, got `int`"),
        ("raw = 3", "the setting raw cannot be 3: expected `Path`, got `int`"),
        ("languages = [1]", "the setting languages cannot be [1]: expected `str`, got `int`"),
        ('level = "word"', "level is 'word'; it must be paragraph or sentence"),
        ("jobs = 0", "jobs is 0; it must be at least 1"),
        ("tongues = 3", "unknown setting 'tongues'; the settings are raw, out, "),
    ],
)
def test_the_error_names_the_setting_the_value_and_what_it_can_be(settings, table, message):
    with pytest.raises(SettingError) as caught:
        Config.load(settings(f"[tool.synoptic]\n{table}\n"))
    assert str(caught.value).startswith(message)


def test_lists_are_in_order_and_have_nothing_twice(settings):
    path = settings(
        '[tool.synoptic]\nskip_repairs = ["odd_spaces", "line_ends", "odd_spaces"]\n'
        'field_names = {title = "titolo", body = "testo"}\n'
    )
    config = Config.load(path)
    assert config.skip_repairs == ("line_ends", "odd_spaces")
    assert config.field_names == (("body", "testo"), ("title", "titolo"))


@pytest.mark.parametrize("content", [b"[tool", b"tool = 3", b"tool.synoptic = 3", b"\xff\xfe\x00"])
def test_a_file_that_has_no_settings_table(tmp_path, content):
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    with pytest.raises(SettingError):
        Config.load(path)


def test_a_missing_file_and_a_folder_as_file(tmp_path):
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(SettingError, match="cannot read"):
            Config.load(path)


def test_an_output_beside_the_raw_folder_is_fine(tmp_path):
    check_folders(tmp_path / "raw", tmp_path / "raw2")
    check_folders(tmp_path / "data" / "raw", tmp_path / "data")


def test_an_output_that_is_a_link_into_the_raw_folder(tmp_path):
    (tmp_path / "raw" / "inner").mkdir(parents=True)
    (tmp_path / "out").symlink_to(tmp_path / "raw" / "inner")
    with pytest.raises(SettingError, match="is inside"):
        check_folders(tmp_path / "raw", tmp_path / "out")


def test_known_languages_are_those_of_langdetect():
    from pathlib import Path

    from langdetect.detector_factory import PROFILES_DIRECTORY

    assert set(DETECTABLE_LANGUAGES) == {
        path.name for path in Path(PROFILES_DIRECTORY).iterdir() if path.is_file()
    }


def test_the_record_has_every_setting_as_plain_values():
    record = Config(languages=("it", "pl")).as_record()
    assert record == {
        "raw": "data/raw",
        "out": "data/aligned",
        "languages": ["it", "pl"],
        "model": None,
        "level": "paragraph",
        "max_file_bytes": 33554432,
        "skip_repairs": [],
        "field_names": {},
        "keep_boilerplate": False,
        "quiet": False,
        "glossary": None,
        "rules": None,
        "only": [],
        "skip": [],
        "fail_on": None,
        "pairs": None,
        "format": "csv",
        "engine": "local",
        "address": None,
        "jobs": None,
        "cache": True,
        "cache_bytes": 20 * 1024**3,
    }


def test_parse_languages_keeps_the_order():
    assert parse_languages("pl,it,ko") == ("pl", "it", "ko")


def test_an_unknown_level_is_an_error():
    with pytest.raises(SettingError, match="level"):
        Config(level="word")


@pytest.mark.parametrize(("raw", "out"), [("a", "a"), ("a", "a/b"), ("a", "b/../a/c"), ("a\0b", "c")])
def test_an_output_among_the_input_is_an_error(tmp_path, raw, out):
    with pytest.raises(SettingError) as caught:
        check_folders(tmp_path / raw, tmp_path / out)
    assert "\n" not in str(caught.value)


PROFILES = (
    '[tool.synoptic]\nlevel = "sentence"\nglossary = "all.csv"\n'
    '[tool.synoptic.profiles.acme]\nlanguages = "ita,pl-PL"\nglossary = "acme.csv"\nrules = "acme.toml"\n'
    'only = "numbers,own"\nskip = ["own.x"]\nfail_on = "major"\n'
    "[tool.synoptic.profiles.other]\n"
)


def test_a_profile_overrides_the_table_and_flags_override_the_profile(settings):
    path = settings(PROFILES)
    config = Config.load(path, "acme", skip=["typography"])
    assert (config.level, config.languages, config.fail_on) == ("sentence", ("it", "pl"), "major")
    assert (config.glossary, config.rules) == (path.parent / "acme.csv", path.parent / "acme.toml")
    assert (config.only, config.skip) == (("numbers", "own"), ("typography",))
    for name in (None, "other"):
        plain = Config.load(path, name)
        assert (plain.glossary, plain.rules, plain.fail_on) == (path.parent / "all.csv", None, None)


@pytest.mark.parametrize(
    ("table", "profile", "message"),
    [
        (PROFILES, "acne", "has no profile 'acne'; its profiles are acme, other"),
        ("[tool.synoptic]\n", "acme", "has no profile 'acme'; it has none"),
        ("[tool.synoptic]\nprofiles = 3\n", None, "profiles must be tables"),
        ("[tool.synoptic.profiles]\nacme = 3\n", "acme", "profiles must be tables"),
        ("[tool.synoptic.profiles.acme]\nx = 3\n", "acme", "unknown setting 'x'"),
        ('[tool.synoptic]\nfail_on = "bad"\n', None, "fail_on is 'bad'; it must be one of critical, major"),
    ],
)
def test_a_profile_that_cannot_be_used_is_one_line(settings, table, profile, message):
    with pytest.raises(SettingError) as caught:
        Config.load(settings(table), profile)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_profile_needs_a_file():
    with pytest.raises(SettingError, match="the profile 'acme' needs a settings file"):
        Config.load(None, "acme")


def test_languages_may_be_named_by_three_letters_or_with_a_region():
    assert Config.load(languages="ita,KOR,pl_PL").languages == ("it", "ko", "pl")
    assert Config.load(languages=["zho", "ger"]).languages == ("zh-cn", "de")
    assert parse_languages("ITA, pol") == ("it", "pl")
