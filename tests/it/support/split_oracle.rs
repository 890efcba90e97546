//! What must hold of any body that is split, whatever its bytes: `serde_json` is the judge. Shared by the fuzz target.

use apictl::pages::{Page, SplitError, Splitter};
use serde_json::Value;

/// Splits `body` in parts of `size` bytes.
fn split(body: &[u8], size: usize, strict: bool) -> Result<Page, SplitError> {
    let mut splitter = Splitter::new(None).strict(strict);
    for part in body.chunks(size.max(1)) {
        splitter.feed(part)?;
    }
    splitter.finish()
}

/// Panics when the splitter and `serde_json` disagree about `body`.
pub fn judge(body: &[u8], size: usize) {
    let whole = split(body, body.len(), true);
    // Of several faults another may be met first; but what is a page is the same page, and what is none is none.
    let parts = split(body, size, true);
    assert_eq!(parts.as_ref().ok(), whole.as_ref().ok(), "parts of {size}");
    let loose = split(body, size, false);
    let parsed: Result<Value, _> = serde_json::from_slice(body);
    match (&whole, &parsed) {
        (Ok(page), Ok(value)) => {
            assert_eq!(
                loose.as_ref(),
                Ok(page),
                "what is read strictly is read loosely"
            );
            agree(page, value);
        }
        // JSON all the same, and the peculiarity of one reader: nesting, and halves of surrogate pairs.
        (Ok(_), Err(error)) => {
            let words = error.to_string();
            let own = ["recursion", "surrogate", "hex escape"];
            assert!(
                own.iter().any(|own| words.contains(own)),
                "taken for JSON: {words}"
            );
        }
        (Err(SplitError::Malformed { at, what }), Ok(value)) => {
            // A number or a word alone is JSON, and no page.
            let page = value.is_object() || value.is_array();
            assert!(!page || what.contains("128"), "refused at {at}: {what}");
        }
        (Err(SplitError::Malformed { at, .. }), Err(_)) => {
            assert!(*at <= body.len() as u64, "byte {at} of {}", body.len());
        }
        (Err(SplitError::NoItems { .. }), _) => {}
    }
}

fn agree(page: &Page, value: &Value) {
    let place = page.pointer.to_string();
    let emptied = page.envelope.pointer(&place).and_then(Value::as_array);
    if !emptied.is_some_and(Vec::is_empty) {
        // Two members of one name: readers differ in which one counts.
        return;
    }
    let list = value.pointer(&place).and_then(Value::as_array);
    let items: Vec<Value> = page
        .items
        .iter()
        .map(|item| serde_json::from_slice(item).unwrap())
        .collect();
    assert!(
        page.items.iter().all(|item| !item.contains(&b'\n')),
        "an item on two lines"
    );
    assert_eq!(Some(&items), list);
}
