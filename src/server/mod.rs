//! The embedded API, which answers as Django REST framework does. It knows nothing of the client.
