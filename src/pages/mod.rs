//! Paginated endpoints: splitting pages, following `next`, judging what was seen.
