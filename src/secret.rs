//! A text that must not be shown: passwords, tokens, keys.

use std::fmt;
use std::str::FromStr;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A secret text: redacted in `Debug`, without `Display`, overwritten in memory when dropped.
#[derive(Clone, PartialEq, Eq, Default, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text that must not be shown.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that sends, signs or stores it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A form that may be shown: the first eight characters of a long text, which in a JWT are the
    /// start of its public header, and its length; nothing at all of a short one.
    pub fn cut(&self) -> String {
        let length = self.0.chars().count();
        if length < 24 {
            return "[redacted]".to_owned();
        }
        let head: String = self.0.chars().take(8).collect();
        format!("{head}…({length} characters)")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

impl FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::new(text))
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_of_it() {
        assert_eq!(
            format!("{:?}", Secret::new("hunter2hunter2")),
            "Secret([redacted])"
        );
    }

    #[test]
    fn a_long_secret_is_cut_and_a_short_one_hidden() {
        assert_eq!(Secret::new("short").cut(), "[redacted]");
        let cut = Secret::new("eyJhbGciOiJIUzI1NiJ9.payload.signature").cut();
        assert_eq!(cut, "eyJhbGci…(38 characters)");
    }
}
