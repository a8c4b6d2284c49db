"""Japanese."""

from __future__ import annotations

from pipeline.languages import Language, PageLines
from pipeline.languages.scripts import HAN, KANA

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
    page=_PAGE,
)
