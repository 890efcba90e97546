//! Keys of every form that projects keep them in, told apart by their content, never by a file name.
//!
//! - `material`: one key, its kind and what it may be used for. `curve`: the elliptic curves.
//! - `read`: bytes to keys. `der`: PKCS#1, PKCS#8, SEC1, SPKI and X.509. `jwk`: RFC 7517 and 7638.
//! - `generate`, `write`: new keys, and keys as PEM or JWK.

mod curve;
mod der;
mod generate;
mod jwk;
mod material;
mod read;
mod write;

pub use curve::Curve;
pub use generate::{KeyType, generate};
pub use jwk::{private_jwk, public_jwk, thumbprint};
pub(crate) use material::Material;
pub use material::{Key, KeyError};
pub use read::{read_keys, read_secret};
pub(crate) use write::pkcs8;
pub use write::{private_pem, public_pem};
