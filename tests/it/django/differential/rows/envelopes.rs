//! Pages in other shapes than DRF's, as the packages make them that are known for these shapes.

use apictl::server::Config;
use serde_json::json;

use crate::django::differential::step::{Step, get};
use crate::support::django::Stack;

use super::check::{check_on, each};

const NUMBERS: [&str; 12] = [
    "", "1", "2", "51", "52", "53", "0", "-1", "abc", "last", "%202", "2.0",
];
const SIZES: [&str; 6] = ["5", "0", "abc", "", "1000", "1001"];

fn check_all(steps: Vec<Step>) {
    let overrides = json!({"ENVELOPES": true});
    check_on(Stack::Drf318, &overrides, &Config::default(), &each(steps));
}

#[test]
fn link_headers_are_written_as_drf_link_header_pagination_does() {
    let path = "/api/products-link-header/";
    let mut steps = vec![
        get(path),
        Step::new("HEAD", path),
        Step::new("OPTIONS", path),
        Step::new("POST", path),
        get(&format!("{path}?z=1&a=%20&page=2")),
    ];
    for page in NUMBERS {
        steps.push(get(&format!("{path}?page={page}")));
        steps.push(get(&format!("{path}?page_size=500&page={page}")));
    }
    steps.extend(SIZES.map(|size| get(&format!("{path}?page_size={size}"))));
    check_all(steps);
}

#[test]
fn json_api_pages_are_written_as_djangorestframework_jsonapi_does() {
    let path = "/api/products-json-api/";
    let mut steps = vec![
        get(path),
        Step::new("HEAD", path),
        Step::new("POST", path),
        get(&format!("{path}?z=1&a=%20&page[number]=2")),
        get(&format!("{path}?page%5Bnumber%5D=2&page%5Bsize%5D=3")),
        get(&format!("{path}?page=2")),
        get(&format!("{path}?format=json")),
        get(&format!("{path}?format=vnd.api%2Bjson")),
    ];
    for accept in [
        "application/json",
        "application/vnd.api+json",
        "application/vnd.api+json; indent=2",
        "*/*",
        "text/html",
    ] {
        steps.push(get(path).with("Accept", accept));
    }
    for page in NUMBERS {
        steps.push(get(&format!("{path}?page[number]={page}")));
        steps.push(get(&format!("{path}?page[size]=500&page[number]={page}")));
    }
    steps.extend(SIZES.map(|size| get(&format!("{path}?page[size]={size}"))));
    steps.push(get(path).with("Authorization", "Bearer x"));
    check_all(steps);
}

#[test]
fn items_and_counts_are_written_as_django_ninja_does() {
    let path = "/api/products-ninja/";
    let mut steps = vec![get(path), Step::new("HEAD", path), Step::new("POST", path)];
    for query in [
        "limit=5",
        "limit=5&offset=10",
        "offset=1020",
        "offset=1023",
        "offset=9999",
        "limit=1000",
        "page=2",
        "limit=3&z=1",
        "limit=0",
        "limit=x&offset=-1",
        "offset=",
        "limit=5000",
    ] {
        steps.push(get(&format!("{path}?{query}")));
    }
    check_all(steps);
}
