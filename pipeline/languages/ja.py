"""Japanese."""

from __future__ import annotations

from decimal import Decimal

from pipeline.languages import Language, PageLines
from pipeline.languages.han_numbers import DIGITS_AND_WORDS, number_reader
from pipeline.languages.numbers import Senses
from pipeline.languages.scripts import HAN, KANA

_OTHERS: dict[Senses, str] = {
    (Decimal("0.5"), 50, 2, 6, 30): "半分 半数",
    (4, Decimal("0.25"), 3): "四半期",
    (0, 12, 24): "深夜0時 真夜中",
    (1,): "ひとつ ひとり",
    (2,): "ふたつ ふたり 両方 両者 双方 倍増 夫婦 双子 ダブル ツイン デュオ",
    (3,): "みっつ トリプル トリオ",
    (4,): "よっつ",
    (5,): "いつつ",
    (6,): "むっつ",
    (7,): "ななつ",
    (8,): "やっつ",
    (9,): "ここのつ",
    (10,): "ティーンエイジャー 十代",
    (11,): "イレブン",
    (12,): "正午",
}

_PAGE = PageLines(
    credit="写真 | 写真提供 | 画像 | 画像提供 | 出典 | 提供 | イラスト",
    pointer="関連記事 | あわせて読みたい | 続きを読む | こちらもおすすめ",
    share="""
    シェア(?:する)? | (?:ツイート|共有)(?:する)? | フォローする | 印刷する | メルマガ登録
    | (?:すべての)?クッキーを(?:受け入れる|許可する?) | リンクをコピー
    """,
    posted="公開日 | 投稿日 | 掲載日 | 更新日 | 最終更新日? | 公開 | 更新",
    date=r"\d{4}年\s?\d{1,2}月\s?\d{1,2}日",
    hour="午前 | 午後",
    rights="無断転載 | 無断複写",
    rights_inside="無断(?:転載|複写|複製)",
    tags="タグ | キーワード | カテゴリー?",
    related_heading="関連記事 | 関連ニュース | 人気記事 | おすすめ記事",
    author_heading="著者について | 筆者紹介 | 著者プロフィール",
    author="著者 | 筆者 | 執筆者 | 文責",
    form_heading="コメントする | コメントを(?:書く|残す|投稿する) | 返信する | 返信をキャンセル",
    comments="コメント | コメントはありません",
    form_word="メールアドレス|必須|公開されません|ログイン",
    domains=r"jp|co\.jp",
    page_of="/",
)

LANGUAGE = Language(
    code="ja",
    script=KANA + HAN,
    spaced=False,
    length=-0.92,
    full_width=True,
    letters="ぁ-ゖァ-ヺ",
    quotatives=(
        "と(?!ころ|にかく|もあれ|きどき|ても|りわけ|はいえ|なり|ある|いっても|うとう|もかく|くに|つぜん)"
        "|って|などと|なんて|という|との|を(?=[、一-鿿])"
    ),
    number_abbreviations=frozenset(("tel", "fax", "no", "vol", "ver", "p", "pp", "fig", "tab", "ch", "sec")),
    number_words=number_reader(_OTHERS),
    vague_numbers=frozenset("一二三四五六七八九十百千万"),
    digits_and_words=DIGITS_AND_WORDS,
    half_after="(?:時間|年|日|か月|[カヶヵケ]月)?半(?![数額分島年導])",
    percent="パーセント|割(?![合りれ引])",
    percent_hints=("パーセント", "割"),
    about="約|およそ",
    fixed_number="(?:16|10|8|2)(?=進)|10(?=代)|1(?=つ|日中|人(?:の|で|が))|2(?=人[はがのもを、]|つの)",
    range_words="から|または",
    half_day="[時时](?!間|代|点|期)",
    decade_after="年代",
    month_mark="月",
    day_mark="日(?![間间目])",
    weekdays=tuple(f"{day}曜日?" for day in "月火水木金土日"),
    half_days=True,
    before_noon="午前|早朝|未明",
    after_noon="午後|夕方",
    negative="マイナス|氷点下|零下",
    decrease="減|下落|下がっ|低下|低下|縮小|損失|少な",
    units={
        "km2": "平方キロメートル 平方キロ",
        "mile2": "平方マイル",
        "m2": "平方メートル",
        "foot2": "平方フィート",
        "acre": "エーカー",
        "hectare": "ヘクタール",
        "km": "キロメートル",
        "mile": "マイル",
        "cm": "センチメートル センチ",
        "mm": "ミリメートル ミリ",
        "m": "メートル",
        "yard": "ヤード",
        "foot": "フィート",
        "inch": "インチ",
        "kg": "キログラム",
        "g": "グラム",
        "tonne": "トン",
        "pound": "ポンド",
        "ounce": "オンス",
        "gallon": "ガロン",
        "litre": "リットル",
        "pint": "パイント",
        "degree": "度",
        "minute": "分間",
        "hour": "時間",
        "day": "日間",
        "week": "週間 週",
        "month": "か月 ヶ月 カ月 ヵ月 ケ月",
        "year": "年間 周年",
        "century": "世紀",
        "storey": "階",
        "second": "秒",
    },
    amounts={"半年": "6 month", "半世紀": "50 year"},
    currencies={
        "EUR": "ユーロ",
        "USD": "ドル 米ドル",
        "GBP": "ポンド",
        "PLN": "ズウォティ ズロチ",
        "KRW": "ウォン",
        "JPY": "円",
        "CNY": "人民元 元",
        "CHF": "フラン スイスフラン",
        "RUB": "ルーブル",
        "UAH": "フリヴニャ",
        "INR": "ルピー",
    },
    page=_PAGE,
)
