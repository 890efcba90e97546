//! Query strings as Django's `QueryDict` reads them and Python's `urlencode` writes them.

/// Parsed parameters, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    /// `parse_qsl(text, keep_blank_values=True)`.
    pub(super) fn parse(text: &str) -> Self {
        Self::parse_bytes(text.as_bytes())
    }

    /// The same of a form's bytes.
    pub(super) fn parse_bytes(bytes: &[u8]) -> Self {
        let pairs = bytes
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let mut halves = pair.splitn(2, |byte| *byte == b'=');
                let name = halves.next().unwrap_or_default();
                (decoded(name), decoded(halves.next().unwrap_or_default()))
            });
        Self(pairs.collect())
    }

    /// The last value of a parameter.
    pub(super) fn last(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// All parameters.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// With one parameter replaced, or removed, and all sorted by name: `replace_query_param`.
    pub(super) fn replaced(&self, name: &str, value: Option<&str>) -> String {
        let mut pairs: Vec<(&str, &str)> = Vec::with_capacity(self.0.len() + 1);
        let mut placed = false;
        for (key, old) in &self.0 {
            if key != name {
                pairs.push((key, old));
            } else if let Some(value) = value.filter(|_| !placed) {
                pairs.push((key, value));
                placed = true;
            }
        }
        if let Some(value) = value.filter(|_| !placed) {
            pairs.push((name, value));
        }
        // Repeats of one name stay together and in order; the sort is by code point, and stable.
        pairs.sort_by(|left, right| left.0.cmp(right.0));
        encode(&pairs)
    }
}

/// `urlencode(pairs)`.
pub(super) fn encode(pairs: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        push_quoted(&mut out, name);
        out.push('=');
        push_quoted(&mut out, value);
    }
    out
}

/// `quote_plus`.
fn push_quoted(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'_' | b'.' | b'-' | b'~' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
}

fn decoded(bytes: &[u8]) -> String {
    let spaced: Vec<u8> = bytes
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    percent_encoding::percent_decode(&spaced)
        .decode_utf8_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::Query;

    #[test]
    fn a_replaced_parameter_is_sorted_and_encoded_anew() {
        let query = Query::parse("z=%20&page=1&a[]=!&flag&caf%C3%A9=%ff");
        assert_eq!(
            query.replaced("page", Some("2")),
            "a%5B%5D=%21&caf%C3%A9=%EF%BF%BD&flag=&page=2&z=+"
        );
        assert_eq!(Query::parse("page=2").replaced("page", None), "");
    }
}
