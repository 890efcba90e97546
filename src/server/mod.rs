//! The embedded API, which answers as Django REST framework does, byte for byte. It knows nothing of the client.
//!
//! `serve` and `router` are the two ways in. A request becomes a `Call`; `dispatch` walks it through DRF's
//! checks to one of the `endpoints`; what comes back is an `Answer` or a `Stop`, rendered as a `Reply`.

mod app;
mod auth;
mod body;
mod call;
mod clock;
mod config;
mod dispatch;
mod endpoints;
mod faults;
mod fields;
mod html;
mod json;
mod jwt;
mod limiter;
mod login;
mod metadata;
mod multipart;
mod negotiate;
mod notes;
mod paginate;
mod products;
mod query;
mod reply;
mod serve;
mod sessions;
mod spoilt;
mod throttle;
mod tokens;
mod users;
mod view;

pub use clock::Clock;
pub use config::{Config, DEFAULT_KEY, Jwt, SigningKey};
pub use faults::{FAULTS, Fault};
pub use limiter::{Algorithm, HeaderFamily, Lie, Limiter, RetryAfter};
pub use serve::{router, serve};
