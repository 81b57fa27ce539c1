"""The whole record and its answers, to take away: a data package, a database, a workbook.

`record` and `answers` describe the tables, column by column; the writers turn any such tables into
bytes and know none of them by name. To add a column: write its line in its table.
"""
