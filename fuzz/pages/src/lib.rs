//! The splitter alone, from the sources of the program.

#![allow(dead_code, unreachable_pub, reason = "most users of these modules are not here")]

/// As `apictl::pages`.
#[path = "../../../src/pages"]
pub mod pages {
    mod envelope;
    mod items;
    mod mask;
    mod page;
    mod pointer;
    mod scan;
    mod slab;
    mod split;

    pub use items::Items;
    pub use page::{Page, SplitError};
    pub use pointer::Pointer;
    pub use split::Splitter;
}
