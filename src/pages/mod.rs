//! Paginated endpoints: splitting pages, following `next`, judging what was seen.
//!
//! The pure part takes bytes and answers questions: [`Splitter`] cuts a body into items, [`look`]
//! reads how an endpoint paginates, [`Plan`] says what may be fetched ahead of time, [`resolve`] what a
//! link may make us do, [`Tally`] whether all was seen. [`Walk`] puts requests to them and hands out pages.

mod audit;
mod course;
mod cursor;
mod envelope;
mod error;
mod fetch;
mod flight;
mod items;
mod link;
mod mask;
mod next;
mod origin;
mod pace;
mod plan;
mod pointer;
mod profile;
mod query;
mod recheck;
mod scan;
mod select;
mod shard;
mod split;
mod style;
mod tally;
mod timing;
mod unique;
mod verdicts;
mod visited;
mod walk;
mod window;

pub use audit::{
    Audit, Audited, Check, Finding, KINDS, Kind, Scope, Severity, Status, Step, Stopped, kind,
};
pub use cursor::{Cursor, OFFSET_CUTOFF};
pub use error::WalkError;
pub use fetch::Timing;
pub use items::Items;
pub use link::link_with;
pub use next::{Fields, Hints, Look, Onward, look};
pub use origin::{Fault, Followed, LinkError, Part, resolve};
pub use pace::Pace;
pub use plan::{Plan, Shape, count_on, items_before, shape};
pub use pointer::{Pointer, PointerError};
pub use profile::{Course, Profile, Sample, Width, profile};
pub use query::{parameter, same_request, with_parameter};
pub use recheck::recheck;
pub use select::{Select, SelectError};
pub use shard::{Shard, ShardError};
pub use split::{Page, SplitError, Splitter};
pub use style::{Style, StyleError};
pub use tally::Tally;
pub use timing::{DEEP, Doubt, Fit, Pairs, ROWS, Rule, SETTLED, fit, queries};
pub use unique::{Unique, field};
pub use visited::Visited;
pub use walk::{Batch, Options, Position, Walk};
pub use window::{Concurrency, Window};
