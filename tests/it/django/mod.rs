//! Against a real Django REST framework project.

mod reference;
