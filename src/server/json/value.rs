//! A parsed document.

/// A JSON value with Python's distinctions: `1` and `1.0` differ, and integers have any size.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::server) enum Json {
    Null,
    Bool(bool),
    /// The digits, with an optional minus sign.
    Int(String),
    Float(f64),
    Str(String),
    List(Vec<Json>),
    /// Members in order of first appearance; the last of equal names wins, as in a `dict`.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The name of the Python type it becomes.
    pub(in crate::server) fn python_type(&self) -> &'static str {
        match self {
            Self::Null => "NoneType",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Str(_) => "str",
            Self::List(_) => "list",
            Self::Object(_) => "dict",
        }
    }
}
