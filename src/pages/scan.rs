//! Finds where an item ends: brackets outside strings, counted and matched. The innermost loop of a walk.

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
