//! Finds where an item ends: brackets outside strings, counted and matched. The innermost loop of a walk.

use super::mask::{Look, Masks, find};

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

/// A scan on its way through the blocks of a part.
struct Course<'a> {
    scan: Scan,
    bytes: &'a [u8],
    many: bool,
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
        block: &[u8; 64],
        masks: Masks,
    ) -> Option<Result<usize, Fault>> {
        let scan = &mut self.scan;
        scan.controls |= masks.controls != 0;
        let quotes = masks.quotes & !scan.escapes(masks.backslashes);
        let before = if scan.in_string { u64::MAX } else { 0 };
        let inside = parity(quotes) ^ before;
        // Sooner known than the last bit of `inside`, for which the next block would wait.
        scan.in_string ^= quotes.count_ones() & 1 == 1;
        let mut brackets = masks.brackets & !inside;
        while brackets != 0 {
            let bit = brackets.trailing_zeros() as usize;
            let at = 64 * index + bit;
            brackets &= brackets - 1;
            match block[bit] {
                open @ (b'{' | b'[') => {
                    if let Err(fault) = scan.open(open, at) {
                        return Some(Err(fault));
                    }
                }
                close => match scan.close(close, at) {
                    Ok(false) => {}
                    Ok(true) => {
                        self.ends.push(at + 1);
                        if !self.many || !another(self.bytes, at + 1) {
                            scan.in_string = false;
                            scan.escaped = false;
                            return Some(Ok(at + 1));
                        }
                    }
                    Err(fault) => return Some(Err(fault)),
                },
            }
        }
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
    /// between; pushes where each ends.
    pub(super) fn items(
        &mut self,
        bytes: &[u8],
        many: bool,
        ends: &mut Vec<usize>,
    ) -> Result<Run, Fault> {
        let (blocks, tail) = bytes.as_chunks::<64>();
        let mut course = Course {
            scan: *self,
            bytes,
            many,
            ends,
        };
        let found = find(blocks, &mut course);
        *self = course.scan;
        if let Some(found) = found {
            return found.map(|used| Run { used, open: false });
        }
        let start = 64 * blocks.len();
        match self.bytewise(tail) {
            Ok(Some(end)) => {
                ends.push(start + end);
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

/// For each bit, whether the number of bits set up to it is odd: between an opening quote and its end.
#[inline]
const fn parity(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ bits << 32
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
            let run = scan.items(here, many, &mut ends).unwrap();
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
