//! Against real rate limiters whose algorithm and figures are known.

mod claims;
mod identified;
mod manners;
mod truths;
