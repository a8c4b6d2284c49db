"""The user's own rules: reading them, and what they find."""

import time

import pytest
from click.testing import CliRunner

from pipeline.checks import own_rules
from pipeline.checks.check import check
from pipeline.checks.rules_file import read_rules
from pipeline.checks.selection import select
from pipeline.cli.commands import main
from pipeline.errors import InputError, SettingError
from tests.making_rows import make_row


@pytest.fixture
def rules(tmp_path):
    def read(content):
        path = tmp_path / "r.toml"
        path.write_text(content, encoding="utf-8")
        return read_rules(path)

    return read


def rule(keys, name="mine", message="Look here"):
    return f"[[rule]]\nname = '{name}'\nmessage = '{message}'\n{keys}\n"


def found(own, texts, confidence=0.97, **options):
    findings = check([make_row(texts, confidence)], rules=own, **options)
    return [finding for finding in findings if finding.rule.startswith("own.")]


def spans(own, texts, confidence=0.97):
    return [
        (f.source_language, f.source_span, f.target_language, f.target_span)
        for f in found(own, texts, confidence)
    ]


IT_PL = {"it": "Premi Invio due volte.", "pl": "Naciśnij Enter dwa razy."}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("source = 'Invio'\ntarget_lacks = 'Return'", [("it", "6-11", "pl", "")]),
        ("source = 'Invio'\ntarget_lacks = 'Enter'", []),
        ("source = 'Invio'\ntarget = 'E\\w+r'", [("it", "6-11", "pl", "9-14")]),
        ("source = 'Esc'\ntarget = 'Enter'", []),
        ("source_lacks = 'Esc'\ntarget = 'Enter'", [("it", "", "pl", "9-14")]),
        ("source_lacks = 'Invio'\ntarget = 'Enter'", []),
        ("target = 'Enter'", [("", "", "pl", "9-14")]),
        ("target_lacks = 'Esc'", [("", "", "pl", "")]),
        ("target = 'Enter'\ntarget_lacks = 'razy'", []),
        ("source = 'Invio'", [("", "", "it", "6-11")]),
        ("target = 'enter'", []),
        ("target = 'enter'\nignore_case = true", [("", "", "pl", "9-14")]),
        ("target = '\\p{Lu}\\w+'", [("", "", "pl", "0-8")]),
    ],
)
def test_a_finding_needs_every_condition(rules, keys, expected):
    assert spans(rules(rule(keys)), IT_PL) == expected


@pytest.mark.parametrize(
    ("languages", "applies"),
    [("'it-pl'", True), ("'pl'", True), ("'ita-pol'", True), ("['ko-pl', 'it-PL']", False), ("'it>pl'", True),
     ("['ko-pl', 'it-pl']", True), ("'pl-it'", False), ("'ko'", False), ("'it'", False), ("'ko, pl'", True)],
)  # fmt: skip
def test_languages_are_pairs_or_targets(rules, languages, applies):
    own = rules(rule(f"source = 'Invio'\ntarget = 'Enter'\nlanguages = {languages}"))
    assert bool(found(own, IT_PL)) == applies


def test_a_rule_about_one_text_is_told_once_in_its_language(rules):
    texts = {"it": "Ok.", "ko": "Ok.", "pl": "Ok."}
    assert [f.target_language for f in found(rules(rule("target = 'Ok'")), texts)] == ["ko", "pl"]
    assert [f.target_language for f in found(rules(rule("source = 'Ok'")), texts)] == ["it"]
    for languages, expected in (("'it'", ["it"]), ("'it-pl'", ["pl"]), ("['it', 'ko']", ["it", "ko"])):
        own = rules(rule(f"target = 'Ok'\nlanguages = {languages}"))
        assert [f.target_language for f in found(own, texts)] == expected


def test_the_target_may_refer_to_what_the_source_matched(rules):
    own = rules(rule("source = '(?P<key>Ctrl\\+\\w)'\ntarget_lacks = '(?P=key)'"))
    assert spans(own, {"it": "Ctrl+C o Ctrl+V", "pl": "Ctrl+C albo Ctrl+X"}) == [("it", "9-15", "pl", "")]
    assert spans(own, {"it": "Ctrl+C o Ctrl+V", "pl": "Ctrl+V albo Ctrl+C"}) == []


def test_texts_that_may_not_belong_together_are_not_compared(rules):
    assert found(rules(rule("source = 'Invio'\ntarget = 'Enter'")), IT_PL, 0.2) == []
    assert found(rules(rule("target = 'Enter'")), IT_PL, 0.2)


def test_findings_say_what_the_file_says(rules):
    keys = (
        "target = 'Enter'\nseverity = 'critical'\ncategory = 'style/organizational-style'\n"
        "issue_type = 'style'\nsuggestion = 'Return'"
    )
    (finding,) = found(rules(rule(keys, "key-name", "Write Return")), IT_PL)
    assert finding[3:7] == ("own.key-name", "style", "style/organizational-style", "critical")
    assert (finding.message, finding.suggestion) == ("Write Return", "Return")


def test_own_rules_can_be_selected(rules):
    own = rules(rule("target = 'Enter'", "a") + rule("target = 'razy'", "b"))
    texts = IT_PL | {"pl": "Naciśnij Enter  dwa razy."}

    def names(only, skip):
        selection = select(only, skip, own.known)
        return [f.rule for f in check([make_row(texts)], rules=own, selection=selection)]

    assert names(["own"], []) == ["own.a", "own.b"]
    assert names(["own.b", "typography"], []) == ["typography.spacing", "own.b"]
    assert names([], ["own.a"]) == ["typography.spacing", "own.b"]
    assert names([], ["own"]) == ["typography.spacing"]
    assert names(["typography"], []) == ["typography.spacing"]
    with pytest.raises(SettingError, match=r"unknown rule 'own.c'"):
        select(["own.c"], [], own.known)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "must be tables"),
        ("rule = 1", "must be tables"),
        ("x = 1\n[[rule]]", "must be tables"),
        ("[[rule]\n", "not valid TOML"),
        ("[[rule]]\nmessage = 'x'\ntarget = 'x'", "rule 1: it needs a name"),
        (rule("target = 'x'", name="a b"), r"rule 1 \(a b\): it needs a name"),
        ("[[rule]]\nname = 'x'\ntarget = 'x'", r"rule 1 \(x\): it needs a message"),
        (rule(""), "it needs a pattern: source"),
        (rule("target = 'x'") * 2, r"rule 2 \(mine\): another rule has this name"),
        (rule("target = '('"), "target is not a valid regular expression: missing"),
        (rule("source = 'a'\ntarget = '(?P=b)'"), "target is not a valid regular expression"),
        (rule("target = 'x'\nseverity = 'bad'"), "severity is 'bad'; it can be critical, major, minor"),
        (rule("target = 'x'\nissue_type = 'bad'"), "issue_type is 'bad'; it can be"),
        (rule("target = 'x'\ncategory = 'a b'"), "category is 'a b'"),
        (rule("target = 'x'\nlanguages = 'it-xx'"), "'it-xx' is neither a language nor a pair"),
        (rule("target = 'x'\nlanguages = 'it-pl-ko'"), "'it-pl-ko' is neither"),
        (rule("target = 'x'\nlanguages = 3"), "languages must be as in"),
        (rule("target = 'x'\nignore_case = 1"), "ignore_case must be true or false"),
        (rule("target = 1"), "target must be a text"),
        (rule("tarket = 'x'"), "unknown key 'tarket'; the keys are name, message"),
        (rule(f"target = '{'x' * 3000}'"), "target has over 2000 characters"),
    ],
)
def test_a_bad_file_is_an_error_that_says_where(rules, content, message):
    with pytest.raises(InputError, match=message):
        rules(content)


def test_the_command_reports_a_bad_file_in_one_line(tmp_path):
    table, own = tmp_path / "t.csv", tmp_path / "r.toml"
    table.write_text("it,pl\nSì.,Tak.\n", encoding="utf-8")
    own.write_bytes(b"\xff[[rule]]")
    for path in (own, tmp_path / "none.toml", tmp_path):
        done = CliRunner().invoke(main, ["check", str(table), "--rules", str(path)])
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
        assert done.stderr.startswith("synoptic: ")


def test_a_pattern_that_runs_away_is_an_error_and_does_not_hang(rules, monkeypatch):
    monkeypatch.setattr(own_rules, "SECONDS", 0.2)
    own = rules(rule(r"target = '^(?:a|aa|aaa)+$'"))
    start = time.monotonic()
    with pytest.raises(SettingError, match=r"own\.mine takes over"):
        found(own, {"it": "Sì.", "pl": "a" * 60 + "?"})
    assert time.monotonic() - start < 10
