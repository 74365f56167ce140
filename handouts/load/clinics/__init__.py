"""A spreadsheet of clinics, each row a brand laid over another: CSV, TSV or XLSX.

The steps are `csv` and `xlsx` (cells), `head` and `columns` (the head), `values`, `typed` (what is
no text) and `rows` (a row),
`opening` (all of them, to a `sheet`), `checks` (a row against everything else that was loaded),
`brand` (the brand a document is made with).
"""
