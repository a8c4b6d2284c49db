"""Chinese, in either script."""

from __future__ import annotations

from decimal import Decimal

from pipeline.languages import Language, PageLines
from pipeline.languages.han_numbers import DIGITS_AND_WORDS, number_reader
from pipeline.languages.numbers import Senses
from pipeline.languages.scripts import HAN

_OTHERS: dict[Senses, str] = {
    (Decimal("0.5"), 50, 2, 6, 30): "一半 半数 半數 半",
    (100,): "百分之百",
    (4, Decimal("0.25"), 3): "季度",
    (0, 12, 24): "午夜",
    (2,): "两者 兩者 双方 雙方 夫妇 夫婦 翻番 翻倍 双胞胎 雙胞胎 双重 雙重",
    (3,): "三重",
    (10,): "十几岁 青少年",
    (12,): "中午 正午",
}

_PAGE = PageLines(
    credit="图片来源 | 图片 | 图源 | 摄影 | 来源 | 圖片來源 | 圖片 | 攝影 | 來源",
    pointer="相关阅读 | 延伸阅读 | 阅读更多 | 相關閱讀 | 延伸閱讀 | 閱讀更多",
    share="""
    分享 | 分享(?:到|至).{0,10} | 关注我们.{0,10} | 關注我們.{0,10} | 打印本页 | 列印本頁
    | (?:订阅(?:我们|电子报)|訂閱(?:我們|電子報)).{0,10} | 接受(?:所有)? ?cookie | 复制链接 | 複製連結
    """,
    posted="发布时间 | 发布于 | 发布日期 | 更新时间 | 更新于 | 發布時間 | 發佈於 | 更新時間 | 更新於",
    date=r"\d{4}年\s?\d{1,2}月\s?\d{1,2}日",
    hour="上午 | 下午",
    rights="版权所有 | 版權所有 | 未经授权 | 未經授權",
    rights_inside="版权所有|版權所有|不得转载|不得轉載",
    tags="标签 | 关键词 | 分类 | 標籤 | 關鍵字 | 分類",
    related_heading="相关文章 | 相关新闻 | 热门文章 | 相關文章 | 相關新聞 | 熱門文章",
    author_heading="关于作者 | 作者简介 | 關於作者 | 作者簡介",
    author="作者 | 编辑 | 责任编辑 | 記者 | 记者 | 編輯 | 責任編輯",
    form_heading="发表评论 | 发表回复 | 写评论 | 取消回复 | 發表評論 | 發表回覆 | 取消回覆",
    comments="评论 | 暂无评论 | 評論 | 暫無評論 | 留言",
    form_word="电子邮件|邮箱|必填|不会被公开|登录|電子郵件|登入",
    domains=r"cn|com\.cn|tw|hk",
    page_of="/",
)

LANGUAGE = Language(
    code="zh",
    script=HAN,
    spaced=False,
    length=-1.29,
    full_width=True,
    quotatives=("[^。，！？\\s]{1,8}?(?:说|問|问|喊|写|寫|答|道|補充|补充|表示|說)。"),
    number_abbreviations=frozenset(("tel", "fax", "no", "vol", "ver", "p", "pp", "fig", "tab", "ch", "sec")),
    list_letters="一二三四五六七八九十",
    number_words=number_reader(_OTHERS),
    vague_numbers=frozenset((*"一二两兩三四五六七八九十百千万萬半", "一半", "双方")),
    digits_and_words=DIGITS_AND_WORDS,
    half_after="(?:[个個](?:小时|小時|月)?|小时|小時|年|天|月)?半(?![数數年天个個])",
    percent_before="百分之",
    percent_hints=("百分之",),
    about="约|約|大约|大約",
    fixed_number="(?:16|10|8|2)(?=[进進]制)",
    range_words="到|至|或",
    half_day="(?:[时時点點])(?!间|間|代)",
    decade_after=" ?年代",
    month_mark="月",
    day_mark="日(?![間间目])",
    weekdays=(
        *(f"(?:周|週|星期|礼拜|禮拜){day}(?!天(?![气氣空]))" for day in "一二三四五六"),
        "(?:周|週|星期|礼拜|禮拜)[日天]",
    ),
    half_days=True,
    before_noon="上午|凌晨|早上|清晨",
    after_noon="下午|傍晚|晚上",
    negative="零下|负|負",
    decrease="减|減|降|跌|少|损失|損失|低",
    units={
        "km2": "平方公里 平方千米",
        "mile2": "平方英里",
        "m2": "平方米 平方公尺",
        "foot2": "平方英尺",
        "acre": "英亩 英畝",
        "hectare": "公顷 公頃",
        "km": "公里 千米",
        "mile": "英里 英哩",
        "cm": "厘米 公分",
        "mm": "毫米",
        "m": "米 公尺",
        "yard": "码 碼",
        "foot": "英尺 英呎",
        "inch": "英寸 英吋",
        "kg": "公斤 千克",
        "g": "克",
        "tonne": "吨 噸",
        "pound": "磅",
        "ounce": "盎司",
        "gallon": "加仑 加侖",
        "millilitre": "毫升",
        "litre": "升",
        "pint": "品脱 品脫",
        "degree": "度 摄氏度 攝氏度",
        "minute": "分钟 分鐘",
        "hour": "小时 小時 个小时 個小時",
        "day": "天",
        "week": "周 週 星期 个星期 個星期",
        "month": "个月 個月",
        "year": "年 周年 週年",
        "century": "世纪 世紀 个世纪 個世紀",
        "storey": "层 層 楼 樓",
        "second": "秒",
    },
    amounts={"半年": "6 month", "一刻钟": "15 minute", "一刻鐘": "15 minute", "半个世纪": "50 year"},
    currencies={
        "EUR": "欧元 歐元",
        "USD": "美元",
        "GBP": "英镑 英鎊",
        "PLN": "兹罗提 茲羅提",
        "KRW": "韩元 韓元 韩圆",
        "JPY": "日元 日圆 日圓",
        "CNY": "元 人民币 人民幣",
        "CHF": "瑞士法郎 法郎",
        "RUB": "卢布 盧布",
        "UAH": "格里夫纳",
        "INR": "卢比 盧比",
    },
    page=_PAGE,
)
