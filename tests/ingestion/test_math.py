"""Formulas in MathML are text in their line, once and with their meaning."""

import pytest

from pipeline.ingestion.formats.html import blocks


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E = mc²"),
        ("<mrow>\n <msup>\n <mn>10</mn>\n <mrow><mo>−</mo><mn>6</mn></mrow></msup></mrow>", "10⁻⁶"),
        ("<msup><mi>e</mi><mrow><mi>i</mi><mi>t</mi></mrow></msup>", "e^it"),
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>n</mi></mfrac>", "(a + b)/n"),
        ("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>", "√(a + b)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "³√x"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x₁²"),
        ("<msub><mi>v</mi><mtext>śr</mtext></msub>", "v_śr"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", "x¯"),
        ("<mn>3</mn><mtext>개</mtext>", "3 개"),
        ("<semantics><mi>x</mi><annotation encoding='tex'>\\nix</annotation></semantics>", "x"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>", "1 2"),
    ],
)
def test_a_formula_is_a_line_of_text(formula, text):
    (block,) = blocks(f"<p>Scrivono <math>{formula}</math>, dicono.</p>")
    assert block.text == f"Scrivono {text}, dicono."


def test_a_hidden_formula_beside_its_picture_is_not_read_twice():
    page = (
        '<p>Vale <span><span style="display: none"><math><mi>x</mi></math></span>'
        '<img alt="x"></span> sempre.</p>'
    )
    assert [block.text for block in blocks(page)] == ["Vale x sempre."]


def test_the_signs_that_a_script_draws_beside_a_formula_are_not_read():
    page = '<p>Jest <span><math><mi>y</mi></math></span><span aria-hidden="true">y</span> tutaj.</p>'
    assert [block.text for block in blocks(page)] == ["Jest y tutaj."]


def test_a_formula_of_many_levels_is_read():
    page = f"<p>Uno <math>{'<mrow>' * 900}<mi>x</mi>{'</mrow>' * 900}</math> due.</p>"
    assert [block.text for block in blocks(page)] == ["Uno x due."]
