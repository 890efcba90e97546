//! The audit and the matrix over TLS, over IPv6, and over plain http to a name that is not this machine's.

use super::audit::{home, with};
use crate::support::binary::Said;
use crate::support::django;
use crate::support::front::{self, Front};

fn port(front: &Front) -> u16 {
    front.address.port()
}

fn audit(url: &str, flags: &str, certificate: &str) -> Said {
    let home = home();
    home.write("ca.pem", certificate);
    home.run(&format!(
        "token audit {url}/api/me/ -u alice --password-file password --format json {flags}"
    ))
}

#[test]
fn plain_http_to_another_machine_is_a_fault_and_https_is_none() {
    let plain = front::at("127.0.0.1:0", django::shared().address());
    let host = format!("shop.test:{}", port(&plain));
    let flags = format!("--resolve {host}:127.0.0.1 --yes --only plain-http,other-key");
    let said = audit(&format!("http://{host}"), &flags, "").expect(1);
    assert_eq!(with(&said.json(), "fail"), ["plain-http"]);
    assert!(said.stderr.contains("at most"), "{}", said.stderr);

    let secure = front::tls(django::shared().address());
    let host = format!("shop.test:{}", port(&secure));
    let flags =
        format!("--resolve {host}:127.0.0.1 --yes --cacert ca.pem --only plain-http,other-key");
    let report = audit(&format!("https://{host}"), &flags, &secure.certificate)
        .expect(0)
        .json();
    assert_eq!(with(&report, "pass"), ["other-key", "plain-http"]);
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_no_answer() {
    let secure = front::tls(django::shared().address());
    let url = format!("https://127.0.0.1:{}", port(&secure));
    let said = audit(&url, "--only other-key", "").expect(4);
    assert!(said.stderr.contains("TLS"), "{}", said.stderr);
    let flags = "--only other-key --cacert ca.pem";
    audit(&url, flags, &secure.certificate).expect(0);
    let home = home();
    home.write("ca.pem", &secure.certificate);
    let line = format!("access matrix {url}/api/me/ --cacert ca.pem --format json");
    assert_eq!(home.run(&line).expect(0).json()["cells"][0]["status"], 401);
    let line = format!("request GET {url}/api/me/ --cacert ca.pem --timing --format json");
    let report = home.run(&line).expect(3).json();
    let phases: Vec<&str> = report["phases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|phase| phase["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        phases,
        ["connect", "tls", "first_byte", "download", "total"]
    );
}

#[test]
fn an_address_of_version_six_is_this_machine_too() {
    let front = front::at("[::1]:0", django::shared().address());
    let url = format!("http://[::1]:{}", port(&front));
    let report = audit(&url, "--only other-key,jku-x5u,plain-http", "")
        .expect(0)
        .json();
    assert_eq!(with(&report, "pass"), ["other-key", "jku-x5u"]);
    assert_eq!(with(&report, "skip"), ["plain-http"]);
}
