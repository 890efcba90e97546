//! How items are written: NDJSON, one JSON array, CSV; Parquet is made of NDJSON at the end.

use super::csv;
use crate::cli::failure::Failure;
use crate::pages::Items;

/// A format for items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Ndjson,
    Json,
    Csv,
    Parquet,
}

impl Format {
    /// The format by its name. The global default, `table`, is for people: items are NDJSON then.
    pub(super) fn named(name: &str) -> Result<Self, Failure> {
        match name {
            "ndjson" | "table" => Ok(Self::Ndjson),
            "json" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            "parquet" => Ok(Self::Parquet),
            other => Err(Failure::usage(format!(
                "--format '{other}' is not one of ndjson, json, csv, parquet"
            ))),
        }
    }

    /// Its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    /// Whether it has columns.
    pub(super) const fn is_table(self) -> bool {
        matches!(self, Self::Csv | Self::Parquet)
    }
}

/// Writes items in a format, one batch after the other.
#[derive(Debug)]
pub(super) struct Encoder {
    format: Format,
    columns: Vec<String>,
    written: u64,
    buffer: Vec<u8>,
}

impl Encoder {
    /// An encoder behind `written` items. A CSV needs its columns.
    pub(super) fn new(format: Format, columns: Vec<String>, written: u64) -> Self {
        Self {
            format,
            columns,
            written,
            buffer: Vec::new(),
        }
    }

    /// The bytes of a batch.
    pub(super) fn encode<'a>(&'a mut self, items: &'a Items) -> &'a [u8] {
        if self.format == Format::Ndjson {
            return items.lines();
        }
        self.buffer.clear();
        for item in items.iter() {
            match self.format {
                Format::Csv => {
                    if self.written == 0 {
                        csv::heading(&self.columns, &mut self.buffer);
                    }
                    csv::row(item, &self.columns, &mut self.buffer);
                }
                Format::Json | Format::Ndjson | Format::Parquet => {
                    let before: &[u8] = if self.written == 0 { b"[\n" } else { b",\n" };
                    self.buffer.extend_from_slice(before);
                    self.buffer.extend_from_slice(item);
                }
            }
            self.written += 1;
        }
        &self.buffer
    }

    /// The bytes that end the document.
    pub(super) fn finish(&mut self) -> &[u8] {
        self.buffer.clear();
        match (self.format, self.written) {
            (Format::Json, 0) => self.buffer.extend_from_slice(b"[]\n"),
            (Format::Json, _) => self.buffer.extend_from_slice(b"\n]\n"),
            (Format::Csv, 0) => csv::heading(&self.columns, &mut self.buffer),
            _ => {}
        }
        &self.buffer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: Format, columns: &[&str], batches: &[&[&str]]) -> String {
        let columns = columns.iter().map(|&name| name.to_owned()).collect();
        let mut encoder = Encoder::new(format, columns, 0);
        let mut out = Vec::new();
        for batch in batches {
            let items: Items = batch.iter().map(|item| item.as_bytes()).collect();
            out.extend_from_slice(encoder.encode(&items));
        }
        out.extend_from_slice(encoder.finish());
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_array_is_one_document_over_all_pages() {
        let batches: [&[&str]; 3] = [&["{\"a\": 1}"], &[], &["2", "3"]];
        assert_eq!(
            written(Format::Json, &[], &batches),
            "[\n{\"a\": 1},\n2,\n3\n]\n"
        );
        assert_eq!(written(Format::Json, &[], &[]), "[]\n");
        assert_eq!(written(Format::Ndjson, &[], &batches), "{\"a\": 1}\n2\n3\n");
    }

    #[test]
    fn a_csv_has_one_heading_even_without_rows() {
        let batches: [&[&str]; 2] = [&["{\"a\":1,\"b\":\"x\"}"], &["{\"b\":\"y\"}"]];
        assert_eq!(
            written(Format::Csv, &["a", "b"], &batches),
            "a,b\r\n1,x\r\n,y\r\n"
        );
        assert_eq!(written(Format::Csv, &["a"], &[]), "a\r\n");
    }
}
