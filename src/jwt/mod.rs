//! JSON Web Tokens: bytes and `now` in, findings out. Pure.
