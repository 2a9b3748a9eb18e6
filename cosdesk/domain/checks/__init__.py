"""The proof-reader («Проверка»): a module a family of rules, small pure functions over one roadmap."""

from cosdesk.domain.checks.finding import Dismissal, Family, Finding, Mend, Rule, key_of, open_findings
from cosdesk.domain.checks.proofreading import check, mended

__all__ = ["Dismissal", "Family", "Finding", "Mend", "Rule", "check", "key_of", "mended", "open_findings"]
