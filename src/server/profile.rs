//! What older releases of DRF and simplejwt answered differently.

use std::str::FromStr;

/// A pair of releases that belong to one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Profile {
    /// DRF 3.14 with simplejwt 5.2.
    V3_14,
    /// DRF 3.15 with simplejwt 5.3.
    V3_15,
    /// DRF 3.16 with simplejwt 5.4.
    V3_16,
    /// DRF 3.17 with simplejwt 5.5.0.
    V3_17,
    /// DRF 3.18 with simplejwt 5.5.1.
    #[default]
    V3_18,
}

impl FromStr for Profile {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "3.14" => Self::V3_14,
            "3.15" => Self::V3_15,
            "3.16" => Self::V3_16,
            "3.17" => Self::V3_17,
            "3.18" => Self::V3_18,
            _ => return Err(()),
        })
    }
}

impl Profile {
    /// Whether `user_id` is a text, and `iat` of a refreshed access token is the time of the refresh.
    pub(super) fn writes_user_id_as_text(self) -> bool {
        self >= Self::V3_18
    }

    /// Whether an expired token is told from an invalid one.
    pub(super) fn tells_expired_from_invalid(self) -> bool {
        self >= Self::V3_17
    }

    /// Whether a refresh looks the user up.
    pub(super) fn refresh_checks_user(self) -> bool {
        self >= Self::V3_16
    }

    /// Whether Basic credentials without a colon are malformed, not merely wrong.
    pub(super) fn wants_colon_in_basic(self) -> bool {
        self >= Self::V3_15
    }

    /// Whether `sub`, `jti`, `iss` and `kid` must be texts and `crit` is refused, as since `PyJWT` 2.10: 3.14 and 3.17 are
    /// told with 2.8 and 2.9.
    pub(super) fn has_strict_pyjwt(self) -> bool {
        !matches!(self, Self::V3_14 | Self::V3_17)
    }

    /// Whether a key past 64 bits is one that no row has. Django 4.2, on which the older releases run here, hands
    /// it to `SQLite`, and nobody catches the `OverflowError`.
    pub(super) fn bears_huge_keys(self) -> bool {
        self >= Self::V3_16
    }

    /// Whether Django 4.2 answers, which reports unhandled exceptions even where nobody is to be told.
    pub(super) fn mails_about_crashes(self) -> bool {
        self < Self::V3_16
    }

    /// Whether `GET /api-auth/logout/` logs out, as in Django 4.2.
    pub(super) fn logs_out_by_get(self) -> bool {
        self < Self::V3_16
    }

    /// Whether a body past `DATA_UPLOAD_MAX_MEMORY_SIZE` is refused.
    pub(super) fn limits_bodies(self) -> bool {
        self >= Self::V3_17
    }

    /// Whether the errors of a list are an object by index, without the items that are fine.
    pub(super) fn lists_errors_by_index(self) -> bool {
        self >= Self::V3_18
    }

    /// Whether a 404 names the model, and an empty `?page=` means the first page.
    pub(super) fn names_missing_models(self) -> bool {
        self >= Self::V3_15
    }
}
