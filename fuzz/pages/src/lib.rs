//! The splitter alone, from the sources of the program.

#![allow(dead_code, unreachable_pub, reason = "most users of these modules are not here")]

/// As `apictl::pages`.
pub mod pages {
    #[path = "../../../../src/pages/envelope.rs"]
    mod envelope;
    #[path = "../../../../src/pages/items.rs"]
    mod items;
    #[path = "../../../../src/pages/mask.rs"]
    mod mask;
    #[path = "../../../../src/pages/pointer.rs"]
    mod pointer;
    #[path = "../../../../src/pages/scan.rs"]
    mod scan;
    #[path = "../../../../src/pages/split.rs"]
    mod split;

    pub use items::Items;
    pub use pointer::Pointer;
    pub use split::{Page, SplitError, Splitter};
}
