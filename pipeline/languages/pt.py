"""Portuguese, of Brazil and of Portugal."""

from __future__ import annotations

from pipeline.languages import Language, PageLines
from pipeline.languages.numbers import spell

_PAGE = PageLines(
    credit="foto | fotos | fotografia | imagem | imagens | fonte | fontes | créditos? | crédito da foto",
    photo="[Ff]oto de|[Ff]oto por",
    pointer="leia também | leia mais | veja também em | você pode gostar",
    share="""
    compartilhar(?: (?:no|na|em|este artigo).{0,40})? | partilhar(?: (?:no|na|em).{0,40})? | siga-nos.{0,30}
    | imprimir esta página | assine (?:a|nossa) newsletter.{0,20} | aceitar (?:todos os )?cookies
    | copiar link
    """,
    posted="publicado | publicado em | atualizado | atualizado em | última atualização",
    date=r"\d{1,2} de [^\W\d_]{4,10} de \d{4}",
    hour="às",
    rights="todos os direitos reservados",
    rights_inside="todos os direitos reservados",
    tags="palavras-chave | etiquetas | categorias? | assuntos",
    related_heading="artigos relacionados | notícias relacionadas | leia também | veja também | mais lidas",
    author_heading="sobre o autor | sobre a autora",
    author="autor | autora | redação | escrito por | sobre o autor | sobre a autora",
    form_heading="deixe um comentário | escreva um comentário | deixe uma resposta | cancelar resposta",
    comments="comentários | nenhum comentário | sem comentários",
    form_word="não será publicad|obrigatóri|fazer login|iniciar sessão",
    domains=r"pt|br|com\.br",
    page_of="de",
)

LANGUAGE = Language(
    code="pt",
    length=-0.06,
    accented="áâãàçéêíóôõú",
    letters="ãõ",
    grammar_words=frozenset(
        spell(
            """
            não uma são foi pelo pela também você isso muito dos em os ao seu dizer já até um o de que
            com para por mais mas como seus suas este esta esse essa isto ele ela eles elas nós
            pelos pelas aos às nos nas num numa dum duma entre sobre sem onde porque ser ter tem têm
            havia estava estão está eram foram quem qual quais ainda depois antes sempre nunca cada
            outro outra outros outras todos todas mesmo mesma à há só pode podem deve das
            """
        )
    ),
    shared_words=frozenset(spell("a e o as no na do da se me te sou por como mas ou ate era quando sua")),
    open_abbreviations=frozenset(
        spell(
            """
            sr sra srs sras srta dr dra drs prof profa profs eng enga arq av r pág págs p pp n art arts vol
            fig figs ed eds ex p.ex i.e tel exmo exma v.exa d mons pe fr sto sta gen cel maj cap ten sgt
            min máx aprox ref trad org orgs coord jan fev abr jul ago nov dez bras port
            """
        )
    ),
    closing_abbreviations=frozenset(spell("etc a.c d.c s.a ltda cia a.m p.m lda s.a.r.l ss segs vs")),
    number_abbreviations=frozenset(spell("séc sécs t tab km par parág inc al cap caps núm")),
    page=_PAGE,
)
