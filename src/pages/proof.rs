//! What the verdict on a walk rests on, and what that leaves open. Pure.

use super::style::Style;

/// What says that every item was delivered once, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// The last page was reached; the list gives no count.
    End,
    /// As many items came as the list counts.
    Count,
    /// The same, and both ends of the list held the same items before and after.
    Ends,
    /// Each page began with the last row of the one before it.
    Seams,
    /// Every page held the same items when it was looked at again.
    Recheck,
}

impl Proof {
    /// Its name in a summary.
    pub const fn name(self) -> &'static str {
        match self {
            Self::End => "end",
            Self::Count => "count",
            Self::Ends => "ends",
            Self::Seams => "seams",
            Self::Recheck => "recheck",
        }
    }

    /// What the verdict is by, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::End => "its end alone",
            Self::Count => "its count alone",
            Self::Ends => "its count and both ends",
            Self::Seams => "rows that its pages share",
            Self::Recheck => "a second look",
        }
    }

    /// What may have happened to the list while `pages` pages of it were walked without being seen; `None` where nothing
    /// can. A row that goes while another comes leaves the count as it is.
    pub fn leaves_open(self, style: Style, pages: u64) -> Option<&'static str> {
        // One reply is one look. A cursor says which row comes next, wherever that stands by now.
        if pages < 2 || style == Style::Cursor {
            return None;
        }
        match self {
            Self::Recheck | Self::Seams => None,
            Self::Ends => Some("rows exchanged in between"),
            Self::Count => Some("rows exchanged"),
            Self::End => Some("rows that came or went"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_second_look_a_shared_row_a_cursor_or_a_single_reply_leave_nothing_open() {
        for proof in [Proof::End, Proof::Count, Proof::Ends] {
            for style in [Style::PageNumber, Style::LimitOffset, Style::LinkHeader] {
                assert!(proof.leaves_open(style, 2).is_some(), "{proof:?} {style}");
                assert_eq!(proof.leaves_open(style, 1), None);
            }
            assert_eq!(proof.leaves_open(Style::Cursor, 9), None);
        }
        assert_eq!(Proof::Recheck.leaves_open(Style::PageNumber, 9), None);
        assert_eq!(Proof::Seams.leaves_open(Style::LimitOffset, 9), None);
    }
}
