//! What stands around the items: finds the list of items while the envelope is read byte by byte.

use serde_json::Value;

use super::pointer::Pointer;

/// Names under which APIs keep the list of items, likeliest first.
const LISTS: [&str; 16] = [
    "results",
    "items",
    "data",
    "objects",
    "records",
    "entries",
    "rows",
    "features",
    "hits",
    "values",
    "member",
    "hydra:member",
    "value",
    "list",
    "content",
    "elements",
];

/// Names of objects that hold such a list.
const WRAPPERS: [&str; 7] = [
    "data",
    "results",
    "result",
    "response",
    "payload",
    "_embedded",
    "page",
];

#[derive(Debug)]
struct Frame {
    object: bool,
    /// The member that is being read, with its quotes and escapes.
    key: Vec<u8>,
    in_key: bool,
}

/// The open brackets of an envelope, and the list that is looked for.
#[derive(Debug)]
pub(super) struct Outline {
    wanted: Option<Pointer>,
    found: Option<Pointer>,
    list_at: u64,
    seen: u64,
    frames: Vec<Frame>,
    in_string: bool,
    escaped: bool,
}

impl Outline {
    pub(super) fn new(wanted: Option<Pointer>) -> Self {
        Self {
            wanted,
            found: None,
            list_at: u64::MAX,
            seen: 0,
            frames: Vec::new(),
            in_string: false,
            escaped: false,
        }
    }

    pub(super) fn wanted(&self) -> Option<&Pointer> {
        self.wanted.as_ref()
    }

    pub(super) fn found(&self) -> Option<&Pointer> {
        self.found.as_ref()
    }

    /// Where in the envelope the list stands, just behind its opening bracket.
    pub(super) fn list_at(&self) -> u64 {
        self.list_at
    }

    /// Takes one byte; true when it opens the list of items.
    pub(super) fn step(&mut self, byte: u8) -> Result<bool, &'static str> {
        self.seen += 1;
        if self.in_string {
            self.string(byte);
            return Ok(false);
        }
        match byte {
            b'"' => {
                self.in_string = true;
                if let Some(frame) = self.frames.last_mut().filter(|frame| frame.in_key) {
                    frame.key.clear();
                    frame.key.push(byte);
                }
            }
            b':' => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.in_key = false;
                }
            }
            b',' => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.in_key = frame.object;
                }
            }
            b'{' | b'[' => return self.open(byte),
            b'}' | b']' => {
                let frame = self.frames.pop().ok_or("a bracket that nothing opened")?;
                if frame.object != (byte == b'}') {
                    return Err("a bracket closes what another kind opened");
                }
            }
            _ if self.frames.is_empty() && !byte.is_ascii_whitespace() => {
                return Err("expected an object or an array");
            }
            _ => {}
        }
        Ok(false)
    }

    /// Leaves the list of items.
    pub(super) fn leave(&mut self) {
        self.seen += 1;
        self.frames.pop();
    }

    /// Whether every bracket was closed.
    pub(super) fn is_closed(&self) -> bool {
        self.frames.is_empty()
    }

    /// The brackets that would close what is open.
    pub(super) fn closers(&self) -> impl Iterator<Item = u8> {
        self.frames
            .iter()
            .rev()
            .map(|frame| if frame.object { b'}' } else { b']' })
    }

    fn string(&mut self, byte: u8) {
        if let Some(frame) = self.frames.last_mut().filter(|frame| frame.in_key) {
            frame.key.push(byte);
        }
        if self.escaped {
            self.escaped = false;
        } else if byte == b'\\' {
            self.escaped = true;
        } else if byte == b'"' {
            self.in_string = false;
        }
    }

    fn open(&mut self, byte: u8) -> Result<bool, &'static str> {
        // serde_json refuses deeper ones as well, but only at the end of the body.
        if self.frames.len() == 128 {
            return Err("the envelope is nested deeper than 128 levels");
        }
        let starts = byte == b'[' && self.found.is_none() && self.starts_list();
        self.frames.push(Frame {
            object: byte == b'{',
            key: Vec::new(),
            in_key: byte == b'{',
        });
        if starts {
            self.list_at = self.seen;
        }
        Ok(starts)
    }

    /// Whether a list that begins here is the one; notes where it is.
    fn starts_list(&mut self) -> bool {
        if self.frames.len() > 8 || self.frames.iter().any(|frame| !frame.object) {
            return false;
        }
        let mut pointer = Pointer::default();
        for frame in &self.frames {
            match serde_json::from_slice::<String>(&frame.key) {
                Ok(name) => pointer = pointer.join(&name),
                Err(_) => return false,
            }
        }
        let names: Vec<&str> = pointer.names().iter().map(String::as_str).collect();
        let fits = match &self.wanted {
            Some(wanted) => *wanted == pointer,
            None => match names[..] {
                [] => true,
                [name] => LISTS.contains(&name),
                [wrapper, name] => WRAPPERS.contains(&wrapper) && LISTS.contains(&name),
                _ => false,
            },
        };
        if fits {
            self.found = Some(pointer);
        }
        fits
    }
}

/// Members that say how the request went, or what the list may be filtered by.
const ASIDES: [&str; 5] = ["errors", "warnings", "facets", "filters", "aggregations"];

/// The likeliest list of items in a body that has none under a usual name: of objects, neither an aside nor empty where
/// there is such a one, then the least deep, and of those the longest.
pub(super) fn find_list(body: &Value) -> Option<Pointer> {
    let mut level = vec![(Pointer::default(), body)];
    let mut best: Option<((bool, bool, usize), Pointer)> = None;
    for depth in 0..4 {
        let mut deeper = Vec::new();
        let mut longest = 0;
        for (pointer, value) in level {
            for (name, member) in value.as_object().into_iter().flatten() {
                match member {
                    Value::Array(list) if list.iter().all(Value::is_object) => {
                        let place = pointer.join(name);
                        let is_aside =
                            |name: &String| ASIDES.contains(&name.to_ascii_lowercase().as_str());
                        let aside = place.names().iter().any(is_aside);
                        let rank = (aside, list.is_empty(), depth);
                        let is_better = best.as_ref().is_none_or(|(known, _)| {
                            rank < *known || rank == *known && list.len() > longest
                        });
                        if is_better {
                            longest = list.len();
                            best = Some((rank, place));
                        }
                    }
                    Value::Object(_) => deeper.push((pointer.join(name), member)),
                    _ => {}
                }
            }
        }
        level = deeper;
    }
    best.map(|(_, pointer)| pointer)
}
