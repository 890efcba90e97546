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
mod envelopes;
mod extras;
mod faults;
mod fields;
mod holes;
mod html;
mod json;
mod jwt;
mod keys;
mod limiter;
mod login;
mod long_list;
mod metadata;
mod multipart;
mod negotiate;
mod ninja;
mod notes;
mod paginate;
mod products;
mod profile;
mod query;
mod reply;
mod routes;
mod serve;
mod sessions;
mod spoilt;
mod throttle;
mod tokens;
mod users;
mod view;

pub use clock::Clock;
pub use config::{Config, DEFAULT_KEY, Extras, Jwt};
pub use faults::{FAULTS, Fault};
pub use keys::{KeyError, SigningKey};
pub use limiter::{Algorithm, HeaderFamily, Lie, Limiter, RetryAfter};
pub use profile::Profile;
pub use serve::{router, serve};
