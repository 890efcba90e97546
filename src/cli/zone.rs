//! The local time zone, read from its one file: to name it, a library would list the whole zone database.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jiff::tz::TimeZone;

/// The zone that `TZ` names, else the machine's.
pub(crate) fn local() -> TimeZone {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    ZONE.get_or_init(|| {
        let named = std::env::var_os("TZ").map(|name| name.to_string_lossy().into_owned());
        zone(named.as_deref()).unwrap_or_else(TimeZone::system)
    })
    .clone()
}

/// The zone of a `TZ` as in POSIX (8.3) and glibc: a file, a name of the zone database, or a rule.
fn zone(named: Option<&str>) -> Option<TimeZone> {
    let Some(named) = named else {
        return file(Path::new("/etc/localtime"));
    };
    let name = named.strip_prefix(':').unwrap_or(named);
    if name.is_empty() {
        return Some(TimeZone::UTC);
    }
    if Path::new(name).is_absolute() {
        return file(Path::new(name));
    }
    let leaves = name.split('/').any(|part| part == "..");
    let folder =
        std::env::var_os("TZDIR").map_or_else(|| "/usr/share/zoneinfo".into(), PathBuf::from);
    let found = (!leaves).then(|| file(&folder.join(name))).flatten();
    found.or_else(|| TimeZone::posix(name).ok())
}

fn file(path: &Path) -> Option<TimeZone> {
    TimeZone::tzif("local", &std::fs::read(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offset(named: &str) -> i32 {
        let winter = jiff::Timestamp::from_second(1_700_000_000).unwrap();
        zone(Some(named)).unwrap().to_offset(winter).seconds()
    }

    #[test]
    fn a_zone_is_a_name_a_file_or_a_rule() {
        assert_eq!(offset(""), 0);
        assert_eq!(offset("Europe/Berlin"), 3600);
        assert_eq!(offset(":Asia/Kathmandu"), 20_700);
        assert_eq!(offset("/usr/share/zoneinfo/America/New_York"), -18_000);
        assert_eq!(offset("EST5EDT"), -18_000);
        assert_eq!(offset("<+0330>-3:30"), 12_600);
    }

    #[test]
    fn what_is_no_zone_is_none() {
        for named in ["Nowhere/City", "../../etc/passwd", "/dev/null", "/no/file"] {
            assert!(zone(Some(named)).is_none(), "{named}");
        }
    }
}
