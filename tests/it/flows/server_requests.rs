//! Requests that are almost right, the same in every run: what a fuzzer would come to after a while of its own.

use axum::body::Body;
use http::{Request, Version};

/// A small generator of numbers (xorshift64).
pub struct Draw(u64);

const METHODS: [&str; 9] = [
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW",
];
const PATHS: [&str; 27] = [
    "/api/token/",
    "/api/token/refresh/",
    "/api/token/verify/",
    "/api/token/blacklist/",
    "/api/sliding/",
    "/api/sliding/refresh/",
    "/api-token-auth/",
    "/api-auth/login/",
    "/api-auth/logout/",
    "/api/products/",
    "/api/products/7/",
    "/api/products-limit-offset/",
    "/api/products-cursor/",
    "/api/products-cursor-category/",
    "/api/products-link-header/",
    "/api/products-json-api/",
    "/api/products-ninja/",
    "/api/bad/cursor-loop/",
    "/api/bad/error/",
    "/api/bad/unordered/",
    "/api/bad/throttled-twice/",
    "/api/me/session-token/",
    "/api/notes/",
    "/api/notes/1/",
    "/api/notes-bulk/",
    "/api/drafts/1/",
    "/.well-known/jwks.json",
];
const PARAMETERS: [&str; 14] = [
    "page=",
    "page_size=",
    "limit=",
    "offset=",
    "cursor=",
    "format=",
    "page[number]=",
    "page[size]=",
    "next=",
    "a",
    "cursor=cD0yMDI2LTAxLTAxKzAwJTNBMDAlM0ExNSUyQjAwJTNBMDA%3D",
    "cursor=cj0xJnA9MjAyNi0wMS0wMQ==",
    "cursor=bz0xMDAw",
    "cursor=cD1nYXJkZW4=",
];
const VALUES: [&str; 20] = [
    "",
    "0",
    "1",
    "-1",
    "7",
    "52",
    "1000",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "340282366920938463463374607431768211456",
    "1e9",
    "last",
    "%00",
    "%ff",
    "%D9%A2",
    "%F0%9F%98%80",
    "+",
    "json",
    "/api/me/",
];
const FIELDS: [&str; 13] = [
    "authorization",
    "accept",
    "content-type",
    "content-length",
    "cookie",
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-csrftoken",
    "origin",
    "if-none-match",
    "accept-encoding",
    "host",
    "referer",
];
const FIELD_VALUES: [&str; 30] = [
    "",
    "Bearer a.b.c",
    "Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
    "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjFlMzAwfQ.AA==",
    "bearer x",
    "Token 1111111111111111111111111111111111111111",
    "token",
    "Basic YWxpY2U6YWxpY2UtcGFzcw==",
    "Basic YWRtaW46YWRtaW4tcGFzcw==",
    "Basic =",
    "Basic \u{e9}\u{e9}",
    "application/json",
    "application/json; charset=utf-16",
    "application/json; indent=4",
    "application/json; indent=99999999999999999999",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "multipart/form-data; boundary=\"\"",
    "text/html, */*;q=0.1",
    "application/vnd.api+json",
    "*/*",
    ";;;,,,===",
    "sessionid=x; csrftoken=yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
    "sessionid",
    "10.0.0.1, ,, ::1",
    "https",
    "gzip;q=0, br",
    "W/\"x\", *, \"",
    "\"\"",
    "[::1]:99999",
];
const BODIES: [&str; 22] = [
    "",
    "{}",
    "[]",
    "null",
    "{\"username\":\"alice\",\"password\":\"alice-pass\"}",
    "{\"refresh\":\"a.b.c\"}",
    "{\"token\":\"eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOm51bGx9.\"}",
    "{\"title\":\"x\",\"priority\":5,\"pinned\":true}",
    "{\"title\":\"x\",\"priority\":1e400}",
    "{\"title\":\"x\",\"priority\":\"99999999999999999999999999999999999999999\"}",
    "{\"title\":\"\\ud800\",\"text\":\"\\u0000\"}",
    "[{\"title\":\"x\"},5,null,{\"title\":[]}]",
    "{\"a\":[[[[[[[[[[{\"b\":NaN}]]]]]]]]]]}",
    "username=alice&password=alice-pass&csrfmiddlewaretoken=x",
    "title=%ff&priority=+1&pinned",
    "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n--b--\r\n",
    "--b\r\nContent-Disposition: form-data\r\n\r\n--b",
    "-0",
    "0.000000000000000000000000000000000000001e99999",
    "\"\u{feff}\u{10ffff}\"",
    "{\"a\":1,\"a\":2,}",
    "\\",
];

impl Draw {
    /// A generator that starts from `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// The text, in one case of three with a byte changed, taken away or doubled here and there.
    fn mutated(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = text.as_bytes().to_vec();
        if self.below(3) > 0 {
            return bytes;
        }
        for _ in 0..=self.below(3) {
            if bytes.is_empty() {
                bytes.push(u8::try_from(self.below(256)).unwrap());
                continue;
            }
            let at = self.below(bytes.len());
            match self.below(4) {
                0 => {
                    bytes.remove(at);
                }
                1 => bytes.insert(at, bytes[at]),
                2 => bytes.truncate(at),
                _ => bytes[at] = u8::try_from(self.below(256)).unwrap(),
            }
        }
        bytes
    }

    /// A request, unless what was drawn is none that an HTTP library would let through.
    pub fn request(&mut self) -> Option<Request<Body>> {
        let path = self.one(&PATHS);
        let mut target = self.mutated(path);
        for turn in 0..self.below(4) {
            target.push(if turn == 0 { b'?' } else { b'&' });
            let parameter = self.one(&PARAMETERS);
            target.extend(self.mutated(parameter));
            let value = self.one(&VALUES);
            target.extend(self.mutated(value));
        }
        let mut request = Request::builder()
            .method(self.one(&METHODS))
            .uri(target)
            .version(Version::HTTP_11)
            .header("host", "api.test");
        for _ in 0..self.below(5) {
            let field = self.one(&FIELDS);
            let value = self.one(&FIELD_VALUES);
            request = request.header(field, self.mutated(value));
        }
        let body = self.one(&BODIES);
        let body = self.mutated(body);
        if self.below(8) > 0 {
            request = request.header("content-length", body.len());
        }
        request.body(Body::from(body)).ok()
    }
}
