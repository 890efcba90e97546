//! The `Link` header field (RFC 8288), as far as pagination needs it.

/// The target of the first link with relation `relation`, from the values of all `Link` fields.
pub fn link_with<'a>(fields: &[&'a str], relation: &str) -> Option<&'a str> {
    fields
        .iter()
        .flat_map(|field| links(field))
        .find(|(_, relations)| {
            relations
                .split_ascii_whitespace()
                .any(|found| found.eq_ignore_ascii_case(relation))
        })
        .map(|(target, _)| target)
}

/// Each link of one field: its target and its `rel`, unquoted.
fn links(field: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = field;
    std::iter::from_fn(move || {
        let (_, from) = rest.split_once('<')?;
        let (target, after) = from.split_once('>')?;
        let end = link_end(after);
        rest = &after[end..];
        Some((target.trim(), relation_of(&after[..end])))
    })
}

/// Where the parameters of a link end: at a comma outside quotes.
fn link_end(parameters: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in parameters.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' if !quoted => return at,
            _ => {}
        }
    }
    parameters.len()
}

/// The first `rel` parameter (§3.3: later ones are ignored).
fn relation_of(parameters: &str) -> &str {
    let mut rest = parameters;
    while let Some((_, parameter)) = rest.split_once(';') {
        let end = parameter_end(parameter);
        if let Some((name, value)) = parameter[..end].split_once('=')
            && name.trim().eq_ignore_ascii_case("rel")
        {
            return value.trim().trim_matches('"');
        }
        rest = &parameter[end..];
    }
    ""
}

fn parameter_end(parameter: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in parameter.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b';' if !quoted => return at,
            _ => {}
        }
    }
    parameter.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_is_found_wherever_it_stands() {
        for field in [
            r#"<http://h/?page=2>; rel="next", <http://h/?page=9>; rel="last""#,
            r#"<http://h/?page=1>; rel="prev", <http://h/?page=2>; title="a, <b>; rel=x"; rel="next""#,
            r"<http://h/?page=2>;REL=Next",
            r#"<http://h/?page=2> ; type="x;y" ; rel="first  next""#,
        ] {
            assert_eq!(
                link_with(&[field], "next"),
                Some("http://h/?page=2"),
                "{field}"
            );
        }
        let two = ["<a>; rel=prev", "<b>; rel=next"];
        assert_eq!(link_with(&two, "next"), Some("b"));
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for field in ["", "<a", "<a>; rel=prev", "<a>; rel=prev; rel=next", "next"] {
            assert_eq!(link_with(&[field], "next"), None, "{field}");
        }
    }
}
