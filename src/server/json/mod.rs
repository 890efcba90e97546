//! JSON as Python reads and writes it: byte for byte, error text for error text.

mod indent;
mod parse;
mod python;
mod value;
mod write;

pub(super) use indent::{Indent, indented, spaced};
pub(super) use parse::{ParseFailure, parse};
pub(super) use python::float_repr;
pub(super) use value::Json;
pub(super) use write::{in_ascii, push_string, string};
