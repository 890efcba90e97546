//! Finds where an item ends: brackets outside strings, counted and matched. The innermost loop of a walk.

use super::mask::masks;

/// What is wrong inside an item, and where in the part at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) what: &'static str,
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

impl Scan {
    /// Just behind an opening quote.
    pub(super) fn in_string() -> Self {
        Self {
            in_string: true,
            ..Self::default()
        }
    }

    /// How many bytes of `bytes` belong to the item when it ends among them; `None` when it goes on.
    pub(super) fn item_end(&mut self, bytes: &[u8]) -> Result<Option<usize>, Fault> {
        let (blocks, tail) = bytes.as_chunks::<64>();
        for (index, block) in blocks.iter().enumerate() {
            if let Some(end) = self.block(block, 64 * index)? {
                return Ok(Some(end));
            }
        }
        let start = 64 * blocks.len();
        match self.bytewise(tail) {
            Ok(end) => Ok(end.map(|end| start + end)),
            Err(fault) => Err(Fault {
                at: start + fault.at,
                ..fault
            }),
        }
    }

    /// Takes 64 bytes at once; `start` is where they stand.
    fn block(&mut self, block: &[u8; 64], start: usize) -> Result<Option<usize>, Fault> {
        let masks = masks(block);
        self.controls |= masks.controls != 0;
        let quotes = masks.quotes & !self.escapes(masks.backslashes);
        let before = if self.in_string { u64::MAX } else { 0 };
        let inside = parity(quotes) ^ before;
        let mut brackets = masks.brackets & !inside;
        while brackets != 0 {
            let bit = brackets.trailing_zeros() as usize;
            brackets &= brackets - 1;
            match block[bit] {
                open @ (b'{' | b'[') => self.open(open, start + bit)?,
                close => {
                    if self.close(close, start + bit)? {
                        self.in_string = false;
                        self.escaped = false;
                        return Ok(Some(start + bit + 1));
                    }
                }
            }
        }
        self.in_string = inside >> 63 == 1;
        Ok(None)
    }

    /// The bytes that a backslash before them takes their meaning, by the way of simdjson: a run of
    /// backslashes escapes what follows it when its length is odd.
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

/// For each bit, whether the number of bits set up to it is odd: between an opening quote and its end.
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

    proptest! {
        #[test]
        fn blocks_and_bytes_find_the_same_end(
            texts in prop::collection::vec("[a-z\\\\\"\\[\\]{}]{0,40}", 0..12),
            rest in "[\\]},\"{]{0,80}",
            part in 1_usize..300,
        ) {
            let item = serde_json::json!({"texts": texts, "deep": [{"x": [texts.len()]}]}).to_string();
            let bytes = format!("{item}{rest}").into_bytes();
            let mut scan = Scan::default();
            let mut taken = 0;
            let mut found = None;
            for part in bytes.chunks(part) {
                if let Some(end) = scan.item_end(part).unwrap() {
                    found = Some(taken + end);
                    break;
                }
                taken += part.len();
            }
            prop_assert_eq!(found, Some(item.len()));
            prop_assert_eq!(Scan::default().bytewise(&bytes).unwrap(), Some(item.len()));
        }
    }
}
