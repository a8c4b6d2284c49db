"""French."""

from __future__ import annotations

from pipeline.languages import Language, PageLines
from pipeline.languages.numbers import spell

_PAGE = PageLines(
    credit="crédit photo | crédits photo | crédits? | photo | photos | illustration | source | sources",
    photo="[Pp]hoto de|[Pp]hotographie de",
    pointer="lire aussi | à lire aussi | à lire également | voir aussi sur",
    share="""
    partager(?: (?:sur|par|cet article).{0,40})? | suivez-nous.{0,30} | imprimer cette page
    | s'abonner à la newsletter.{0,20} | accepter tous les cookies | tout accepter | copier le lien
    """,
    posted="publié | publié le | mis à jour | mis à jour le | dernière mise à jour | modifié le",
    hour="à",
    rights="tous droits réservés",
    rights_inside="tous droits réservés",
    tags="mots-clés | étiquettes | catégories? | thèmes",
    related_heading="articles (?:similaires|liés|associés) | à lire aussi | sur le même sujet | les plus lus",
    author_heading="à propos de l['’]auteure? | à propos de l['’]autrice",
    author="auteure? | autrice | rédaction | écrit par | à propos de l['’]auteur",
    form_heading="laisser un commentaire | ajouter un commentaire | répondre | annuler la réponse",
    comments="commentaires | aucun commentaire",
    form_word="ne sera pas publiée|obligatoire|se connecter|connectez-vous",
    domains="fr|be",
    page_of="sur",
)

LANGUAGE = Language(
    code="fr",
    length=0.03,
    spaced_marks=";:?!»",
    accented="àâæçéèêëîïôœùûü",
    letters="œ",
    grammar_words=frozenset(
        spell(
            """
            le les des une est dans pour pas sur qui que avec plus cette ce ses sont été aux du nous vous
            et elle ils leur leurs était selon après avant donc très de la en un au par mais ou où même
            aussi ces cet son sa être avoir fait ont avait étaient entre sans sous chez lorsque quand comme
            elles je tout tous toute toutes encore depuis jusqu pendant alors ainsi afin puis car dont
            peut doit ne lui eux notre votre
            """
        )
    ),
    shared_words=frozenset(spell("se me a on si y no to do le in non son main pour des il")),
    open_abbreviations=frozenset(
        spell(
            """
            mm me mes mgr mlle mme dr pr st ste cf ex p.ex c.-à-d env av apr boul bd chap éd coll trad fig
            hab ill intr lat ms part resp réf suiv tél télécop dép qqch qqn auj anc arr
            janv févr avr juil oct nov déc
"""
        )
    ),
    closing_abbreviations=frozenset(spell("vol col sept etc j.-c cie sté s.a s.a.r.l min mm sq sqq ss")),
    number_abbreviations=frozenset(spell("art p pp n no nos t tab al alin par § l v ch sect col ann")),
    page=_PAGE,
)
