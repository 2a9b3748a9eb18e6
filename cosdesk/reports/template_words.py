"""The words that a template may name, each with its meaning in Russian: for checking a form and for its editor."""

from collections.abc import Iterator, Mapping

from cosdesk.dataclass import dataclass
from cosdesk.reports.narrative import FILTERS, FUNCTIONS

_DISTRICT = {
    "district": "название района",
    "place": "где: «в Заречном районе»",
    "of_district": "чего: «Заречного района»",
    "office": "орган управления образованием",
    "project": "региональный проект без кавычек",
    "years": "годы плана: «2021–2024 годы»",
    "approval": "чем утверждена дорожная карта",
    "coordinator": "муниципальный координатор",
    "coordinator.name": "имя координатора",
    "coordinator.position": "должность координатора",
    "rows": "число строк плана",
    "rows.results": "сколько в плане результатов",
    "rows.milestones": "сколько в плане контрольных точек",
    "rows.activities": "сколько в плане мероприятий",
    "rows.all": "сколько в плане строк всего",
    "schools": "сведения о школах",
    "schools.total": "сколько школ",
    "schools.learners": "сколько обучающихся",
    "schools.teachers": "сколько педагогов",
    "schools.reported": "по скольким школам есть данные",
    "schools.school_years": "учебный год: «2020/2021»",
    "as_of": "отчётная дата",
    "year": "год отчёта",
    "listed": "сколько строк называть поимённо",
}
_PERIOD = {
    "period": "период: «I полугодие 2021 года»",
    "final": "период кончается 31 декабря",
    "horizon": "за сколько дней предупреждать о сроках",
    "indicators": "показатели",
    "indicators.all": "все показатели",
    "indicators.reached": "план достигнут",
    "indicators.exceeded": "план перевыполнен",
    "indicators.below": "ниже плана",
    "indicators.pending": "значение будет в конце года",
    "indicators.missing": "значение не представлено",
    "indicators.unplanned": "плана на год нет",
    "indicators.unrated": "уровень не определяется",
    "indicators.threatened": "план года под угрозой",
    "execution": "исполнение сроков с начала года",
    "execution.due": "наступившие сроки",
    "execution.done": "исполненные сроки",
    "execution.late": "исполненные с нарушением срока",
    "execution.undone": "неисполненные сроки",
    "execution.undone_rows": "неисполненные сроки по строкам",
    "execution.postponed": "перенесённые сроки",
    "execution.partly": "исполненные частично",
    "execution.proved": "исполненные с документом",
    "execution.unproved": "исполненные без документа",
    "execution.cancelled": "отменённые сроки",
    "execution.carried": "неисполненные сроки прошлых лет",
    "execution.early": "исполненные досрочно",
    "execution.unfinished": "всё неисполненное на отчётную дату",
    "execution.upcoming": "ближайшие сроки",
    "execution.risky": "ближайшие сроки под угрозой",
    "execution.unclear": "строки без понятного срока",
    "execution.done_points": "доля исполненных, %",
    "execution.recorded": "записи об исполнении есть",
    "before": "исполнение за такой же период год назад",
}
_PAPER = {
    "head": "кто подписывает",
    "head.name": "имя подписывающего",
    "head.position": "должность подписывающего",
    "head.accusative": "имя подписывающего: кого",
    "head.dative": "имя подписывающего: кому",
    "head.position_accusative": "должность подписывающего: кого",
    "head.signature": "имя как в подписи: «И.И. Иванов»",
    "coordinator.phone": "телефон координатора",
    "coordinator.email": "почта координатора",
    "coordinator.accusative": "имя координатора: кого",
    "coordinator.dative": "имя координатора: кому",
    "coordinator.position_accusative": "должность координатора: кого",
    "coordinator.office_accusative": "должность без слова «координатор»: кого",
    "coordinator.signature": "имя координатора как в подписи",
    "by_hand": "место для даты от руки",
    "contacts": "контакты не скрыты",
    "row": "строка плана",
    "row.number": "номер строки",
    "row.title": "наименование строки",
    "row.point": "номер, а без номера – наименование",
    "row.of_point": "чего: «пункта 1.1», «мероприятия «…»»",
    "row.task": "«исполнение мероприятия «…»»",
    "row.foreseen": "«Мероприятие предусмотрено»",
    "row.reference": "как строка называется в отчётах",
    "row.term": "срок, как он записан",
    "row.due": "последний день срока",
    "row.begins": "первый день срока",
    "row.expected": "ожидаемый документ",
    "row.responsible": "ответственный исполнитель",
    "row.genitive": "наименование строки: чего",
    "row.about": "наименование строки: «О мониторинге…»",
    "row.evidence": "документы строки",
    "row.children": "строки, входящие в неё",
    "monitoring": "мониторинг, о котором документ",
    "monitoring.title": "название мониторинга",
    "monitoring.subject": "что проверялось: чего",
    "monitoring.norm": "норма",
    "monitoring.year": "год мониторинга",
    "monitoring.begins": "начало мониторинга",
    "monitoring.ends": "конец мониторинга",
    "monitoring.all": "опрошенные школы",
    "monitoring.answered": "ответившие школы",
    "monitoring.silent": "не ответившие школы",
    "monitoring.judged": "соответствие определяется",
    "monitoring.complying": "школы, которые соответствуют",
    "monitoring.failing": "школы, которые не соответствуют",
    "monitoring.complying_points": "доля соответствующих, %",
    "monitoring.before": "такой же мониторинг перед этим",
    "monitoring.goals": "показатели, которые считает мониторинг",
    "monitoring.saying": "школы, ответившие «да» на вопрос",
}
_REPORT = {
    "annexes": "в каком приложении что приведено",
    "annexes.indicators": "где показатели: «приложении № 1», у единственного «приложении»",
    "annexes.execution": "где исполнение: «приложении № 2», у единственного «приложении»",
    "annexes.risks": "где риски: «приложении № 3», у единственного «приложении»",
}
_LOCAL = {
    "number": "номер приложения",
    "total": "сколько приложений",
    "titles": "названия приложений",
    "sheets": "из скольких листов каждое приложение",
    "school": "школа-адресат",
    "school.name": "название школы-адресата",
    "school.head_dative": "руководитель школы: кому",
    "school.greeting": "«Уважаемая Анна Сергеевна»",
    "school.email": "почта школы-адресата",
    "act": "утвердивший акт: «постановлением … от … № …»",
    "instrumental": "акт назван в творительном падеже",
    "position": "должность утвердившего",
    "position_instrumental": "должность утвердившего: кем",
    "on": "день утверждения",
    "dated": "день уже назван в акте",
    "source": "источник значения",
    "day": "день, на который значение, или новый срок",
    "comment": "примечание к исполнению",
    "reason": "причина неисполнения",
    "term.name": "строка и её срок",
    "term.days_late": "дней просрочки",
    "figure.name": "название показателя",
    "figure.amount": "значение показателя",
    "figure.state.plan": "план показателя",
    "figure.indicator": "показатель, для | valued(…)",
    "parent": "номер строки, в которую входит эта",
}
LOCALS = {
    "file_name": ("district",),
    "annex_mark": ("number", "total"),
    "annex_list": ("titles", "sheets"),
    "addressee": ("school",),
    "greeting": ("school",),
    "mark": ("number", "total"),
    "approval": ("act", "instrumental", "position", "position_instrumental", "on", "dated"),
    "source_day": ("source", "day"),
    "forecast": ("day",),
    "comment": ("comment", "reason"),
    "overdue": ("term",),
    "risk": ("term",),
    "shortfall": ("figure",),
    "no_value": ("figure",),
    "overdue_consequence": ("parent",),
}
"""Words that one key of a form knows besides; in a paper ``annexes`` is the list of its annexes."""
_ACTIONS = {
    "counted": "число со словом: {{ schools.total | counted(\"школа\") }}",
    "choice": "слово к числу: | choice(\"исполнен\", \"исполнены\", \"исполнено\")",
    "share_of": "доля: {{ execution.done | share_of(execution.due) }} – «77,8 %»",
    "percent": "число с «%»",
    "points": "число с «п.п.»",
    "valued": "значение с единицей показателя",
    "difference": "отклонение с единицей показателя",
    "long_date": "дата словами: «5 мая 2021 г.»",
    "list_name": "имя: «Иванов И.И.»",
    "quoted": "в кавычках-«ёлочках»",
    "ended": "с точкой в конце",
    "begun": "с маленькой буквы",
    "joined": "перечень: «а, б и в»",
    "plural": "слово перед перечнем строк: | plural(\"по строке\", \"по строкам\")",
    "rows_named": "«строки 2.3 и 3.1»",
    "rows_late": "строки и на сколько дней просрочены",
    "rows_due": "строки и когда ожидаются",
    "agree": "слово в согласии: {{ agree(execution.done, \"исполнен\", \"срок\") }}",
    "counts": "несколько чисел через запятую и «и»",
    "count": "сколько в списке",
    "default": "что печатать, если значения нет",
    "first": "первое из списка",
    "last": "последнее из списка",
    "capitalize": "с большой буквы",
    "lower": "маленькими буквами",
    "upper": "большими буквами",
    "map": "взять у каждого: | map(attribute=\"name\")",
    "select": "только непустые",
    "sort": "по порядку",
    "length": "сколько в списке или букв в слове",
}


@dataclass(frozen=True, slots=True)
class Word:
    """``text`` is what is written in the template, ``meaning`` what it stands for."""

    text: str
    meaning: str


def report_names() -> dict[str, str]:
    """Names and parts of names («schools.total») that an analytical report knows, with their meaning."""
    return _DISTRICT | _PERIOD | _REPORT


def paper_names(needs_period: bool) -> dict[str, str]:
    """Those that a paper knows; of a period's figures only where it is made for one."""
    return _DISTRICT | _PAPER | (_PERIOD if needs_period else {})


def words(names: Mapping[str, str], key: str = "") -> Iterator[Word]:
    """What may be offered while the template of that key is typed: names, then what can be done with them."""
    for text, meaning in names.items() if key != "approval" else ():  # it is worded before the rest is known
        yield Word(text, meaning)
    for text, meaning in _LOCAL.items():
        if text.split(".")[0] in LOCALS.get(key, ()):
            yield Word(text, meaning)
    for text in (*FILTERS, *FUNCTIONS):
        if text in _ACTIONS:
            yield Word(text, _ACTIONS[text])
