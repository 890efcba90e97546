//! Who can log in. Names and passwords are documented: this server guards nothing.

/// A user of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct User {
    pub(super) id: u64,
    pub(super) name: &'static str,
    pub(super) is_active: bool,
    pub(super) is_staff: bool,
}

const fn user(id: u64, name: &'static str) -> User {
    User {
        id,
        name,
        is_active: true,
        is_staff: false,
    }
}

const USERS: [User; 5] = [
    user(1, "alice"),
    user(2, "bob"),
    user(3, "carol"),
    User {
        is_staff: true,
        ..user(4, "admin")
    },
    User {
        is_active: false,
        ..user(5, "inactive")
    },
];

/// The user with this id.
pub(super) fn by_id(id: u64) -> Option<User> {
    USERS.into_iter().find(|user| user.id == id)
}

/// The active user with this name and the password `NAME-pass`.
pub(super) fn authenticate(name: &str, password: &str) -> Option<User> {
    USERS
        .into_iter()
        .find(|user| user.name == name)
        .filter(|user| user.is_active && password.strip_suffix("-pass") == Some(user.name))
}

/// The API key of a user: forty times the digit of the id.
pub(super) fn api_key(user: User) -> String {
    user.id.to_string().repeat(40)
}

/// The user with this API key.
pub(super) fn by_api_key(key: &str) -> Option<User> {
    USERS.into_iter().find(|user| api_key(*user) == key)
}
