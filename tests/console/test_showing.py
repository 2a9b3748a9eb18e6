"""``new``, ``show`` and ``schedule``."""

from datetime import date
from pathlib import Path

from tests.console.calling import Cosdesk, item_of


def test_new_makes_a_file_once(cosdesk: Cosdesk, tmp_path: Path) -> None:
    path = tmp_path / "район.cosdesk"
    assert cosdesk("new", path, "--district", "Заречный район", "--region", "Лесогорская область").code == 0
    before = path.read_bytes()
    again = cosdesk("new", path, "--district", "Другой район")
    assert again.code == 1 and "уже есть" in again.err
    assert path.read_bytes() == before
    data = cosdesk("show", path, "--json").data
    assert data["district"]["name"] == "Заречный район"
    assert data["district"]["region"] == "Лесогорская область"
    assert data["norms"]["risk_days"] == 14
    assert data["roadmaps"] == []
    assert "Дорожной карты в файле нет" in cosdesk("show", path).out


def test_show_gives_the_structure_of_the_file(cosdesk: Cosdesk, demo_file: Path) -> None:
    before = demo_file.read_bytes()
    data = cosdesk("show", demo_file, "--json").data
    assert demo_file.read_bytes() == before
    roadmap = data["roadmaps"][0]
    year = date.today().year - 1
    assert roadmap["years"] == [year, year + 2]
    assert [stamp["kind"] for stamp in roadmap["stamps"]] == ["agreed", "approved"]
    assert roadmap["stamps"][1]["date"] == f"{year}-01-20"
    assert [section["number"] for section in roadmap["sections"]] == [f"Направление {n}" for n in range(1, 6)]
    first = roadmap["items"][0]
    assert first["number"] == "1.1" and first["section"] == "Направление 1" and first["parent"] is None
    assert first["status"] == "done" and first["status_label"] == "Выполнено"
    assert first["executions"][0]["date"] == f"{year}-02-10"
    assert first["evidence"][0]["kind"] == "приказ"
    assert "\n" not in roadmap["title"]
    nested = next(item for item in roadmap["items"] if item["parent"] is not None)
    parent = next(item for item in roadmap["items"] if item["id"] == nested["parent"])
    assert nested["number"].startswith(parent["number"] + ".")
    indicator = roadmap["indicators"][0]
    assert indicator["targets"][str(year)] == 70.0
    assert isinstance(indicator["targets"][str(year)], float)
    assert indicator["baseline"] == {"value": 58.3, "date": f"{year - 1}-12-31"}
    assert indicator["actuals"][f"{year}-Q1"]["numerator"] == 7


def test_show_for_people_names_rows_and_statuses(cosdesk: Cosdesk, demo_file: Path) -> None:
    out = cosdesk("show", demo_file).out
    for words in (
        "Заречный район, Лесогорская область",
        "УТВЕРЖДАЮ: Глава",
        "Направление 2.",
        "ежеквартально",
        "2.2.1",
    ):
        assert words in out
    assert max(map(len, out.splitlines())) <= 160


def test_a_milestone_has_no_start_and_its_titles_are_one_line(cosdesk: Cosdesk, small_file: Path) -> None:
    data = cosdesk("show", small_file, "--json").data
    assert data["roadmaps"][0]["title"] == "Дорожная карта района"
    assert item_of(data, 2)["title"] == "Провести мониторинг"
    schedule = item_of(data, 5)["schedule"]
    assert (schedule["start"], schedule["end"]) == (None, "2020-12-31")


def test_a_term_is_explained(cosdesk: Cosdesk) -> None:
    data = cosdesk("schedule", "--years", "2021-2024", "--json", "--", "сентябрь").data
    assert data["understood"] is True
    assert data["windows"] == [["2021-09-01", "2021-09-30"]]
    assert data["assumption"]
    words = cosdesk("schedule", "--years", "2021-2024", "--", "4", "квартал", "2021", "г.")
    assert words.out == "01.10.2021 – 31.12.2021\n"
    without_years = cosdesk("schedule", "ежегодно,", "май").out
    assert "--years 2021-2024" in without_years and "не определён" not in without_years
    dash = cosdesk("schedule", "--json", "--", "-")
    assert dash.code == 0 and dash.data["windows"] == []
    odd = cosdesk("schedule", "--json", "--", "когда рак свистнет")
    assert odd.code == 0 and odd.data["understood"] is False
    assert "срок не понят" in cosdesk("schedule", "когда рак свистнет").out
