"""Chinese, in either script."""

from __future__ import annotations

from pipeline.languages import Language, PageLines
from pipeline.languages.scripts import HAN

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
    page=_PAGE,
)
