//! DRF's cursors: base64 of a query string, unsigned.
//!
//! `p` is the ordering value to start behind, `r=1` walks backwards, `o` skips rows that share the value.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::Url;
use url::form_urlencoded;

use super::query::parameter;

/// The largest `o` that `CursorPagination` reads (`offset_cutoff`): beyond it pages repeat.
pub const OFFSET_CUTOFF: u64 = 1_000;

/// A decoded cursor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The value of the first ordering field behind which the page starts.
    pub position: Option<String>,
    /// Whether the page lies before the position.
    pub reverse: bool,
    /// How many rows to skip there.
    pub offset: u64,
}

impl Cursor {
    /// Reads a cursor; `None` when it is not one of stock DRF.
    pub fn decode(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text).ok()?;
        if !bytes.is_ascii() {
            return None;
        }
        let mut cursor = Self::default();
        for (name, value) in form_urlencoded::parse(&bytes) {
            match &*name {
                "p" => cursor.position = Some(value.into_owned()),
                "r" => cursor.reverse = value == "1",
                "o" => cursor.offset = value.parse().ok()?,
                _ => return None,
            }
        }
        Some(cursor)
    }

    /// Writes the cursor as DRF does: `o`, `r`, `p`, each only where it says something.
    pub fn encode(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if self.offset != 0 {
            query.append_pair("o", &self.offset.to_string());
        }
        if self.reverse {
            query.append_pair("r", "1");
        }
        if let Some(position) = &self.position {
            query.append_pair("p", position);
        }
        STANDARD.encode(query.finish())
    }

    /// The cursor that a URL carries in its parameter `cursor`.
    pub fn of(url: &Url) -> Option<Self> {
        Self::decode(&parameter(url, "cursor")?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_of_drf_is_read_and_written() {
        let text = "cD0yMDI2LTAxLTAxKzAwJTNBMDAlM0ExNSUyQjAwJTNBMDA=";
        let cursor = Cursor::decode(text).unwrap();
        assert_eq!(
            cursor.position.as_deref(),
            Some("2026-01-01 00:00:15+00:00")
        );
        assert_eq!(cursor.encode(), text);
        let tied = Cursor {
            position: Some("4".to_owned()),
            reverse: true,
            offset: 1_000,
        };
        assert_eq!(Cursor::decode(&tied.encode()), Some(tied));
    }

    #[test]
    fn other_cursors_are_opaque() {
        for text in ["", "eyJpZCI6MX0=", "!!", "bz14"] {
            let read = Cursor::decode(text);
            assert!(read.is_none() || read == Some(Cursor::default()), "{text}");
        }
    }
}
