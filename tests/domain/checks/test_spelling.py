"""Letters, words, spaces and signs: what is mended, and what is meant as it stands."""

import pytest

from cosdesk.domain.checks.finding import Family, Rule
from cosdesk.domain.checks.proofreading import check, mended
from tests.domain.checks.plans import ZARECHNY, findings, only, plan, row

MENDED = {
    Rule.LATIN_LETTERS: [
        ("Скорость 50 Мб/c в школах", "Скорость 50 Мб/с в школах"),
        ("Tехническое оснащение", "Техническое оснащение"),
        ("Курсы для COШ района", "Курсы для СОШ района"),
        ("Работа c детьми", "Работа с детьми"),
        ("Внедрение IТ в школах", "Внедрение IT в школах"),
    ],
    Rule.GLUED_WORDS: [
        ("Справка поитогам проверки", "Справка по итогам проверки"),
        ("Связь, а такжегарантированный трафик", "Связь, а также гарантированный трафик"),
        ("Школы на территорииЗаречного края", "Школы на территории Заречного края"),
        ("Занятия насайтах школ", "Занятия на сайтах школ"),
    ],
    Rule.WORD_DOUBLED: [
        ("Школы и и сады", "Школы и сады"),
        ("Провести провести проверку", "Провести проверку"),
    ],
    Rule.WORD_FORM: [
        ("Внедрение модели в Заречного района", "Внедрение модели в Заречном районе"),
        ("В Заречского муниципального округа введено", "В Заречском муниципальном округе введено"),
        ("Оснащение к концу 2021 году кабинетов", "Оснащение к концу 2021 года кабинетов"),
        ("Сайты, а так же страницы школ", "Сайты, а также страницы школ"),
        ("Проверка в течении учебного года", "Проверка в течение учебного года"),
        ("Проверка втечение года", "Проверка в течение года"),
        ("Отчёт по окончанию обучения", "Отчёт по окончании обучения"),
    ],
    Rule.SPACING: [
        ("Школы района,сады", "Школы района, сады"),
        ("Скорость: село,100 Мбит", "Скорость: село, 100 Мбит"),
        ("Школы , сады", "Школы, сады"),
        ("Школы  района", "Школы района"),
        ("Школы ( сады )", "Школы (сады)"),
        ("Проверка сайтов.Проверка страниц", "Проверка сайтов. Проверка страниц"),
        ("Задача 3.Проверка", "Задача 3. Проверка"),
        ("Среда(цифровая среда)", "Среда (цифровая среда)"),
        ("Всего 495 чел.(50%)", "Всего 495 чел. (50%)"),
        ("Родители (законные представители)обучающихся", "Родители (законные представители) обучающихся"),
        ("В 2020- 2022 годах", "В 2020–2022 годах"),
        ("План на 2020-2022г.г.", "План на 2020-2022 гг."),
        ("План на 2021г.", "План на 2021 г."),
        ("Скорость 50 Мб– для села", "Скорость 50 Мб – для села"),
        ("Школы -участники", "Школы – участники"),
        ("План научно – методического сопровождения", "План научно-методического сопровождения"),
        ("Участие в онлайн – проектах", "Участие в онлайн-проектах"),
        ("Не менее 404детей", "Не менее 404 детей"),
        ("Школы,, сады", "Школы, сады"),
        ("Проверка сайтов..", "Проверка сайтов."),
    ],
    Rule.SIGN_AT_END: [
        ("Проверка сайтов;", "Проверка сайтов"),
        ("Проверка сайтов ,", "Проверка сайтов"),
        ("Проверка сайтов –", "Проверка сайтов"),
    ],
    Rule.TAGS: [
        ("<p>Проверка сайтов</p>", "Проверка сайтов"),
        ('Проверка <span style="color: red">сайтов</span>', "Проверка сайтов"),
        ("Проверка<br/> сайтов", "Проверка сайтов"),
    ],
}
SOUND = [
    "Поставка Wi-Fi, 3D-принтеров и QR-кодов",
    "Участие в IT-олимпиаде на сайте gosuslugi.ru",
    "Каталог Windows/Линукс",
    "О.А.Беляк, И.И. Иванов, 1.09.2019, 62,5 %, 50Мб/с",
    "Аудио- и видеозаписи, информационно- и телекоммуникационное оснащение",
    "Руководитель(и) школ(ы), (не)выполнение плана",
    "Приобрести 10-летние и 3-кратные запасы, 2-й этап, 5-летний план",
    "Психолого-педагогический климат",
    "Портал «СберКласс» и «ЯКласс», платформа еКласс",
    "Доля школ 66,7 % (8 из 12), приказ (приложение № 1)",
    "Мероприятие 1) проверка, 2) отчёт; а) сайты, б) страницы",
    "Программа «Школа «Старт», «Точка роста»",
    "Подготовка помещений, поэтапная подготовка, посёлки, дошкольные группы",
    "Протокол от 13.01.2020 № 16, с. 5–7, и т.д., и т.п.",
    "Так же, как в школах, а так же как и в садах",
    "В Заречного района школах",
    "Работа продолжается в 2021-2024 годах, в 2022 г.",
    "Разрыв в 5 % – 10 %; температура -5",
    "Электронный адрес: <school@example.ru>",
    "Проверка сайтов.",
    "Результат...",
]


@pytest.mark.parametrize(
    ("rule", "text", "expected"), [(rule, *pair) for rule, pairs in MENDED.items() for pair in pairs]
)
def test_a_mistake_is_found_and_mended(rule: Rule, text: str, expected: str) -> None:
    contents = plan(row(text))
    found = only(contents, rule)
    assert found.replacement == expected
    assert mended(contents, [found]).items[0].title == expected
    assert findings(mended(contents, [found]), rule) == []


@pytest.mark.parametrize("text", SOUND)
def test_what_is_right_is_left_alone(text: str) -> None:
    spelling = [found for found in check(plan(row(text)), ZARECHNY) if found.rule.family is Family.SPELLING]
    assert [(found.rule.value, found.message) for found in spelling] == []


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Ведение вкладки «Цифровая среда на сайте", "Открывающая кавычка"),
        ("Документооборот (сайты) и отчёты)", "Закрывающая скобка"),
        ("Проверка (сайтов", "Открывающая скобка"),
        ('Проверка "сайтов', "Кавычка"),
    ],
)
def test_a_sign_without_its_pair_is_told_and_never_mended(text: str, sign: str) -> None:
    found = only(plan(row(text)), Rule.PAIR_OPEN)
    assert found.message.startswith(sign)
    assert found.replacement is None


def test_a_footnote_stuck_to_a_word_is_told() -> None:
    found = only(plan(row("Школы с трафиком1, процент")), Rule.FOOTNOTE_GLUED)
    assert "«трафиком1»" in found.message


def test_a_message_shows_the_words_around_a_mend() -> None:
    found = only(plan(row("Доля школ района,обеспеченных связью,и садов , в районе,обеспеченных")), Rule.SPACING)
    assert found.message.count("«") == 3
    assert "«района,обеспеченных»" in found.message
    assert found.proposal.startswith("«района, обеспеченных»")


def test_every_text_of_a_roadmap_is_read() -> None:
    contents = plan(
        row(expected="Приказ,справка", note="Школы,сады", responsible=("Отдел,школы",), term="Август- сентябрь"),
        title="План,карта",
        goal="Цель,цель",
    )
    fields = [found.field for found in findings(contents, Rule.SPACING)]
    assert fields == ["title", "goal", "term", "responsible", "expected", "note"]


def test_a_mended_term_is_still_understood() -> None:
    contents = plan(row(term="Август- сентябрь"))
    after = mended(contents, findings(contents, Rule.SPACING))
    assert after.items[0].term.wording == "Август – сентябрь"
    assert findings(after, Rule.TERM_NOT_UNDERSTOOD, Rule.SPACING) == []


def test_tags_that_the_import_took_out_are_told_once_for_all_rows() -> None:
    clean = row("Проверка сайтов", "1", source_text="1 | <p>Проверка сайтов</p> | <ul><li>отчёт</li></ul>")
    found = only(plan(clean, row("Отчёт", "2"), row("Сбор", "3", source_text="<p>Сбор</p>")), Rule.TAGS)
    assert found.place == "строка 1, строка 3"
    assert "<p>, <ul>, <li>" in found.message
    assert found.replacement is None
