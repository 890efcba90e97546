//! The products by formula: row `i`, counted from 1, is computed and never stored.

use super::json::push_string;

const MAKES: [&str; 7] = ["Oak", "Steel", "Linen", "Crème", "Paper", "Glass", "Copper"];
const THINGS: [&str; 11] = [
    "chair", "lamp", "kettle", "notebook", "bowl", "clock", "basket", "shelf", "mug", "rug", "vase",
];
/// In alphabetical order: product `i` belongs to number `i % 5`.
pub(super) const CATEGORIES: [&str; 5] = ["books", "garden", "kitchen", "music", "office"];
/// Every product's currency.
pub(super) const CURRENCY: &str = "EUR";
/// 2026-01-01T00:00:00Z in minutes since the Unix epoch; product `i` was created `i` minutes later.
const EPOCH_MINUTES: u64 = 29_453_760;

/// Appends product `i` as DRF renders it.
pub(super) fn push(out: &mut String, i: u64) {
    use std::fmt::Write;
    let cents = 100 + (i % 99_900) * 7919 % 99_900;
    let tenths = (i % 50) * 31 % 50;
    let make = MAKES[(i % 7) as usize];
    let thing = THINGS[(i % 11) as usize];
    // Writing to a String cannot fail.
    let _ = write!(out, "{{\"id\":{i},\"name\":");
    push_string(out, &format!("{make} {thing} {i}"));
    let _ = write!(
        out,
        ",\"price\":\"{}.{:02}\",\"rating\":{}.{},\"category\":\"{}\",\"currency\":\"{CURRENCY}\",\"in_stock\":{},\"created\":\"{}\"}}",
        cents / 100,
        cents % 100,
        tenths / 10,
        tenths % 10,
        category(i),
        !i.is_multiple_of(9),
        created(i, "T", "Z"),
    );
}

/// The category of product `i`.
pub(super) fn category(i: u64) -> &'static str {
    CATEGORIES[(i % 5) as usize]
}

/// When product `i` was created, in microseconds since the Unix epoch.
pub(super) fn created_us(i: u64) -> i128 {
    i128::from(EPOCH_MINUTES + i) * 60_000_000
}

/// When product `i` was created: date, `separator`, time, `zone`.
pub(super) fn created(i: u64, separator: &str, zone: &str) -> String {
    let minutes = EPOCH_MINUTES + i;
    let (year, month, day) = date_of(minutes / 1440);
    let (hour, minute) = (minutes / 60 % 24, minutes % 60);
    format!("{year:04}-{month:02}-{day:02}{separator}{hour:02}:{minute:02}:00{zone}")
}

/// Year, month and day of a day since the Unix epoch, after Hinnant's `civil_from_days`.
fn date_of(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_what_the_formula_says() {
        let mut row = String::new();
        push(&mut row, 1023);
        insta::assert_snapshot!(row, @r#"{"id":1023,"name":"Steel chair 1023","price":"93.37","rating":1.3,"category":"music","currency":"EUR","in_stock":true,"created":"2026-01-01T17:03:00Z"}"#);
    }

    #[test]
    fn the_ten_millionth_product_has_a_date_too() {
        assert_eq!(created(10_000_000, "T", "Z"), "2045-01-05T10:40:00Z");
    }
}
