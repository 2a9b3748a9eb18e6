"""E-mail drafts (.eml) that the user's mail program opens, looks over and sends: nothing is sent from here."""

import re
from collections.abc import Iterable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from cosdesk.domain.district import District
from cosdesk.domain.monitoring import MonitoringForm, Remark, Round
from cosdesk.domain.organisation import School
from cosdesk.domain.period import parse_period

_EXCEL = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_TYPES = {
    "pdf": ("application", "pdf"),
    "xlsx": _EXCEL,
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")


def invitation(
    district: District, found: Round, form: MonitoringForm, school: School, name: str, workbook: bytes
) -> bytes:
    """The draft of a letter that asks a school to fill in the attached workbook."""
    due = f"до {found.due:%d.%m.%Y} " if found.due else ""
    subject = form.subject or f"по форме «{form.title}»"
    body = (
        f"{greeting(school)}\n\n"
        f"{district.office or 'Управление образования'} проводит мониторинг {subject}"
        f" ({parse_period(found.period).label}).\n"
        f"Просим {due}заполнить прилагаемую форму Excel и отправить её ответом на это письмо.\n"
        "Заполняются только жёлтые ячейки; название файла можно не менять.\n\n"
        f"{_signature(district)}"
    )
    message = _draft(district, school, f"Мониторинг: {found.title or form.title} – {school.label}", body)
    message.add_attachment(workbook, maintype=_EXCEL[0], subtype=_EXCEL[1], filename=name)
    return message.as_bytes(policy=SMTP)


def reply(district: District, found: Round, school: School, remarks: Iterable[Remark]) -> bytes:
    """The draft of a letter that sends an answer back with what is to be mended, or thanks for it."""
    text = reply_text(district, found, school, remarks)
    message = _draft(district, school, f"Re: Мониторинг: {found.title} – {school.label}", text)
    return message.as_bytes(policy=SMTP)


def reply_text(district: District, found: Round, school: School, remarks: Iterable[Remark]) -> str:
    """The same letter's words."""
    remarks = list(remarks)
    strict = [remark for remark in remarks if remark.strict]
    if strict:
        due = f" до {found.due:%d.%m.%Y}" if found.due else ""
        lines = [f"Ответ на мониторинг «{found.title}» нужно поправить и прислать снова{due}:"]
    elif remarks:
        lines = [f"Ответ на мониторинг «{found.title}» принят. Просим обратить внимание:"]
    else:
        lines = [f"Ответ на мониторинг «{found.title}» принят. Спасибо."]
    for number, remark in enumerate([*strict, *(remark for remark in remarks if not remark.strict)], 1):
        place = f"ячейка {remark.cell}: " if remark.cell else ""
        lines.append(f"{number}. {place}{remark.message}." if place else f"{number}. {_sentence(remark.message)}")
    return "\n".join([greeting(school), "", *lines, "", _signature(district)])


def letter_with(
    district: District, subject: str, body: str, files: Iterable[tuple[str, bytes]], to: str = "", hidden: str = ""
) -> bytes:
    """The draft of a letter with files, each its name and content.

    ``to`` and ``hidden`` hold any number of addresses; those of ``hidden`` do not see each other.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = " ".join(subject.split())
    for header, text in (("To", to), ("Bcc", hidden)):
        if found := addresses_in(text):
            message[header] = ", ".join(found)
    if found := addresses_in(district.coordinator_email):
        message["From"] = _address(district.coordinator_name, found[0])
    message.set_content(f"{body.strip()}\n\n{_signature(district)}")
    for name, content in files:
        main, sub = _TYPES.get(name.rpartition(".")[2].lower(), ("application", "octet-stream"))
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes(policy=SMTP)


def addresses_in(text: str) -> list[str]:
    """The addresses that a text holds, in its order, each once."""
    return list(dict.fromkeys(_ADDRESS.findall(text)))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _draft(district: District, school: School, subject: str, body: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    # Outlook and others open a message with this header for writing, not for reading.
    message["X-Unsent"] = "1"
    message["Subject"] = " ".join(subject.split())
    if found := _ADDRESS.search(school.email):
        message["To"] = _address(school.label, found[0])
    if found := _ADDRESS.search(district.coordinator_email):
        message["From"] = _address(district.coordinator_name, found[0])
    message.set_content(body)
    return message


def _address(name: str, address: str) -> Address | str:
    user, _, domain = address.partition("@")
    try:
        return Address(" ".join(name.split()), user, domain)
    except ValueError:
        return address


def greeting(school: School) -> str:
    """«Здравствуйте, Анна Петровна!» where the head is named in full."""
    name = school.head.split()
    return f"Здравствуйте, {' '.join(name[1:])}!" if len(name) == 3 and "." not in school.head else "Здравствуйте!"


def _signature(district: District) -> str:
    parts = (district.coordinator_name, district.coordinator_position, district.office, district.coordinator_phone)
    return "\n".join(part for part in parts if part)
