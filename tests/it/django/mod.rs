//! Against a real Django REST framework project.

mod access;
mod audit;
mod differential;
mod pages;
mod pages_audit;
mod pages_profile;
mod reference;
mod throttle_check;
mod throttle_experiments;
mod token;
mod token_packages;
mod token_races;
mod tour;
