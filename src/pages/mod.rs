//! Paginated endpoints: splitting pages, following `next`, judging what was seen.
//!
//! The pure part takes bytes and answers questions: [`Splitter`] cuts a body into items, [`look`]
//! reads how an endpoint paginates, [`Plan`] says what may be fetched ahead of time and [`resolve`]
//! what a link may make us do.

mod cursor;
mod envelope;
mod items;
mod link;
mod next;
mod origin;
mod plan;
mod pointer;
mod query;
mod scan;
mod split;
mod style;
mod visited;

pub use cursor::{Cursor, OFFSET_CUTOFF};
pub use items::Items;
pub use link::link_with;
pub use next::{Fields, Hints, Look, Onward, look};
pub use origin::{Fault, Followed, LinkError, Part, resolve};
pub use plan::{Plan, Shape, shape};
pub use pointer::{Pointer, PointerError};
pub use query::{parameter, same_request, with_parameter};
pub use split::{Page, SplitError, Splitter};
pub use style::{Style, StyleError};
pub use visited::Visited;
