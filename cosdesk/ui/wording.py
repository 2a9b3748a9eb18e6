"""Counts in the window's sentences, without the dictionary that papers use: the first window must not wait for it."""


def counted(count: int, one: str, few: str, many: str) -> str:
    """«1 строка», «2 строки», «5 строк»."""
    return f"{count}\u00a0{choose(count, one, few, many)}"


def choose(count: int, one: str, few: str, many: str) -> str:
    """The form of a word that stands after the count."""
    if count % 10 == 1 and count % 100 != 11:
        return one
    return few if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else many

