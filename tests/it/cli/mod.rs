//! The real binary: arguments in; standard output, standard error and exit code out.

mod access;
mod access_logins;
mod audit;
mod configuration;
mod everywhere;
mod jwt_audit;
mod jwt_decode;
mod jwt_joserfc;
mod jwt_keys;
mod jwt_pyjwt;
mod jwt_sign;
mod jwt_tokens;
mod jwt_verify;
mod pages;
mod pages_audit;
mod pages_profile;
mod request;
mod request_timing;
mod serve;
mod throttle;
mod token;
mod token_failures;
mod token_handover;
mod token_keyring;
mod token_renewal;
