//! Finds where an item ends: brackets outside strings, counted and matched. The innermost loop of a walk.

use super::mask::{Block, GROUP, Look, Masks, find, parity};

/// What is wrong inside an item, and where in the part at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) what: &'static str,
}

/// What was gone through: so many bytes, behind which an item is open or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) used: usize,
    pub(super) open: bool,
}

/// The deepest nesting taken, as in `serde_json`.
const MAX_DEPTH: u32 = 128;

/// Where in an item the bytes so far have led.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Scan {
    depth: u32,
    /// One bit for each open bracket, innermost lowest: 1 for an object.
    objects: u128,
    in_string: bool,
    escaped: bool,
    /// Whether a byte below the space was among them: a line break, most likely.
    controls: bool,
}

/// A scan on its way through the groups of a part.
struct Course<'a> {
    scan: Scan,
    /// All bits where the next block begins in a string.
    inside: u64,
    bytes: &'a [u8],
    many: bool,
    /// What is added to where an item ends.
    base: usize,
    ends: &'a mut Vec<usize>,
}

impl Look for Course<'_> {
    /// Where the last item ends, if none follows at once.
    type Answer = Result<usize, Fault>;

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "it is compiled for the registers of its caller"
    )]
    fn look(
        &mut self,
        index: usize,
        group: &[u8; GROUP],
        masks: &Masks,
    ) -> Option<Result<usize, Fault>> {
        // Kept in registers for as long as the group lasts.
        let mut scan = self.scan;
        scan.controls |= masks.controls;
        let unescaped;
        let blocks = if masks.backslashes.is_some() || scan.escaped {
            unescaped = scan.unescape(masks);
            &unescaped
        } else {
            &masks.blocks
        };
        for (number, block) in blocks.iter().enumerate() {
            let inside = block.strings ^ self.inside;
            // Its last bit, for all of the next block.
            self.inside = (inside.cast_signed() >> 63).cast_unsigned();
            let mut brackets = block.brackets & !inside;
            while brackets != 0 {
                let bit = 64 * number + brackets.trailing_zeros() as usize;
                brackets &= brackets - 1;
                let at = GROUP * index + bit;
                let closed = match group[bit] {
                    open @ (b'{' | b'[') => scan.open(open, at).map(|()| false),
                    close => scan.close(close, at),
                };
                let last = match closed {
                    Ok(false) => continue,
                    Ok(true) => {
                        self.ends.push(self.base + at + 1);
                        !self.many || !another(self.bytes, at + 1)
                    }
                    Err(_) => true,
                };
                if last {
                    self.scan = scan;
                    return Some(closed.map(|_| at + 1));
                }
            }
        }
        self.scan = scan;
        None
    }
}

impl Scan {
    /// Just behind an opening quote.
    pub(super) fn in_string() -> Self {
        Self {
            in_string: true,
            ..Self::default()
        }
    }

    /// Goes through an item, or what is left of it, and with `many` through those that follow it with nothing but a comma
    /// between; pushes where each ends, counted from `base` bytes before these.
    pub(super) fn items(
        &mut self,
        bytes: &[u8],
        many: bool,
        base: usize,
        ends: &mut Vec<usize>,
    ) -> Result<Run, Fault> {
        let (groups, tail) = bytes.as_chunks::<GROUP>();
        let start = bytes.len() - tail.len();
        let mut course = Course {
            inside: if self.in_string { u64::MAX } else { 0 },
            scan: *self,
            bytes,
            many,
            base,
            ends,
        };
        let mut found = find(groups, &mut course);
        let plain = !course.scan.escaped && memchr::memchr(b'\\', tail).is_none();
        if found.is_none() && plain && !tail.is_empty() {
            // Behind the tail there are spaces, which mean nothing.
            let mut last = [b' '; GROUP];
            last[..tail.len()].copy_from_slice(tail);
            course.bytes = &bytes[start..];
            course.base += start;
            found = find(&[last], &mut course);
            found = found.map(|found| match found {
                Ok(used) => Ok(start + used),
                Err(fault) => Err(Fault {
                    at: start + fault.at,
                    ..fault
                }),
            });
        }
        let inside = course.inside != 0;
        *self = course.scan;
        self.in_string = inside;
        if let Some(found) = found {
            self.in_string = false;
            self.escaped = false;
            return found.map(|used| Run { used, open: false });
        }
        if plain {
            return Ok(Run {
                used: bytes.len(),
                open: true,
            });
        }
        match self.bytewise(tail) {
            Ok(Some(end)) => {
                ends.push(base + start + end);
                Ok(Run {
                    used: start + end,
                    open: false,
                })
            }
            Ok(None) => Ok(Run {
                used: bytes.len(),
                open: true,
            }),
            Err(fault) => Err(Fault {
                at: start + fault.at,
                ..fault
            }),
        }
    }

    /// The bytes that a backslash before them takes their meaning, by the way of simdjson: a run of
    /// backslashes escapes what follows it when its length is odd.
    #[inline]
    fn escapes(&mut self, backslashes: u64) -> u64 {
        const EVEN: u64 = 0x5555_5555_5555_5555;
        let carried = u64::from(self.escaped);
        if backslashes == 0 {
            self.escaped = false;
            return carried;
        }
        let backslashes = backslashes & !carried;
        let follows = backslashes << 1 | carried;
        let odd_starts = backslashes & !EVEN & !follows;
        let (sequences, overflow) = odd_starts.overflowing_add(backslashes);
        self.escaped = overflow;
        (EVEN ^ (sequences << 1)) & follows
    }

    /// The blocks of a group without the quotes that a backslash escapes.
    #[cold]
    fn unescape(&mut self, masks: &Masks) -> [Block; 4] {
        let mut blocks = masks.blocks;
        let backslashes = masks.backslashes.unwrap_or_default();
        for (block, backslashes) in blocks.iter_mut().zip(backslashes) {
            block.strings = parity(block.quotes & !self.escapes(backslashes));
        }
        blocks
    }

    /// Whether there may be a line break in the item; it may as well be right behind it.
    pub(super) fn may_break(&self) -> bool {
        self.controls
    }

    /// The same, byte by byte, for what is left of a part.
    fn bytewise(&mut self, bytes: &[u8]) -> Result<Option<usize>, Fault> {
        self.controls |= bytes.iter().any(|&byte| byte < b' ');
        let mut at = 0;
        while at < bytes.len() {
            if self.in_string {
                match self.string_end(&bytes[at..]) {
                    Some(used) => at += used,
                    None => return Ok(None),
                }
                continue;
            }
            let Some(skip) = bytes[at..].iter().position(|&byte| STOPS[byte as usize]) else {
                return Ok(None);
            };
            at += skip;
            match bytes[at] {
                b'"' => self.in_string = true,
                open @ (b'{' | b'[') => self.open(open, at)?,
                close => {
                    if self.close(close, at)? {
                        return Ok(Some(at + 1));
                    }
                }
            }
            at += 1;
        }
        Ok(None)
    }

    /// How many bytes of `bytes` belong to the string that is open; `None` when it goes on.
    pub(super) fn string_end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        if self.escaped && !bytes.is_empty() {
            self.escaped = false;
            at = 1;
        }
        while let Some(skip) = memchr::memchr2(b'"', b'\\', bytes.get(at..)?) {
            at += skip;
            if bytes[at] == b'"' {
                self.in_string = false;
                return Some(at + 1);
            }
            if at + 1 == bytes.len() {
                self.escaped = true;
                return None;
            }
            at += 2;
        }
        None
    }

    #[inline]
    fn open(&mut self, bracket: u8, at: usize) -> Result<(), Fault> {
        if self.depth == MAX_DEPTH {
            let what = "an item is nested deeper than 128 levels";
            return Err(Fault { at, what });
        }
        self.depth += 1;
        self.objects = self.objects << 1 | u128::from(bracket == b'{');
        Ok(())
    }

    /// Takes a closing bracket; true when it ends the item.
    #[inline]
    fn close(&mut self, bracket: u8, at: usize) -> Result<bool, Fault> {
        if self.depth == 0 || (self.objects & 1 == 1) != (bracket == b'}') {
            let what = "a bracket closes what another kind opened";
            return Err(Fault { at, what });
        }
        self.depth -= 1;
        self.objects >>= 1;
        Ok(self.depth == 0)
    }
}

/// Whether an object or array follows at `at` with nothing but a comma before it.
#[inline]
fn another(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at..at + 2), Some([b',', b'{' | b'[']))
}

/// The bytes that mean something outside a string.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    stops[b'"' as usize] = true;
    stops[b'{' as usize] = true;
    stops[b'}' as usize] = true;
    stops[b'[' as usize] = true;
    stops[b']' as usize] = true;
    stops
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The ends of the items at the beginning of `bytes`, which come in parts of `part` bytes; one by one, or many at once.
    fn ends(bytes: &[u8], part: usize, many: bool) -> Vec<usize> {
        let mut scan = Scan::default();
        let (mut taken, mut found) = (0, Vec::new());
        while taken < bytes.len() {
            let here = &bytes[taken..bytes.len().min(taken + part)];
            let mut ends = Vec::new();
            let run = scan.items(here, many, 0, &mut ends).unwrap();
            found.extend(ends.iter().map(|end| taken + end));
            taken += run.used;
            if !run.open {
                if !another(bytes, taken) {
                    break;
                }
                taken += 1;
                scan = Scan::default();
            }
        }
        found
    }

    proptest! {
        #[test]
        fn blocks_and_bytes_find_the_same_ends(
            items in prop::collection::vec(prop::collection::vec("[a-z\\\\\"\\[\\]{}\n]{0,40}", 0..6), 1..8),
            rest in "[\\],\"{]{0,80}",
            part in 1_usize..300,
        ) {
            let mut text = String::new();
            let mut wanted = Vec::new();
            for texts in &items {
                text += &serde_json::json!({"texts": texts, "deep": [{"x": [texts.len()]}]}).to_string();
                wanted.push(text.len());
                text.push(',');
            }
            text.pop();
            let bytes = format!("{text}]{rest}").into_bytes();
            prop_assert_eq!(Scan::default().bytewise(&bytes).unwrap(), Some(wanted[0]));
            prop_assert_eq!(&ends(&bytes, part, true), &wanted);
            prop_assert_eq!(&ends(&bytes, part, false), &wanted);
            prop_assert_eq!(&ends(&bytes, usize::MAX / 2, true), &wanted);
        }
    }
}
