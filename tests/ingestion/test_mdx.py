"""MDX: what JSX adds to Markdown goes, its text stays."""

import pytest

from pipeline.ingestion.formats.mdx import blocks


def texts(text):
    return [block.text for block in blocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import A from './a'\nimport {\n  B,\n  C\n} from \"b\";\n\nTesto.", ["Testo."]),
        ("export const meta = {\n  a: 1,\n\n  b: [2],\n};\n\nTesto.", ["Testo."]),
        ("export default ({ children }) => <div>{children}</div>\n\nTesto.", ["Testo."]),
        ("import merci dalla Cina\n\nexport di olio", ["import merci dalla Cina", "export di olio"]),
        ("{/* nota\n\nlunga */}\n\nUno {/* due */}tre.", ["Uno tre."]),
        ('Uno{" "}due {"tre"} {`quattro`}.', ["Uno due tre quattro."]),
        ("Cześć {name}, masz {count} wiadomości.", ["Cześć {name}, masz {count} wiadomości."]),
        ("Una graffa { aperta.", ["Una graffa { aperta."]),
        ("<>\nUno.\n</>", ["Uno."]),
        (
            '<Tabs>\n    <TabItem label="macOS">\n        Uno **due**.\n    </TabItem>\n</Tabs>',
            ["macOS", "Uno due."],
        ),
        ("<Tabs items={['npm', \"Menedżer pakietów\"]}>\nA\n</Tabs>", ["npm", "Menedżer pakietów", "A"]),
        (
            '<Card\n  title="Un titolo"\n  onClick={() => { f({ a: 1 }) }}\n>\nTesto.\n</Card>',
            ["Un titolo", "Testo."],
        ),
        ('<Card title={"Uno"} description={`Due.`} icon="x" />', ["Uno", "Due."]),
        ('Una <Tip title="Che spiega">parola</Tip> qui.', ["Una parola qui.", "Che spiega"]),
        ("<Image src={a} alt='박물관 입구' />", ["박물관 입구"]),
        ("Il tag `<Menu />` e `{a}` restano.", ["Il tag <Menu /> e {a} restano."]),
        ("a < b e c > d", ["a < b e c > d"]),
    ],
)
def test_jsx(text, expected):
    assert texts(text) == expected


def test_expressions_are_code_and_code_is_left_alone():
    text = "{items.map((a) => <li>{a}</li>)}\n\n```jsx\nimport A from 'a'\n\n{/* nota */}\n<A b={1} />\n```"
    assert [(block.kind, block.text) for block in blocks(text)] == [
        ("code", "{items.map((a) => <li>{a}</li>)}"),
        ("code", "import A from 'a'\n{/* nota */}\n<A b={1} />"),
    ]


def test_indentation_is_no_code():
    box = "    <Box>\n      ```sh\n      ls\n      ```\n    </Box>"
    text = f"<Steps>\n1. Uno\n\n{box}\n\n    due\n2. Tre\n</Steps>"
    assert [(block.kind, block.text) for block in blocks(text)] == [
        ("list-item", "1. Uno"),
        ("code", "ls"),
        ("list-item", "due"),
        ("list-item", "2. Tre"),
    ]
