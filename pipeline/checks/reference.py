"""The reference of the rules, made from `pipeline.checks.rules` so that it cannot fall behind."""

from __future__ import annotations

from pipeline.checks.quiet import QUIET
from pipeline.checks.rules import RULES, Example, Rule
from pipeline.datatypes import SEVERITIES


def rules_reference() -> str:
    """All rules in Markdown: a table, then each with an example that fires and one that does not."""
    head = ["| rule | severity | what it means |", "|---|---|---|"]
    rows = [f"| [`{rule.name}`](#{_anchor(rule)}) | {rule.severity} | {rule.meaning} |" for rule in _sorted()]
    return "\n".join([*head, *rows, "", *(_section(rule) for rule in _sorted())])


def _sorted() -> list[Rule]:
    """Family by family, in each the gravest first."""
    families = list(dict.fromkeys(name.split(".")[0] for name in RULES))
    return sorted(
        RULES.values(),
        key=lambda rule: (
            families.index(rule.name.split(".")[0]),
            SEVERITIES.index(rule.severity),
            rule.name,
        ),
    )


def _anchor(rule: Rule) -> str:
    return rule.name.replace(".", "")


def _section(rule: Rule) -> str:
    return "\n".join(
        [
            f"### {rule.name}",
            "",
            f"{rule.meaning} Severity {rule.severity}, ITS 2.0 `{rule.issue_type}`, MQM `{rule.category}`.",
            "",
            *_example("Fires", rule.fires),
            *_example("Does not fire", rule.silent),
            f"What keeps it quiet: {QUIET[rule.name]}",
            "",
        ]
    )


def _example(title: str, example: Example) -> list[str]:
    lines = [f"{title}:", ""]
    for texts in example.rows:
        for language, text in zip(example.languages, texts, strict=True):
            shown = text.replace("\x07", "\\x07") or "(empty)"
            lines.append(f"- {language}: {_literal(shown)}")
    if example.alone:
        lines.append(f"- told as {example.alone} from its place and shape")
    if example.glossary:
        lines.append(f"- with the glossary line {_literal(','.join(example.glossary))}")
    if example.limit:
        lines.append(f"- where the file allows {example.limit} characters")
    if example.moved:
        lines.append("- where the texts stand in different places")
    return [*lines, ""]


def _literal(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"
