//! Against a real Django REST framework project.

mod access;
mod reference;
mod token;
mod token_races;
