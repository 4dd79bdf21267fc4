"""Data sets on their way out: CSV, XLSX, Parquet and GeoJSON, row by row from the database, in flat memory.

Each export is a process of its own (`python -m data.exports`), so that the web process only passes bytes on. It reads
its order from standard input, writes the file to standard output, and says on standard error how far it is.
"""
