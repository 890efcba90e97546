//! `Accept: application/json; indent=4`.

/// A compact document laid out as `json.dumps(…, indent=width)` does.
pub(in crate::server) fn indented(compact: &str, width: usize) -> String {
    Indent::by(width).laid_out(compact)
}

/// The layout of a document that comes in parts. No text, and no pair of brackets with nothing in it, may be cut.
#[derive(Debug, Clone)]
pub(in crate::server) struct Indent {
    width: usize,
    depth: usize,
}

impl Indent {
    /// So many spaces a level.
    pub(in crate::server) fn by(width: usize) -> Self {
        Self { width, depth: 0 }
    }

    /// The next part.
    pub(in crate::server) fn laid_out(&mut self, part: &str) -> String {
        let mut out = String::with_capacity(part.len() * 2);
        let mut chars = part.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' => {
                    out.push('"');
                    copy_string(&mut chars, &mut out);
                }
                '{' | '[' => {
                    out.push(c);
                    if let Some(close) = chars.next_if(|next| matches!(next, '}' | ']')) {
                        out.push(close);
                    } else {
                        self.depth += 1;
                        self.break_line(&mut out);
                    }
                }
                '}' | ']' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.break_line(&mut out);
                    out.push(c);
                }
                ',' => {
                    out.push(',');
                    self.break_line(&mut out);
                }
                ':' => out.push_str(": "),
                c => out.push(c),
            }
        }
        out
    }

    fn break_line(&self, out: &mut String) {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', self.depth * self.width));
    }
}

/// A compact document with a space behind each comma and colon, as `json.dumps` writes by default.
pub(in crate::server) fn spaced(compact: &str) -> String {
    let mut out = String::with_capacity(compact.len() + compact.len() / 8);
    let mut chars = compact.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        match c {
            '"' => copy_string(&mut chars, &mut out),
            ',' | ':' => out.push(' '),
            _ => {}
        }
    }
    out
}

/// Copies up to and with the closing quote.
fn copy_string(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) {
    while let Some(c) = chars.next() {
        out.push(c);
        match c {
            '"' => return,
            '\\' => out.extend(chars.next()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::indented;

    #[test]
    fn empty_containers_stay_on_one_line() {
        insta::assert_snapshot!(indented(r#"{"a":[],"b":{"c":"x:{\"y"},"d":[1,2]}"#, 2), @r#"
        {
          "a": [],
          "b": {
            "c": "x:{\"y"
          },
          "d": [
            1,
            2
          ]
        }
        "#);
    }
}
