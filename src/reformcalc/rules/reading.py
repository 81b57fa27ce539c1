"""The rules that reading itself enforces: each value, and the text around it."""

from __future__ import annotations

from reformcalc.findings import Severity
from reformcalc.rules.registry import Rule

_SHEETS = (
    Rule(
        "sheet-readable",
        "A spreadsheet can be read, and has the headings of a plan.\n\n"
        "A workbook is .xlsx, without a password; CSV is text in UTF-8, UTF-16 or Windows-1252. "
        "One row near its top says over which column stands what is to be done, and over another "
        "by when, by whom or how it stands; below it stand the actions.",
    ),
    Rule(
        "sheet-rows",
        "Every row of a plan is an action.\n\n"
        "A row that is none is left out of answers, and told here. So are rows and sheets that are "
        "hidden, and other sheets that have the headings of a plan.",
        severity=Severity.WARNING,
    ),
    Rule(
        "sheet-headings",
        "Each heading of a plan says one thing, and one of them says when.\n\n"
        "Columns under headings that the program does not know are left out: `validate` lists "
        "them with those that are read.",
        severity=Severity.WARNING,
    ),
    Rule(
        "sheet-cells",
        "A cell of a plan says what its column is for.\n\n"
        "What cannot be read is told, and the row is answered without it; words that have no "
        "field are kept in the note. A formula is read as it was last worked out.",
        severity=Severity.WARNING,
    ),
    Rule(
        "sheet-dates",
        "The dates of a column can be read in one way.\n\n"
        'In "03/04/2027" either the day or the month may stand first. Another date of the column, '
        'as "31/03/2027", shows which; where none does, the day is taken to stand first.',
        severity=Severity.WARNING,
    ),
)

RULES = (
    *_SHEETS,
    Rule(
        "utf8-text",
        "A file is UTF-8 text.\n\nSave it as UTF-8; a £ in another encoding is a different byte.",
    ),
    Rule(
        "valid-yaml",
        "A file is one well-formed YAML document.\n\n"
        "The message is the parser's own. Most often a quotation with a colon or a # needs quotes "
        "around it, or a line is indented with a tab or a space that only looks like one.",
    ),
    Rule("not-empty", "A file says something.\n\nRemove it, or write a section in it."),
    Rule(
        "one-document",
        'A file holds one YAML document.\n\nWhat follows a second "---" goes in a file of its own.',
    ),
    Rule(
        "no-aliases",
        "Every value is written where it is used.\n\n"
        "Anchors (&), aliases (*) and merge keys hide where a figure is written, and can make a "
        "small file unboundedly large.",
    ),
    Rule("no-tags", "Values carry no YAML tags.\n\nEvery value is text; its field says its type."),
    Rule("text-keys", "A key is plain text, not a list or a mapping."),
    Rule(
        "duplicate-key",
        "A key is written once in its mapping.\n\n"
        "YAML readers commonly keep the last of two and drop the first without a word.",
    ),
    Rule("nesting-depth", "Values nest at most 20 deep.\n\nNo dataset needs more."),
    Rule(
        "printable-text",
        "Text can be printed.\n\n"
        "Control characters, and marks that reorder text or cannot be seen, can mislead the reader "
        "of a terminal, and of the file itself: none may stand in a comment either. Among them are "
        "joiners, and marks that choose between forms of a letter or an emoji.",
    ),
    Rule(
        "hash-in-quotes",
        "A value that holds a # stands in quotes.\n\n"
        "After a space, YAML takes # for the beginning of a comment and drops the rest without a "
        'word. What follows it at once, as in "lamp #3", was most likely meant: put quotes around '
        "the text. A comment has a space after its #, and is left in peace.",
        severity=Severity.WARNING,
    ),
    Rule(
        "duplicate-id",
        "An id is defined once among all files that are read together.\n\n"
        "Rename one. One's own file may refer to the ids of the national record but not change "
        "its entries.",
    ),
    Rule(
        "unknown-reference",
        "Every id that an entry names is defined.\n\n"
        "Ids name bodies, pillars, topics, sources, commitments, benchmarks and, where a date "
        "counts from another one, milestones. Define what is missing, or put right its spelling.",
    ),
    Rule(
        "ids-in-order",
        "Entries and sources stand in the order of their ids.\n\n"
        "Then everybody adds an entry in the same place, and a change shows as what it is. One's "
        "own plan has whatever order it has.",
        severity=Severity.WARNING,
    ),
    Rule(
        "whole-dataset",
        "What is checked is a whole dataset.\n\n"
        "A file whose ids are defined in its neighbours cannot be checked alone: give the folder.",
    ),
    Rule(
        "unknown-field",
        "Every field is one that the format has.\n\n"
        "An unknown one is most often a slip of the pen, and would be ignored without a word.",
    ),
    Rule(
        "missing-field",
        "Every field that an entry needs is written.\n\n"
        "Of a milestone in one's own plan, title and due are enough.",
    ),
    Rule(
        "claims-given",
        "Every entry, later date and outcome has at least one claim.\n\n"
        "A claim names a source, a place in it, and its words. What no source says is not in the "
        "record. A milestone in one's own plan needs none: the file is the source.",
    ),
    Rule("field-shape", "A value, a list or a mapping stands where the format has one."),
    Rule(
        "id-form",
        "An id is small letters, digits and single hyphens, at most 60.\n\n"
        "Ids stay the same once published: others refer to them.",
    ),
    Rule(
        "code-form",
        "A code of a body is 3 to 12 capital letters and digits.\n\n"
        'For example "E06000023", "801" or "BST", as the register that gave it has it: people find '
        "a body by it.",
    ),
    Rule(
        "amount-form",
        "An amount is pounds, as a document would word it.\n\n"
        'For example "£45m", "£1.257bn", "£9 million", "over £45m", "up to £9m", "about £300m", '
        '"£25m to £27m". A number without a pound sign could be anything.',
    ),
    Rule(
        "number-form",
        'A figure is a number with its unit: "9,000", "up to 500", "12.43%", "£3,000".',
    ),
    Rule(
        "date-form",
        "A date is written in words that have one meaning.\n\n"
        'For example "2023-12-31", "September 2023", "spring 2024", "2027", "FY 2026-27", '
        '"Q4 2026-27", "early 2025", "by the end of 2023", "from April 2023", "before 2026"; '
        '"FY 2026-27..FY 2028-29" for both ends of a programme; "within 6 months of ID" or '
        '"6 weeks before ID" for what counts from another milestone; or a condition such as '
        '"when parliamentary time allows". Nothing is guessed at.',
    ),
    Rule("day-form", 'A day is written year-month-day: "2023-12-31".'),
    Rule(
        "year-form",
        'A financial year is written "2023-24", several "2023-24..2024-25", at most 50.\n\n'
        'A benchmark\'s years may be numbered: "year 1".',
    ),
    Rule("count-form", 'A number of years or of bodies is written in digits: "4".'),
    Rule("truth-form", 'Yes and no are written "true" and "false".'),
    Rule("known-choice", "A word from a fixed list is one of that list."),
    Rule(
        "fragment-length",
        "A quotation has at most 12 words.\n\n"
        "Enough to find the place and read the figure; the document itself is not copied.",
    ),
)
