//! Three paginators, their links and their errors.

use crate::django::differential::step::{Step, get};

use super::check::{check_stock, each};

#[test]
fn pages_are_cut_and_linked_alike() {
    let mut steps: Vec<Step> = Vec::new();
    let numbers = [
        "",
        "1",
        "2",
        "51",
        "52",
        "53",
        "0",
        "-1",
        "abc",
        "1.5",
        "2.0",
        "LAST",
        "last",
        "%202",
        "%D9%A2",
        "+3",
        "1_0",
        "99999999999999999999999",
        "2%0a",
        "%00",
    ];
    for path in [
        "/api/products/",
        "/api/products-stock/",
        "/api/bad/next-elsewhere/",
        "/api/bad/next-circular/",
        "/api/bad/miscounted/",
        "/api/notes/",
    ] {
        for page in numbers {
            steps.push(get(&format!("{path}?page={page}")));
        }
        for size in [
            "5",
            "0",
            "-1",
            "abc",
            "",
            "1000",
            "1001",
            "1023",
            "7&page=3",
            "1000&page=2",
            "500&page=last",
        ] {
            steps.push(get(&format!("{path}?page_size={size}")));
        }
        for query in [
            "page=1&page=3",
            "z=1&a=2",
            "q=%20x&e=%C3%A9&a[]=1",
            "b=!*()'&f=%ff",
            "flag",
            "flag&=x&a",
            "a=1&a=2&page=2",
            "a=b=c",
            "a;b=c",
            "A=1&a=2&_=3&page=2",
            "q=a+b%2Bc",
            "%70age=2",
            "x=%E4%BD&page=2",
            "x=~.-_",
        ] {
            steps.push(get(&format!("{path}?{query}")));
        }
    }
    for query in [
        "",
        "limit=10",
        "limit=0",
        "limit=-3",
        "limit=abc",
        "limit=1000",
        "limit=2000",
        "offset=5",
        "offset=20",
        "offset=1020",
        "offset=1023",
        "offset=5000",
        "offset=-1",
        "offset=abc",
        "limit=7&offset=3",
        "offset=3&limit=7&z=%20",
        "limit=10&offset=10",
        "offset=",
        "limit=&offset=4",
        "limit=3&limit=4&offset=9",
    ] {
        steps.push(get(&format!("/api/products-limit-offset/?{query}")));
    }
    for host in ["Example.TEST:80", "localhost:8000", "[::1]:9000", "h"] {
        steps.push(get("/api/products-stock/?page=2").with("Host", host));
    }
    steps.push(get("/api/products-stock/").with("X-Forwarded-Proto", "https"));
    steps.push(get("/api/products-stock/").with("X-Forwarded-Proto", "http"));
    steps.push(get("/api/products-stock/").with("X-Forwarded-Host", "evil.test"));
    for key in [
        "1",
        "1023",
        "1024",
        "0",
        "-1",
        "abc",
        "1.0",
        "99999999999999999999",
        "%20",
        "%D9%A2",
        "1_0",
        "+1",
        "1%2F2",
        "a.b",
        "True",
    ] {
        steps.push(get(&format!("/api/products/{key}/")));
        steps.push(get(&format!("/api/notes/{key}/")));
        steps.push(get(&format!("/api/products/{key}")));
    }
    check_stock(&each(steps));
}

#[test]
fn cursors_are_made_and_read_alike() {
    use base64::Engine;
    let mut steps: Vec<Step> = Vec::new();
    let tokens = [
        "",
        "o=5",
        "o=1000",
        "o=1020",
        "o=-1",
        "o=x",
        "r=1",
        "r=x",
        "r=2",
        "r=1&o=3",
        "p=notadate",
        "p=",
        "p=2026-01-01+05%3A00%3A00%2B00%3A00",
        "r=1&p=2026-01-01+05%3A00%3A00%2B00%3A00",
        "o=3&p=2026-01-01+05%3A00%3A00%2B00%3A00",
        "r=1&o=3&p=2026-01-01+05%3A00%3A00%2B00%3A00",
        "p=2026-01-01",
        "p=2030-01-01",
        "p=1990-01-01",
        "p=2026-01-01T05%3A00%3A30.5Z",
        "p=2026-01-01+05%3A00%3A00%2B02%3A00",
        "r=1&p=2030-01-01",
        "r=1&p=1990-01-01",
        "p=garden",
        "p=zzz",
        "p=aaa",
        "r=1&p=garden",
        "o=190&p=books",
        "o=200&p=garden",
        "r=1&o=190&p=office",
        "r=1&o=10&p=kitchen",
        "p=EUR",
        "p=AAA",
        "r=1&p=ZZZ",
        "o=990&p=AAA",
        "r=1&o=5&p=ZZZ",
        "p=2026-13-01",
        "o=2000&p=AAA",
        "r=1&o=1000&p=ZZZ",
        "x=y",
        "o=1&o=2",
        "o=%31",
    ];
    for path in [
        "/api/products-cursor/",
        "/api/products-cursor-category/",
        "/api/bad/cursor-loop/",
    ] {
        for token in tokens {
            let cursor = base64::engine::general_purpose::STANDARD
                .encode(token)
                .replace('=', "%3D")
                .replace('+', "%2B");
            steps.push(get(&format!("{path}?cursor={cursor}")));
            steps.push(get(&format!("{path}?page_size=7&cursor={cursor}&a=%20")));
        }
        for raw in [
            "!!!!",
            "bz01",
            "bz0",
            "b",
            "bz0%3D",
            "%C3%A9",
            "====",
            "bz01%3D%3D%3D",
            "bz01&cursor=",
            "/w%3D%3D",
        ] {
            steps.push(get(&format!("{path}?cursor={raw}")));
        }
        for size in ["1", "0", "1000", "1001", "1023", "x"] {
            steps.push(get(&format!("{path}?page_size={size}")));
        }
    }
    check_stock(&each(steps));
}
