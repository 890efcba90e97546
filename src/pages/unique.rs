//! Finds items that were delivered before, by the value of one field.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The values of a field seen so far, 8 bytes for each.
#[derive(Debug)]
pub struct Unique {
    field: String,
    seen: HashSet<u64>,
    hasher: RandomState,
}

impl Unique {
    /// Items are the same when this member has the same value.
    pub fn by(field: &str) -> Self {
        Self {
            field: field.to_owned(),
            seen: HashSet::new(),
            hasher: RandomState::new(),
        }
    }

    /// The members of an item with their texts, whatever it is unique by.
    pub fn members(item: &[u8]) -> Vec<(String, &RawValue)> {
        members(item)
    }

    /// Notes an item; false when its value was seen before. Items without the field are always new.
    pub fn is_new(&mut self, item: &[u8]) -> bool {
        match field(item, &self.field) {
            Some(value) => self.seen.insert(self.hasher.hash_one(value.get())),
            None => true,
        }
    }
}

/// Members that tell one item from another, likeliest first.
const NAMES: [&str; 5] = ["id", "pk", "uuid", "url", "slug"];

/// The member that tells an item from others: the wanted one, or one of those that usually do.
pub(super) fn naming<'a>(item: &[u8], wanted: Option<&'a str>) -> Option<&'a str> {
    wanted
        .into_iter()
        .chain(NAMES)
        .find(|name| field(item, name).is_some())
}

/// The text of a member of an object, without parsing the rest of it.
pub fn field<'a>(item: &'a [u8], name: &str) -> Option<&'a RawValue> {
    let mut reader = serde_json::Deserializer::from_slice(item);
    Member(name).deserialize(&mut reader).ok()?
}

/// The members of an object with their texts; none when it is no object.
pub(super) fn members(item: &[u8]) -> Vec<(String, &RawValue)> {
    struct Pairs;
    impl<'de> Visitor<'de> for Pairs {
        type Value = Vec<(String, &'de RawValue)>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
            let mut all = Vec::new();
            while let Some(pair) = members.next_entry()? {
                all.push(pair);
            }
            Ok(all)
        }
    }
    serde_json::Deserializer::from_slice(item)
        .deserialize_map(Pairs)
        .unwrap_or_default()
}

struct Member<'n>(&'n str);

impl<'de> DeserializeSeed<'de> for Member<'_> {
    type Value = Option<&'de RawValue>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Member<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = members.next_key::<std::borrow::Cow<'de, str>>()? {
            if key == self.0 {
                found = Some(members.next_value()?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_new_once() {
        let mut unique = Unique::by("id");
        assert!(unique.is_new(br#"{"id":1,"x":2}"#));
        assert!(unique.is_new(br#"{"x":1,"id":"1"}"#), "a text is no number");
        assert!(!unique.is_new(br#"{"x":{"id":9},"\u0069d": 1}"#));
        assert!(unique.is_new(br#"{"x":1}"#) && unique.is_new(br#"{"x":1}"#));
        assert!(unique.is_new(b"[1]"));
    }
}
