"""Spanish."""

from __future__ import annotations

from pipeline.languages import Language, PageLines
from pipeline.languages.numbers import spell

_PAGE = PageLines(
    credit="foto | fotos | fotografía | imagen | imágenes | fuente | fuentes | créditos?",
    photo="[Ff]oto de",
    pointer="lea también | lee también | leer más | ver también en | te puede interesar",
    share="""
    compartir(?: (?:en|por|este artículo).{0,40})? | síguenos.{0,30} | imprimir esta página
    | suscríbete (?:a|al) .{0,30} | aceptar (?:todas las )?cookies | copiar enlace
    """,
    posted="publicado | publicado el | actualizado | actualizado el | última actualización",
    date=r"\d{1,2} de [^\W\d_]{4,10} (?:de|del) \d{4}",
    hour="a las",
    rights="todos los derechos reservados",
    rights_inside="todos los derechos reservados",
    tags="etiquetas | palabras clave | categorías? | temas",
    related_heading="artículos relacionados | noticias relacionadas | lea también | lo más leído",
    author_heading="sobre el autor | sobre la autora | acerca del autor",
    author="autor | autora | redacción | escrito por | sobre el autor | sobre la autora",
    form_heading="deja un comentario | escribe un comentario | deja una respuesta | cancelar respuesta",
    comments="comentarios | sin comentarios",
    form_word="no será publicad|obligatori|iniciar sesión|inicia sesión",
    domains="es|mx|ar",
    page_of="de",
)

LANGUAGE = Language(
    code="es",
    length=-0.02,
    accented="áéíñóúü",
    letters="ñ",
    grammar_words=frozenset(
        spell(
            """
            el los las una es en por con para que como más pero sus este esta fue ser son muy también y
            está están han había hasta desde cuando donde porque según años eso esos de la un o no
            sobre entre sin hay eran estos estas ese esa ante durante contra mientras aunque todos
            todas cada otro otra otros otras ya nos les yo ella ellos usted ustedes así sino puede pueden
            tiene tienen hacer dos después antes fueron siempre nunca quien quienes cual cuál qué cómo
            """
        )
    ),
    shared_words=frozenset(spell("a e se me te si su un i o le da come al del era ha lo")),
    open_abbreviations=frozenset(
        spell(
            """
            sr sra srta sres sras dr dra d dña ud uds vd vds prof profa lic ing arq avda av pza núm n p pp
            pág págs art arts vol fig ed ej p.ej tel tfno izq dcha aprox gral cnel tte sgto cmdte ee ff jj rr
            fdo excmo excma ilmo ilma rvdo mons sto sta fr hnos dpto depto ref trad coord comp admón
            lib intr máx mín ene abr ago
            """
        )
    ),
    closing_abbreviations=frozenset(
        spell("col sen etc a.c d.c a.m p.m s.a s.l uu ee.uu aa oo cía ltda a.de.c min ss sig sigs vs")
    ),
    number_abbreviations=frozenset(spell("c cap caps s ss t lám tab apdo km k núms párr par sec")),
    page=_PAGE,
)
