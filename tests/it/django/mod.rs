//! Against a real Django REST framework project.

mod access;
mod audit;
mod audit_holes;
mod audit_network;
mod audit_stacks;
mod differential;
mod pages;
mod pages_audit;
mod pages_profile;
mod reference;
mod sarif;
mod techniques;
mod throttle_check;
mod throttle_experiments;
mod token;
mod token_packages;
mod token_races;
mod tour;
