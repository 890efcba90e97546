//! Who may do what: expected and observed permissions.
