"""Markdown as site builders and people write it: marks go, every word stays, code is code."""

import pytest

from pipeline.datatypes import Block
from pipeline.ingestion.formats.md import blocks, page


def paragraphs(text):
    return [Block("paragraph", part) for part in text]


def texts(text):
    return [block.text for block in blocks(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Metti `<style>` in cima, poi salva.",
        "Wstaw `<script>` na stronie i zapisz.",
        "Il segno `<!--` apre un commento, `-->` lo chiude.",
        "Il campo `<textarea>` resta vuoto.",
        "Usa ``un `<pre>` dentro`` la frase.",
        "짧은 `<template>` 태그를 넣으세요.",
    ],
)
@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "- {}",
        "1. {}",
        "> {}",
        "<div>\n{}\n</div>",
        "<div>\n\n{}\n\n</div>",
        "<p>{}</p>",
        "| {} | b |\n|---|---|\n| c | d |",
        "<details><summary>Titolo</summary>\n{}\n</details>",
        "<Steps>\n1. {}\n\n2. altro\n</Steps>",
        ":::tip\n{}\n:::",
        "Termine\n: {}",
        "[^1]: {}",
        "!!! note\n    {}",
    ],
)
def test_code_in_a_sentence_is_no_html(frame, sentence):
    plain = sentence.replace("``un `<pre>` dentro``", "un @<pre>@ dentro").replace("`", "").replace("@", "`")
    found = texts(f"Prima.\n\n{frame.format(sentence)}\n\nUltima.")
    assert (found[0], found[-1]) == ("Prima.", "Ultima.")
    assert any(text.endswith(plain) for text in found[1:-1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<div>Uno</div>\n\nDue.", ["Uno", "Due."]),
        ("<div>\nUno **due** [tre](x).\n</div>\nQuattro.", ["Uno due tre.", "Quattro."]),
        ("Uno.\n\n<!-- nota\n\nsu più righe --> coda.", ["Uno.", "coda."]),
        ("Uno.\n\n<!-- mai chiuso\n\nDue.", ["Uno.", "<!-- mai chiuso", "Due."]),
        ("Uno.\n\n<script>\nvar a;\n\nvar b;\n</script>\nDue.", ["Uno.", "Due."]),
        ("Uno <script> due.\n\nTre.", ["Uno <script> due.", "Tre."]),
        ("<svg>\n\n<title>x</title>\n</svg>\n\nUno.", ["Uno."]),
        ("Scrivi <nome utente> e List<String> qui.", ["Scrivi <nome utente> e List<String> qui."]),
        ("Gdy a <b i c> d, koniec.", ["Gdy a <b i c> d, koniec."]),
        ("<a\nuno\n\n> due", ["<a uno", "due"]),
        ('<div class="uno>\n\nDue "tre" >.', ['<div class="uno>', 'Due "tre" >.']),
        ("Un <Box>bel</Box> testo <x-y/>.", ["Un bel testo ."]),
        ('<img alt="Un gufo" src="a.png">', ["Un gufo"]),
        ('<Card title="Orari" href={a({b: 1})} />', ["Orari"]),
        ('<Card title="Orari">Aperto.</Card>', ["Orari", "Aperto."]),
        ('Ora <Badge text="nuovo" /> qui.', ["Ora nuovo qui."]),
        ("<div>\n    rientrato\n</div>", ["rientrato"]),
        ("<table>\n  <tr>\n\n    <td>uno</td>\n  </tr>\n</table>", ["uno"]),
    ],
)
def test_the_text_of_html_is_markdown(text, expected):
    assert texts(text) == expected


def test_elements_give_their_text_a_kind():
    text = (
        '<h1 align="center">\n  Gufi\n</h1>\n\n<ul>\n<li>uno\n<li>due\n</ul>\n\n'
        "<table><tr><td>\n\ntre\n\n</td></tr></table>"
        "\n\n<blockquote>\nquattro\n</blockquote>\n\n<details>\n<summary>cinque</summary>\nsei\n</details>"
    )
    assert [(block.kind, block.text) for block in blocks(text)] == [
        ("title", "Gufi"),
        ("list-item", "uno"),
        ("list-item", "due"),
        ("table-cell", "tre"),
        ("quote", "quattro"),
        ("heading", "cinque"),
        ("paragraph", "sei"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```sh\nnpm run a\n\n  npm b\n```", "npm run a\n  npm b"),
        ("Uno.\n\n    git status\n      -s\n", "git status\n  -s"),
        ("- uno\n  ~~~\n  a\n   b\n  ~~~", "a\n b"),
        ("{% highlight ruby linenos %}\nputs 1\n\n  x\n{% endhighlight %}", "puts 1\n  x"),
        ('{{< highlight go "x" >}}\nfunc() {\n}\n{{< /highlight >}}', "func() {\n}"),
        ("<pre><code class='x'>a &lt;b&gt;\n  c</code></pre>", "a <b>\n  c"),
        ("<div>\n<pre>\nuno\n\n  due\n</pre>\n</div>", "uno\n  due"),
        ("```mermaid\na --> b\n```", "a --> b"),
        ("$$\nx = a_1 * b_2 * c\n$$", "$$\nx = a_1 * b_2 * c\n$$"),
        ("import A from '@x/A';\n\nUno.", "import A from '@x/A';"),
    ],
)
def test_code_keeps_its_lines(text, expected):
    assert [block.text for block in blocks(text) if block.kind == "code"] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":::tip[Un consiglio]\nTesto.\n:::", ["Un consiglio", "Testo."]),
        ("::: warning Uwaga na schody\nTekst.\n:::", ["Uwaga na schody", "Tekst."]),
        ('::: {.callout-note title="Nota"}\nTesto.\n:::', ["Nota", "Testo."]),
        ("Testo.\n:::note\nNota.\n:::\nCoda.", ["Testo.", "Nota.", "Coda."]),
        ("::: senza fine\n\nTesto.", ["::: senza fine", "Testo."]),
        ('!!! note "Ważne"\n    Jeden.\n\n    Dwa.\n\nTrzy.', ["Ważne", "Jeden.", "Dwa.", "Trzy."]),
        ("??? tip\n    Nascosto.", ["Nascosto."]),
        ("!!! Attenzione !!!\n\nTesto.", ["!!! Attenzione !!!", "Testo."]),
        ('=== "Linux"\n    Uno.\n\n=== "Mac"\n    Due.', ["Linux", "Uno.", "Mac", "Due."]),
        ("> [!NOTE]\n> Testo.", ["Testo."]),
        ("> [!tip]- Un titolo\n> Testo.", ["Un titolo", "Testo."]),
        ("```{note} Un titolo\n:class: x\n\nTesto *vero*.\n```", ["Un titolo", "Testo vero."]),
        ("- [ ] da fare\n- [x] fatto", ["da fare", "fatto"]),
        (
            "Casa\n:   Dove si vive.\n\n    Da sempre.\n:   Altro.",
            ["Casa", "Dove si vive.", "Da sempre.", "Altro."],
        ),
        ("*[ONU]: Nazioni Unite", ["ONU: Nazioni Unite"]),
        ("[TOC]\n\nTesto.", ["Testo."]),
    ],
)
def test_containers_go_and_their_titles_stay(text, expected):
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leggi [la guida][1].\n\n[1]: {{ site.url }}/a/", ["Leggi la guida."]),
        (
            "Leggi [la guida]({{ site.url }}/a b) e ![un gufo]({% link a.png %}).",
            ["Leggi la guida e un gufo."],
        ),
        ("Testo.\n{: .nota #x}\n\nAltro.", ["Testo.", "Altro."]),
        ("## Orari {#orari}", ["Orari"]),
        ("[Vai](x){: .btn } e ![Logo](y){ width=30 } qui.", ["Vai e Logo qui."]),
        ("Il testo {#id} e {nome} restano.", ["Il testo {#id} e {nome} restano."]),
        (
            "Chiuso[^1] oggi[^b].\n\n[^1]: Una nota.\n[^b]: Un'altra.",
            ["Chiuso oggi.", "Una nota.", "Un'altra."],
        ),
        (
            "Zamknięte[^1].\n\n[^1]: Raz.\n    Dwa.\n\n    Trzy.\n\nCztery.",
            ["Zamknięte.", "Raz. Dwa.", "Trzy.", "Cztery."],
        ),
        ("Testo[^2].", ["Testo."]),
        ("La classe [^a-z] resta.", ["La classe [^a-z] resta."]),
        ("Testo^[Una *nota* qui.] e coda.", ["Testo e coda.", "Una nota qui."]),
        ("Un ==testo forte== e a == b, c==d.", ["Un testo forte e a == b, c==d."]),
        ("Vedi [[Casa|la casa]], [[Bosco]] e [[1]](x).", ["Vedi la casa, Bosco e [1]."]),
        (
            "Costa $5 o $10, mentre $a_1*b*c$ è una formula.",
            ["Costa $5 o $10, mentre $a_1*b*c$ è una formula."],
        ),
        ("[Uno](a)<br>[due](b)\\\n[tre](c)", ["Uno", "due", "tre"]),
        ("Vedi [uno](a)<br>e [due](b).", ["Vedi uno e due."]),
        ("Ore 10:30:45 :rocket: :material-home: :boh:", ["Ore 10:30:45 🚀 :boh:"]),
    ],
)
def test_marks_in_a_paragraph(text, expected):
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{< figure src="a.jpg" caption="Il \\"ponte\\"" >}}', ['Il "ponte"']),
        ("{{% notice warning %}}\nAttenti **qui**.\n{{% /notice %}}", ["Attenti qui."]),
        ('{{< button "/a/b" "Leggi di più" >}}', ["Leggi di più"]),
        ('Il {{< tooltip text="nodo" id="x" >}} gira.', ["Il nodo gira."]),
        ("Scrivi {{</* figure */>}} così.", ["Scrivi {{< figure >}} così."]),
        ("Cześć {{ imię }}, {{name}}!", ["Cześć {{ imię }}, {{name}}!"]),
        ("{% raw %}Ciao {{ nome }}{% endraw %}.", ["Ciao {{ nome }}."]),
        ('{% include box.html content="Un testo" file="a.html" %}', ["Un testo"]),
        ('{% if a == "non visto" %}\nVisto.\n{% endif %}', ["Visto."]),
        ("{% comment %}\nNo.\n{% endcomment %}\n\nSì.", ["Sì."]),
        ("Sconto del 20 {% circa.", ["Sconto del 20 {% circa."]),
        ("`{{< figure >}}` resta.", ["{{< figure >}} resta."]),
    ],
)
def test_tags_of_site_builders(text, expected):
    assert texts(text) == expected


def test_a_row_may_have_more_cells_than_the_head():
    text = "| a | b |\n|---|---|\n| uno | due | `tre` | quattro\\|quattro |\n| cinque |\n\nFine."
    assert texts(text) == ["a", "b", "uno", "due", "tre", "quattro|quattro", "cinque", "Fine."]


def test_what_the_head_says_to_readers_is_text():
    found, said = page("---\ntitle: Gufi *rari*\ndescription: Vivono nel fienile.\n---\nTesto.")
    assert said.title == "Gufi rari"
    assert found == [Block("title", "Gufi rari"), *paragraphs(["Vivono nel fienile.", "Testo."])]
    found, _ = page("---\ntitle: Gufi\ndescription: Testo.\n---\n# Gufi\n\nTesto.")
    assert found == [Block("title", "Gufi"), *paragraphs(["Testo."])]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Il campo misura 40 m<sup>2</sup> e 10<sup>6</sup> grani.", "Il campo misura 40 m² e 10⁶ grani."),
        ("Pole ma 10<sup>-3</sup> km i x<sub>1</sub>.", "Pole ma 10⁻³ km i x1."),
        (
            "Zbudowano w 1874<sup>1</sup>, spłonął w 1901<sup>[2](#n2)</sup>.",
            "Zbudowano w 1874, spłonął w 1901.",
        ),
        ('마을에는 우물<a href="#n1"><sup>1</sup></a>이 있다.', "마을에는 우물이 있다."),
        ("옛 <ruby>鐵橋<rp>(</rp><rt>철교</rt><rp>)</rp></ruby>를 건넜다.", "옛 鐵橋(철교)를 건넜다."),
        ("<ruby>山<rt>산</rt>川<rt>천</rt></ruby>", "山川(산천)"),
        ("Un <sup>segno aperto e basta.", "Un segno aperto e basta."),
        ("Il tag `<sup>2</sup>` alza.", "Il tag <sup>2</sup> alza."),
    ],
)
def test_raised_signs_and_readings_are_written_in_one_line(source, expected):
    assert [block.text for block in blocks(source)] == [expected]
