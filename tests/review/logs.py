"""Logs of decisions as no reviewer would make them, and what a run makes of a log."""

from pipeline.decisions.record import parse_decision
from pipeline.decisions.replay import article_groups, split_rows
from pipeline.decisions.resolve import resolve


def random_log(chance, rows, length):
    """Decisions about neighbouring rows of one article and parts of them."""
    made = []
    for turn in range(length):
        at = chance.randrange(len(rows))
        near = [r for row in rows[at : at + chance.randint(1, 3)] for r in row.references]
        kind = chance.choice(["approve", "reject", "repair", "withdraw" if made else "repair"])
        some = near if chance.random() < 0.6 else chance.sample(near, chance.randint(1, len(near)))
        target = chance.choice(made).id if kind == "withdraw" else ""
        seen = {r.language for row in rows for r in row.references}
        places = "" if kind == "withdraw" else " ".join([*map(str, some), *sorted(seen)])
        made.append(
            parse_decision(
                {
                    "id": f"d{turn}", "kind": kind, "article": rows[0].article,
                    "paragraphs": places, "target": target,
                }
            )
        )  # fmt: skip
    return made


def planned(log, rows):
    """State and texts of the rows that a run would make because of a log."""
    resolved = resolve(log, article_groups(rows), "paragraph")
    rows = split_rows(rows, resolved.splits)
    texts = {
        (row.article, (k, unit)): text
        for row in rows
        for k, code in enumerate(row.texts)
        for (_, unit), text in zip(
            sorted(node for node in row.nodes if node[0] == k), row.texts[code].split("\n\n"), strict=False
        )
    }
    made = []
    for article, plan in resolved.plans.items():
        for nodes, state in plan.reviews.items():
            cells = [[texts[article, node] for node in sorted(nodes) if node[0] == k] for k in range(3)]
            made.append([state, *map("\n\n".join, cells)])
    return sorted(row for row in made if row[0] in ("approved", "repaired"))
