//! Stock simplejwt of three minor versions, with sound settings: no fault.

use serde_json::json;

use super::audit::{audit, home, verdict, with};
use crate::support::django::{Django, Settings, Stack};

#[track_caller]
fn sound(stack: Stack) {
    let django = Django::start(&Settings {
        overrides: json!({"SIMPLE_JWT": {
            "ROTATE_REFRESH_TOKENS": true,
            "BLACKLIST_AFTER_ROTATION": true,
            "AUDIENCE": "shop",
            "ISSUER": "https://shop.test",
        }}),
        stack,
        ..Settings::default()
    });
    let home = home();
    let report = audit(&home, &django, "/api/me/", "--max-requests 60", 0);
    assert_eq!(with(&report, "fail"), [] as [&str; 0]);
    assert_eq!(with(&report, "crash"), [] as [&str; 0]);
    let report = audit(
        &home,
        &django,
        "/api/me/",
        "--secret-file key --skip login-throttle,user-enumeration",
        0,
    );
    assert_eq!(with(&report, "fail"), [] as [&str; 0]);
    for id in [
        "refresh-reuse",
        "logout",
        "verify-after-logout",
        "wrong-audience",
        "expired",
    ] {
        assert_eq!(verdict(&report, id), "pass", "{id}");
    }
}

#[test]
fn simplejwt_5_3_has_no_fault() {
    sound(Stack::Simplejwt53);
}

#[test]
fn simplejwt_5_4_has_no_fault() {
    sound(Stack::Simplejwt54);
}

#[test]
fn simplejwt_5_5_has_no_fault() {
    sound(Stack::Drf318);
}
