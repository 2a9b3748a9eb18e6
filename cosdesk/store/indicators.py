"""Indicators, their targets and recorded values."""

from dataclasses import replace

from cosdesk.domain.indicator import Actual, Indicator, Target
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit
from cosdesk.store.periods import require_open
from cosdesk.store.ranks import rank_at_end
from cosdesk.store.rows import decimal_of, record_of, row_of


def read_indicators(database: Database) -> dict[int, list[Indicator]]:
    """The indicators of each roadmap in printed order."""
    targets: dict[int, list[Target]] = {}
    for row in database.query("SELECT * FROM target ORDER BY period"):
        targets.setdefault(row["indicator_id"], []).append(record_of(Target, row))
    found: dict[int, list[Indicator]] = {}
    for row in database.query("SELECT * FROM indicator ORDER BY rank, id"):
        indicator = record_of(Indicator, row, targets=tuple(targets.get(row["id"], ())))
        found.setdefault(row["roadmap_id"], []).append(indicator)
    return found


def read_actuals(database: Database) -> tuple[Actual, ...]:
    return tuple(record_of(Actual, row) for row in database.query("SELECT * FROM actual ORDER BY indicator_id, period"))


def add_indicator(edit: Edit, roadmap_id: int, indicator: Indicator) -> int:
    """The indicator with its targets at the end of the roadmap's list; the new id.  ``item_id`` must be real."""
    rank = rank_at_end(edit.database, "indicator", "roadmap_id = ?", (roadmap_id,))
    values = {"roadmap_id": roadmap_id, "rank": rank, **row_of(indicator, "targets")}
    indicator_id = edit.insert("indicator", values)
    for target in indicator.targets:
        edit.insert("target", {"indicator_id": indicator_id, **row_of(target)})
    return indicator_id


def change_indicator(edit: Edit, indicator: Indicator) -> None:
    """Its own fields; targets are set one by one."""
    edit.update("indicator", indicator.id, row_of(indicator, "targets"))


def delete_indicator(edit: Edit, indicator_id: int) -> None:
    edit.delete("indicator", indicator_id)


def set_target(edit: Edit, indicator_id: int, target: Target) -> None:
    """The planned value of its period, in place of an earlier one."""
    known = _find(edit, "target", indicator_id, target.period)
    if known is None:
        edit.insert("target", {"indicator_id": indicator_id, **row_of(target)})
    else:
        edit.update("target", known, row_of(target))


def delete_target(edit: Edit, indicator_id: int, period: str) -> None:
    known = _find(edit, "target", indicator_id, period)
    if known is not None:
        edit.delete("target", known)


def set_actual(edit: Edit, actual: Actual) -> int:
    """The recorded value of a period, in place of an earlier one; its id.  ``UserError`` when the period is closed."""
    require_open(edit.database, actual.period)
    known = _find(edit, "actual", actual.indicator_id, actual.period)
    if _is_counted(edit, actual) or _is_numerator(edit, actual):
        # Notes to what a round counted: the number stays the round's, what was typed before stays as it was.
        before = record_of(Actual, edit.row("actual", known)) if known is not None else Actual(0, 0, "")
        actual = replace(actual, value=before.value, numerator=before.numerator, denominator=before.denominator)
    if known is None:
        return edit.insert("actual", row_of(actual))
    edit.update("actual", known, row_of(actual))
    return known


def delete_actual(edit: Edit, indicator_id: int, period: str) -> None:
    require_open(edit.database, period)
    known = _find(edit, "actual", indicator_id, period)
    if known is not None:
        edit.delete("actual", known)


def _is_counted(edit: Edit, actual: Actual) -> bool:
    """Whether these are the very numbers that the newest round counted for the period."""
    row = edit.database.conn.execute(
        "SELECT numerator, denominator FROM round_feed JOIN monitoring_round AS round ON round.id = round_id"
        " WHERE indicator_id = ? AND period = ? AND answered ORDER BY round.id DESC LIMIT 1",
        (actual.indicator_id, actual.period),
    ).fetchone()
    if row is None:
        return False
    given = (actual.numerator, actual.denominator) if actual.denominator is not None else (actual.value, None)
    return given == tuple(None if number is None else decimal_of(number) for number in row)


def _is_numerator(edit: Edit, actual: Actual) -> bool:
    """Whether it is the numerator of its share, which it follows."""
    row = edit.database.conn.execute(
        "SELECT share.numerator FROM indicator JOIN actual AS share ON share.indicator_id = numerator_of"
        " WHERE indicator.id = ? AND share.period = ? AND share.numerator IS NOT NULL",
        (actual.indicator_id, actual.period),
    ).fetchone()
    return row is not None and actual.value == decimal_of(row[0])


def _find(edit: Edit, table: str, indicator_id: int, period: str) -> int | None:
    row = edit.database.conn.execute(
        f"SELECT id FROM {table} WHERE indicator_id = ? AND period = ?", (indicator_id, period)
    ).fetchone()
    return int(row[0]) if row else None
