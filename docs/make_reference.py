"""Write the tables of rules into docs/checks.md and docs/languages.md: `python docs/make_reference.py`."""

from pathlib import Path

from pipeline.checks.language_reference import languages_reference
from pipeline.checks.reference import rules_reference

MARK = "<!-- made by docs/make_reference.py -->\n\n"

if __name__ == "__main__":
    page = Path(__file__).parent / "checks.md"
    head, mark, _ = page.read_text(encoding="utf-8").partition(MARK)
    page.write_text(head + mark + rules_reference(), encoding="utf-8")

    page = Path(__file__).parent / "languages.md"
    head, mark, rest = page.read_text(encoding="utf-8").partition(MARK)
    page.write_text(head + mark + languages_reference() + rest[rest.index("\n\n") + 1 :], encoding="utf-8")
