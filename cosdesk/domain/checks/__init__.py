"""The proof-reader («Проверка»): a module a family of rules, small pure functions over one roadmap."""
