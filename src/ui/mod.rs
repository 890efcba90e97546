//! What a person or a script sees: reports, tables, progress.
