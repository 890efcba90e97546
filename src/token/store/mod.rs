//! Logins between runs and between processes: the only code that reads and writes them.
//!
//! - `logins`: one file each, replaced in one step, under a lock between processes. `files`: how files are
//!   read, written and kept private.
//! - `keeping`: whether the files are sealed with a key in the operating system's keyring, decided once and
//!   remembered. `keyring`: the way there. `seal`: the envelope, pure but for randomness.

mod files;
mod keeping;
mod keyring;
mod logins;
mod seal;

pub use keeping::{Keeping, Kept, Wish};
pub use keyring::KeyringError;
pub use logins::{Found, Held, Store, StoreError};
