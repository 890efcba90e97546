//! Paginated endpoints: splitting pages, following `next`, judging what was seen.
//!
//! The pure part takes bytes and answers questions: [`Splitter`] cuts a body into items, [`look`]
//! reads how an endpoint paginates, [`Plan`] says what may be fetched ahead of time, [`resolve`] what a
//! link may make us do, [`Tally`] whether all was seen. [`Walk`] puts requests to them and hands out pages.

mod ahead;
mod audit;
mod course;
mod cursor;
mod ends;
mod envelope;
mod error;
mod fetch;
mod flight;
mod items;
mod keys;
mod link;
mod mask;
mod measure;
mod names;
mod next;
mod options;
mod origin;
mod pace;
mod page;
mod passed;
mod plan;
mod pointer;
mod profile;
mod proof;
mod query;
mod ranged;
mod recheck;
mod scan;
mod seam;
mod select;
mod settle;
mod shard;
mod sizing;
mod slab;
mod split;
mod strides;
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
pub use measure::{Refused, Width};
pub use next::{Fields, Hints, Look, Onward, look};
pub use options::Options;
pub use origin::{Fault, Followed, LinkError, Part, resolve};
pub use pace::Pace;
pub use page::{Page, SplitError};
pub use plan::{Plan, Shape, count_on, items_before, shape};
pub use pointer::{Pointer, PointerError};
pub use profile::{Course, Profile, Sample, profile};
pub use proof::Proof;
pub use query::{parameter, same_request, with_parameter};
pub use recheck::recheck;
pub use select::{Select, SelectError};
pub use shard::{Shard, ShardError};
pub use split::Splitter;
pub use style::{Style, StyleError};
pub use tally::Tally;
pub use timing::{DEEP, Doubt, Fit, Pairs, ROWS, Rule, SETTLED, fit, fit_times, queries};
pub use unique::{Unique, field};
pub use visited::Visited;
pub use walk::{Batch, Position, Walk};
pub use window::{Concurrency, Window};
