//! JSON pointers (RFC 6901) to the items and the `next` of a page.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A path through objects to one value of a page's body; the empty pointer is the body itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Pointer(Vec<String>);

/// Why a text is not a JSON pointer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("'{0}' is not a JSON pointer: it must be empty or start with '/' (/results, /data/items)")]
pub struct PointerError(String);

impl Pointer {
    /// The pointer through these member names.
    pub fn of(names: &[&str]) -> Self {
        Self(names.iter().map(|&name| name.to_owned()).collect())
    }

    /// The member names, outermost first.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The same pointer, one member deeper.
    #[must_use]
    pub fn join(&self, name: &str) -> Self {
        let mut names = self.0.clone();
        names.push(name.to_owned());
        Self(names)
    }
}

impl FromStr for Pointer {
    type Err = PointerError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let path = text
            .strip_prefix('/')
            .ok_or_else(|| PointerError(text.to_owned()))?;
        let unescape = |name: &str| name.replace("~1", "/").replace("~0", "~");
        Ok(Self(path.split('/').map(unescape).collect()))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for name in &self.0 {
            write!(f, "/{}", name.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_written_as_it_was_read() {
        for text in ["", "/results", "/data/items", "/a~1b/~0c", "/"] {
            assert_eq!(text.parse::<Pointer>().unwrap().to_string(), text);
        }
        assert!("results".parse::<Pointer>().is_err());
    }
}
