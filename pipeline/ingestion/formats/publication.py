"""Whether an article has been published, by the fields that its system keeps beside it.

Drafts, scheduled, private, archived and deleted articles are what their author does not show, so they are
rejected with the field that says so. The same rule holds for JSON, tables and the heads of Markdown and
reStructuredText. It asks for no date: what a run makes must not depend on the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.ingestion.formats.reading import names

HIDING = names(
    """
    draft isdraft unpublished isunpublished archived isarchived intrash istrashed trashed
    trash deleted isdeleted removed isremoved softdeleted hidden ishidden private isprivate
    disabled isdisabled bozza szkic entwurf brouillon borrador rascunho utkast koncept 초안
    임시저장 비공개 下書き 草稿 черновик чернетка taslak
    """
)
"""Fields that hide an article where they say yes, without capitals and signs."""

SHOWING = names(
    """
    published ispublished publish public ispublic live islive visible isvisible online
    isonline pubblicato opublikowano opublikowany veröffentlicht publié publicado
    gepubliceerd publicerad 게시 공개 公開 发布 опубликовано
    """
)
"""Fields that hide an article where they say no."""

STATES = names(
    """
    status state poststatus articlestatus pagestatus contentstatus publicationstatus
    publishstatus publishingstatus publicationstate workflowstate workflowstatus
    moderationstate moderationstatus creativeworkstatus visibility postvisibility stage
    stato estado statut stan durum статус 상태 状態 状态 stav
    """
)
"""Fields that say in a word what state an article is in."""

UNSHOWN = names(
    """
    draft autodraft drafts indraft private privat trash trashed intrash pending
    pendingreview inreview review needsreview readyforreview toreview future scheduled
    unpublished notpublished archived archive deleted removed inherit hidden internal
    password protected inactive disabled offline rejected wip workinprogress inprogress
    bozza inbozza nonpubblicato inrevisione privato archiviato cestino programmato szkic
    roboczy wersjarobocza nieopublikowany nieopublikowane prywatny prywatne zarchiwizowany
    usunięty kosz zaplanowany
    초안 임시저장 임시글 비공개 작성중 검토중 삭제됨 예약 보관됨 entwurf unveröffentlicht
    nichtveröffentlicht archiviert gelöscht geplant inprüfung brouillon nonpublié archivé
    supprimé privé enattente planifié borrador nopublicado archivado eliminado privado
    programado pendiente rascunho nãopublicado arquivado excluído agendado pendente concept
    klad nietgepubliceerd gearchiveerd verwijderd privé gepland koncept nepublikováno
    archivováno smazáno naplánováno utkast opublicerad arkiverad borttagen schemalagd
    черновик неопубликовано архив удалено скрыто запланировано чернетка неопубліковано
    архівовано видалено приховано taslak yayınlanmadı arşivlendi silindi gizli 下書き 非公開 未公開
    予約 削除済み 草稿 未发布 私密 已删除 待审核
    """
)
"""States in which nobody but the author's colleagues sees an article."""

_ABOUT = names("meta metadata properties frontmatter settings flags publication workflow")
"""Objects that keep fields about an article together."""

_YES = names("true yes y on 1 t si sì tak ja oui sí sim ano да так evet 예 네 はい 是")
_NO = names("false no n off 0 f nie nein non nee não nej ne нет ні hayır 아니오 아니요 いいえ 否")
_SIGNS = str.maketrans("", "", " _-.:")


def why_unpublished(fields: Mapping[str, Any]) -> str:
    """Return why an article is not published by its fields; "" if nothing says so.

    >>> why_unpublished({"title": "Il ponte", "draft": True})
    'is not published: its field draft says true'
    >>> why_unpublished({"_status": "published", "published": "2024-05-01"})
    ''
    """
    for name, value in fields.items():
        if isinstance(value, Mapping) and _plain(str(name)) in _ABOUT:
            if reason := why_unpublished(value):
                return reason
            continue
        value = _said(value)
        if isinstance(value, bool | str) and _hides(_plain(str(name)), _plain(str(value))):
            return f"is not published: its field {str(name)[:40]} says {str(value).strip().lower()[:40]}"
    return _by_system(fields)


def _said(value: Any) -> Any:  # noqa: ANN401 (a JSON value)
    """Return what a field says, as in `[{"value": false}]` or `{"type": "status", "status": {"name": …}}`."""
    for _ in range(3):
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        elif isinstance(value, Mapping):
            kind = value.get("type")
            keys = (*((kind,) if isinstance(kind, str) else ()), "value", "name", "slug", "id", "label")
            value = next((value[key] for key in keys if key in value), None)
        else:
            break
    return value


def _hides(name: str, value: str) -> bool:
    if name in HIDING:
        return value in _YES
    if name in SHOWING:
        return value in _NO or value in UNSHOWN
    if name in STATES:
        return value in UNSHOWN or (name == "status" and value in ("false", "0"))  # Drupal's
    return name == "deletedat" and value not in ("", "null", "none", "nan", "false", "0")


def _by_system(fields: Mapping[str, Any]) -> str:
    """Return why an article is not published by what only one system has."""
    if str(fields.get("_id", "")).startswith("drafts."):
        return "is not published: its _id calls it a draft of Sanity"
    for name in ("publishedAt", "published_at"):
        if name in fields and fields[name] is None and {"createdAt", "created_at"} & fields.keys():
            return f"is not published: its field {name} is null"
    content = fields.get("content")
    if fields.get("post_password") or (isinstance(content, Mapping) and content.get("protected") is True):
        return "is not public: WordPress protects it by a password"
    sys = fields.get("sys")
    if isinstance(sys, Mapping) and sys.get("type") == "Entry":
        if sys.get("archivedAt") or sys.get("archivedVersion"):
            return "is not published: Contentful has it in its archive"
        if "version" in sys and "publishedVersion" not in sys and "publishedAt" not in sys:
            return "is not published: Contentful has no published version of it"
    return ""


def _plain(text: str) -> str:
    return text.strip().casefold().translate(_SIGNS)
