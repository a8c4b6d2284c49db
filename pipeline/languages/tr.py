"""Turkish."""

from __future__ import annotations

from pipeline.languages import Language, PageLines
from pipeline.languages.endings import with_endings
from pipeline.languages.numbers import spell
from pipeline.languages.tr_numbers import HALF_AFTER, NUMBER_HINT, VAGUE, read_words

_PAGE = PageLines(
    credit="fotoğraf | fotoğraflar | görsel | kaynak | kaynaklar",
    pointer="ayrıca okuyun | ilgili haber | ilgili haberler | daha fazlasını oku | devamını oku",
    share="""
    paylaş | .{2,20}(?:da|de|ta|te) paylaş | bizi takip edin.{0,30} | sayfayı yazdır | bültene abone ol
    | tüm çerezleri kabul et | bağlantıyı kopyala
    """,
    posted="yayınlanma | yayın tarihi | yayınlanma tarihi | güncelleme | son güncelleme | güncellenme tarihi",
    hour="saat",
    rights="tüm hakları saklıdır | her hakkı saklıdır",
    rights_inside="hakları saklıdır|hakkı saklıdır",
    tags="etiketler | anahtar kelimeler | kategori | kategoriler",
    related_heading="ilgili haberler | ilgili yazılar | benzer haberler | en çok okunanlar",
    author_heading="yazar hakkında",
    author="yazar | yazan | editör | yazar hakkında",
    form_heading="yorum yap | yorum yaz | yorum bırakın | bir yanıt yazın | yanıtı iptal et",
    comments="yorumlar | henüz yorum yok",
    form_word="yayınlanmayacak|zorunlu|giriş yap",
    domains=r"tr|com\.tr",
    page_of="/",
)

LANGUAGE = Language(
    code="tr",
    length=-0.12,
    accented="çğıöşüâîû",
    letters="ğış",
    grammar_words=frozenset(
        spell(
            """
             bir bu için ile çok daha olarak olan gibi kadar sonra ama değil var yok ya ki şey ben biz
            siz onlar bunu buna bunun bunlar şu ise hem veya ancak göre kendi tarafından oldu olduğu olduğunu
            edildi diye önce üzerinde arasında mı mi mu mü ne de hiç bile bütün tüm yeni iki ilk büyük
            nasıl neden çünkü eğer bana sana ona bizim onun benim şimdi böyle öyle olacak etti dedi olmak
            """
        )
    ),
    shared_words=frozenset(spell("o on a i in at an al ne da de en sen son ya mi var her ben bin ve")),
    open_abbreviations=frozenset(
        spell(
            """
            dr prof doç yrd öğr gör arş av sn bkz örn ort yay çev ed cad sok mah apt blv 
            alb gen bşk müh ecz uzm t.c org tğm yzb bnb krş müd ars opr op dt
"""
        )
    ),
    closing_abbreviations=frozenset(spell("vb vs vd etc m.ö m.s a.ş şti ltd.şti i.ö i.s dk sn sa")),
    number_abbreviations=frozenset(spell("no s ss yy tel faks md sk fig şek tab bl böl c say")),
    ordinal_after=r"[^\W\d_]",
    inflected=with_endings("", 12, {"k": "ğg", "p": "b", "t": "d", "ç": "c"}),
    doubled_words=frozenset(
        spell(
            "yavaş tek sık çok uzun kısa derin ayrı ara zaman teker adım hızlı sıra bir iki küçük büyük "
            "sessiz güzel"
        )
    ),
    number_words=read_words,
    number_hint=NUMBER_HINT,
    vague_numbers=VAGUE,
    half_after=HALF_AFTER,
    own_scales={"bin": 3},
    scale_stems={"milyon": 6, "milyar": 9, "trilyon": 12},
    percent_before="[Yy]üzde",
    percent_hints=("üzde",),
    about="yaklaşık|civarında",
    range_words="ila|ve|veya|ile",
    and_words="ve",
    times_words="çarpı",
    weekdays=(
        "pazartesi",
        "salı",
        "çarşamba",
        "perşembe",
        "cuma",
        "cumartesi",
        "pazar(?= (?:günü|sabahı|akşamı|gecesi))",
    ),
    half_days=True,
    before_noon="sabah(?: saat)?",
    after_noon="öğleden sonra(?: saat)?|akşam(?: saat)?",
    negative="sıfırın altında|eksi|negatif",
    decrease="düş|azal|gerile|kayb|kayıp|daha az",
    decade_after="['’]?l[iıuü]",
    units={
        "km2": "kilometrekare* kilometre_kare*",
        "mile2": "mil_kare* milkare*",
        "m2": "metrekare* metre_kare*",
        "foot2": "ayak_kare* fit_kare*",
        "acre": "dönüm*",
        "hectare": "hektar*",
        "km": "kilometre*",
        "mile": "mil millik mildir",
        "m": "metre*",
        "cm": "santimetre* santim*",
        "mm": "milimetre*",
        "yard": "yarda*",
        "foot": "ayak fit",
        "inch": "inç* inch*",
        "kg": "kilo kiloluk kilogram*",
        "g": "gramlık",
        "tonne": "ton tonluk",
        "pound": "libre librelik pound* poundluk",
        "ounce": "ons",
        "gallon": "galon*",
        "litre": "litre*",
        "degree": "derece*",
        "minute": "dakika*",
        "hour": "saat saatlik saatten saatte",
        "day": "gün günlük gündür günde günü",
        "week": "hafta*",
        "month": "ay aylık aydır ayda ayın",
        "year": "yıl yıllık yıldır yılda yılı yaşında*",
        "century": "yüzyıl*",
        "floor": "kat katta katında katına ._kat ._katta ._katında ._katına",
        "quintal": "kental",
        "second": "saniye*",
    },
    amounts={
        "yüzyıl": "100 year",
        "yarım saat": "30 minute",
        "bir buçuk saat": "90 minute",
        "bir buçuk yıl": "18 month",
        "çeyrek saat": "15 minute",
        "yarım yıl": "6 month",
    },
    currencies={
        "EUR": "euro avro euroluk",
        "USD": "dolar dolarlık doları",
        "GBP": "sterlin sterlinlik pound",
        "PLN": "zloti",
        "KRW": "won",
        "JPY": "yen",
        "CNY": "yuan",
        "CHF": "frank",
        "RUB": "ruble",
        "UAH": "grivna",
        "INR": "rupi",
    },
    page=_PAGE,
)
