//! The JWT code as the program compiles it, without the rest of the program.

#[path = "../../src/jwt/mod.rs"]
pub mod jwt;
#[path = "../../src/secret.rs"]
pub mod secret;
