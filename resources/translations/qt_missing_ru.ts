<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- What Qt's own qtbase_ru lacks in 6.12; compiled by pyside6-lrelease into the .qm beside it. -->
<TS version="2.1" language="ru_RU">
<context>
    <name>QFileDialog</name>
    <message><source>&amp;Look in:</source><translation>&amp;Папка:</translation></message>
    <message><source>Files of &amp;type:</source><translation>&amp;Тип файлов:</translation></message>
</context>
<context>
    <name>QPrintSettingsOutput</name>
    <message><source>Page &amp;Set:</source><translation>Чётность &amp;страниц:</translation></message>
</context>
<context>
    <name>QPageSetupWidget</name>
    <message><source>Page &amp;order:</source><translation>&amp;Порядок страниц:</translation></message>
    <message><source>Pages &amp;per sheet:</source><translation>Страниц на &amp;листе:</translation></message>
</context>
</TS>
