//! What the members of items are: the schema of a Parquet file, found by looking at all of them.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields};
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::pages::Unique;

/// What the values in one place have been so far.
#[derive(Debug, Clone, Default, PartialEq)]
enum Kind {
    /// `null` or absent, always.
    #[default]
    Unknown,
    Boolean,
    Integer,
    Float,
    Text,
    List(Box<Kind>),
    Object(Members),
}

/// The members of objects, in order of first sight.
#[derive(Debug, Clone, Default, PartialEq)]
struct Members {
    kinds: Vec<(String, Kind)>,
    places: HashMap<String, usize>,
}

/// The columns of a table, as far as items were looked at.
#[derive(Debug, Default)]
pub(super) struct Columns {
    items: u64,
    members: Members,
}

/// Why items do not make a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("item {item}: {what}")]
pub(super) struct Conflict {
    /// The item, from 1.
    pub(super) item: u64,
    what: String,
}

impl Columns {
    /// Looks at the next item.
    pub(super) fn see(&mut self, item: &[u8]) -> Result<(), Conflict> {
        self.items += 1;
        let fail = |what| Conflict {
            item: self.items,
            what,
        };
        let raw: &RawValue =
            serde_json::from_slice(item).map_err(|error| fail(error.to_string()))?;
        if !raw.get().starts_with('{') {
            return Err(fail(format!(
                "{} is no object, which the row of a table must be",
                kind_of(raw.get())
            )));
        }
        let mut path = Vec::new();
        self.members.see(raw.get(), &mut path).map_err(fail)
    }

    /// The columns as Arrow knows them. Whatever was `null` everywhere is a column of texts.
    pub(super) fn fields(&self) -> Result<Fields, Conflict> {
        self.members.fields("").map_err(|what| Conflict {
            item: self.items,
            what,
        })
    }
}

impl Members {
    fn see(&mut self, object: &str, path: &mut Vec<String>) -> Result<(), String> {
        for (name, value) in Unique::members(object.as_bytes()) {
            let place = *self.places.entry(name.clone()).or_insert_with(|| {
                self.kinds.push((name.clone(), Kind::Unknown));
                self.kinds.len() - 1
            });
            path.push(name);
            self.kinds[place].1.see(value.get(), path)?;
            path.pop();
        }
        Ok(())
    }

    fn fields(&self, place: &str) -> Result<Fields, String> {
        let fields = self.kinds.iter().map(|(name, kind)| {
            let place = format!("{place}{name}");
            Ok(Field::new(name, kind.data_type(&place)?, true))
        });
        fields.collect()
    }
}

impl Kind {
    fn see(&mut self, value: &str, path: &mut Vec<String>) -> Result<(), String> {
        let found = kind_of(value);
        match (&mut *self, &found) {
            (_, Self::Unknown) | (Self::Float, Self::Integer) => Ok(()),
            (Self::List(inner), Self::List(_)) => {
                path.push("[]".to_owned());
                for value in elements(value)? {
                    inner.see(value.get(), path)?;
                }
                path.pop();
                Ok(())
            }
            (Self::Object(members), Self::Object(_)) => members.see(value, path),
            (Self::Integer, Self::Float) => {
                *self = found;
                Ok(())
            }
            (Self::Integer, Self::Integer) if value.parse::<i64>().is_err() => Err(format!(
                "'{}' is {value}, an integer of more than 64 bits",
                path.join(".")
            )),
            (old, new) if *old == *new => Ok(()),
            (Self::Unknown, _) => {
                *self = found;
                self.see(value, path)
            }
            (old, new) => Err(format!(
                "'{}' is {new} here, and {old} in items before it",
                path.join(".")
            )),
        }
    }

    fn data_type(&self, place: &str) -> Result<DataType, String> {
        Ok(match self {
            Self::Unknown | Self::Text => DataType::Utf8,
            Self::Boolean => DataType::Boolean,
            Self::Integer => DataType::Int64,
            Self::Float => DataType::Float64,
            Self::List(inner) => {
                let inner = inner.data_type(&format!("{place}.[]"))?;
                DataType::List(Arc::new(Field::new_list_field(inner, true)))
            }
            Self::Object(members) if members.kinds.is_empty() => {
                return Err(format!(
                    "'{place}' is an object without members wherever it occurs"
                ));
            }
            Self::Object(members) => DataType::Struct(members.fields(&format!("{place}."))?),
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "null",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Float => "a number",
            Self::Text => "a text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        })
    }
}

/// The kind of a value, without looking inside.
fn kind_of(value: &str) -> Kind {
    match value.as_bytes().first() {
        Some(b'{') => Kind::Object(Members::default()),
        Some(b'[') => Kind::List(Box::default()),
        Some(b'"') => Kind::Text,
        Some(b't' | b'f') => Kind::Boolean,
        Some(b'n') | None => Kind::Unknown,
        Some(_) if value.contains(['.', 'e', 'E']) => Kind::Float,
        Some(_) => Kind::Integer,
    }
}

fn elements(list: &str) -> Result<Vec<&RawValue>, String> {
    struct Elements;
    impl<'de> Visitor<'de> for Elements {
        type Value = Vec<&'de RawValue>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut all = Vec::new();
            while let Some(value) = list.next_element()? {
                all.push(value);
            }
            Ok(all)
        }
    }
    serde_json::Deserializer::from_str(list)
        .deserialize_seq(Elements)
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(items: &[&str]) -> Result<Vec<String>, String> {
        let mut columns = Columns::default();
        for item in items {
            columns
                .see(item.as_bytes())
                .map_err(|error| error.to_string())?;
        }
        let fields = columns.fields().map_err(|error| error.to_string())?;
        Ok(fields
            .iter()
            .map(|field| format!("{} {}", field.name(), field.data_type()))
            .collect())
    }

    #[test]
    fn columns_are_the_union_of_all_members() {
        let found = columns(&[
            r#"{"id":1,"price":2,"tags":[],"owner":{"name":"a"},"gone":null}"#,
            r#"{"price":2.5,"tags":["x"],"id":null,"ok":true,"owner":{"id":3}}"#,
        ])
        .unwrap();
        assert_eq!(found[0], "id Int64");
        assert_eq!(found[1], "price Float64");
        assert!(found[2].starts_with("tags List") && found[2].contains("Utf8"));
        assert!(found[3].contains("name") && found[3].contains("Int64"));
        assert_eq!(found[4..], ["gone Utf8", "ok Boolean"]);
    }

    #[test]
    fn what_makes_no_column_is_named_with_its_item_and_member() {
        for (items, words) in [
            (
                vec![r#"{"a":{"b":1}}"#, r#"{"a":{"b":"x"}}"#],
                "item 2: 'a.b' is a text here, and an integer in items before it",
            ),
            (
                vec![r#"{"a":[1,[2]]}"#],
                "item 1: 'a.[]' is a list here, and an integer in items before it",
            ),
            (
                vec![r#"{"a":92233720368547758070}"#],
                "item 1: 'a' is 92233720368547758070, an integer of more than 64 bits",
            ),
            (
                vec!["7"],
                "item 1: an integer is no object, which the row of a table must be",
            ),
            (
                vec![r#"{"a":{}}"#],
                "item 1: 'a' is an object without members wherever it occurs",
            ),
        ] {
            assert_eq!(columns(&items), Err(words.to_owned()));
        }
    }
}
