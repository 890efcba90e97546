//! Items as rows of a CSV file (RFC 4180, lines end in CR LF).

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::pages::field;

/// Collects the member names of items, in order of first sight.
#[derive(Debug, Default)]
pub(super) struct Union {
    names: Vec<String>,
    known: HashSet<String>,
}

impl Union {
    /// Takes note of an item's members. Items that are no objects have none.
    pub(super) fn see(&mut self, item: &[u8]) {
        let mut reader = serde_json::Deserializer::from_slice(item);
        // An item that cannot be read is found when its row is written.
        let _ = reader.deserialize_map(self);
    }

    /// The names seen.
    pub(super) fn into_names(self) -> Vec<String> {
        self.names
    }
}

impl<'de> Visitor<'de> for &mut Union {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(key) = members.next_key::<std::borrow::Cow<'de, str>>()? {
            if !self.known.contains(&*key) {
                self.known.insert(key.clone().into_owned());
                self.names.push(key.into_owned());
            }
            members.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// Writes the heading row.
pub(super) fn heading(columns: &[String], out: &mut Vec<u8>) {
    for (index, column) in columns.iter().enumerate() {
        separate(index, out);
        cell(column, out);
    }
    out.extend_from_slice(b"\r\n");
}

/// Writes an item's row: texts as they are, numbers as the server wrote them, nested values as JSON.
pub(super) fn row(item: &[u8], columns: &[String], out: &mut Vec<u8>) {
    for (index, column) in columns.iter().enumerate() {
        separate(index, out);
        if let Some(value) = value_at(item, column) {
            cell(&value, out);
        }
    }
    out.extend_from_slice(b"\r\n");
}

fn separate(index: usize, out: &mut Vec<u8>) {
    if index > 0 {
        out.push(b',');
    }
}

/// The value under a name; under a dotted one, of a nested member.
fn value_at(item: &[u8], column: &str) -> Option<String> {
    if let Some(value) = field(item, column) {
        return Some(plain(value));
    }
    let (outer, inner) = column.split_once('.')?;
    value_at(field(item, outer)?.get().as_bytes(), inner)
}

fn plain(value: &RawValue) -> String {
    let text = value.get();
    match text.as_bytes().first() {
        Some(b'"') => serde_json::from_str(text).unwrap_or_else(|_| text.to_owned()),
        Some(b'n') => String::new(),
        _ => text.to_owned(),
    }
}

fn cell(text: &str, out: &mut Vec<u8>) {
    if !text.contains([',', '"', '\n', '\r']) && text.trim() == text {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_keeps_numbers_and_quotes_what_needs_it() {
        let item = br#"{"id":9007199254740993,"name":"a \"b\", c","tags":["x","y"],"owner":{"name":"bob"},"price":1.10,"none":null,"yes":true}"#;
        let columns: Vec<String> = [
            "id",
            "name",
            "tags",
            "owner.name",
            "price",
            "none",
            "yes",
            "absent",
        ]
        .map(str::to_owned)
        .to_vec();
        let mut out = Vec::new();
        row(item, &columns, &mut out);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "9007199254740993,\"a \"\"b\"\", c\",\"[\"\"x\"\",\"\"y\"\"]\",bob,1.10,,true,\r\n"
        );
    }

    #[test]
    fn the_union_has_every_member_once() {
        let mut union = Union::default();
        union.see(br#"{"a":1,"b":{"z":1}}"#);
        union.see(br#"{"c":1,"a":2}"#);
        union.see(b"[1]");
        assert_eq!(union.into_names(), ["a", "b", "c"]);
    }
}
