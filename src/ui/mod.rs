//! What a person or a script sees: reports, tables, progress. Names nothing else of ours.

mod look;
mod plot;
mod progress;
mod report;
mod table;

pub use look::{Look, Tone, terminal_size};
pub use plot::{Chart, Plot, Series, Shape, svg};
pub use progress::Progress;
pub use report::{Format, Report, lines_of, render};
pub use table::{Table, facts};
