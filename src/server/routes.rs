//! The URL configuration: which view answers which path.

use super::auth::Authenticator;
use super::paginate::{Order, OrderKey};
use super::throttle::Throttle;
use super::view::{Endpoint, Model, Permission, Style, View};

const DEFAULT: &[Authenticator] = &[
    Authenticator::Jwt,
    Authenticator::Token,
    Authenticator::Basic,
];
const ANON_AND_USER: &[Throttle] = &[Throttle::Anon("anon"), Throttle::User("user")];
const READ: &str = "GET, HEAD, OPTIONS";
const POST: &str = "POST, OPTIONS";
const READ_POST: &str = "GET, POST, HEAD, OPTIONS";
const DETAIL: &str = "GET, PUT, PATCH, DELETE, HEAD, OPTIONS";

const fn view(name: &'static str, endpoint: Endpoint) -> View {
    View {
        name,
        description: "",
        authenticators: DEFAULT,
        permission: Permission::AllowAny,
        throttles: &[],
        allow: READ,
        endpoint,
    }
}

const fn token(name: &'static str, description: &'static str, endpoint: Endpoint) -> View {
    View {
        description,
        authenticators: &[],
        allow: POST,
        ..view(name, endpoint)
    }
}

const fn list(style: Style) -> View {
    view("Product List", Endpoint::Products(style))
}

const fn me(
    name: &'static str,
    authenticators: &'static [Authenticator],
    allow: &'static str,
) -> View {
    View {
        authenticators,
        permission: Permission::IsAuthenticated,
        allow,
        ..view(name, Endpoint::Me)
    }
}

const fn ping(name: &'static str, throttles: &'static [Throttle]) -> View {
    View {
        throttles,
        allow: READ_POST,
        ..view(name, Endpoint::Ping)
    }
}

const fn by(key: OrderKey, descending: bool) -> View {
    list(Style::Cursor(Order { key, descending }))
}

const NOTES: View = View {
    description: "Anybody reads, users write, owners change.",
    permission: Permission::IsAuthenticatedOrReadOnly,
    allow: READ_POST,
    ..view("Notes List", Endpoint::Rows(Model::Notes))
};
const DRAFTS: View = View {
    description: "Only one's own exist.",
    permission: Permission::IsAuthenticated,
    ..NOTES
};
const LEAKY_TEXT: &str = "Bad: everybody's drafts in the list, though the detail is refused.";

/// The fixed paths.
const VIEWS: [(&str, View); 42] = [
    (
        "/api/token/",
        token(
            "Token Obtain Pair",
            "Takes a set of user credentials and returns an access and refresh JSON web\ntoken pair to prove the authentication of those credentials.",
            Endpoint::TokenObtain,
        ),
    ),
    (
        "/api/token/refresh/",
        token(
            "Token Refresh",
            "Takes a refresh type JSON web token and returns an access type JSON web\ntoken if the refresh token is valid.",
            Endpoint::TokenRefresh,
        ),
    ),
    (
        "/api/token/verify/",
        token(
            "Token Verify",
            "Takes a token and indicates if it is valid.  This view provides no\ninformation about a token's fitness for a particular use.",
            Endpoint::TokenVerify,
        ),
    ),
    (
        "/api/token/blacklist/",
        token(
            "Token Blacklist",
            "Takes a token and blacklists it. Must be used with the\n`rest_framework_simplejwt.token_blacklist` app installed.",
            Endpoint::TokenBlacklist,
        ),
    ),
    (
        "/api-token-auth/",
        View {
            allow: POST,
            ..view("Obtain Auth Token", Endpoint::ApiToken)
        },
    ),
    (
        "/api/products/",
        View {
            throttles: ANON_AND_USER,
            ..view("Products List", Endpoint::Products(Style::PageNumber))
        },
    ),
    ("/api/products-limit-offset/", list(Style::LimitOffset)),
    ("/api/products-cursor/", by(OrderKey::Created, true)),
    (
        "/api/products-cursor-category/",
        by(OrderKey::Category, false),
    ),
    (
        "/api/products-stock/",
        View {
            description: "DRF's page numbers as they come: `page_size` in the query is ignored, and echoed.",
            ..view("Stock Pages", Endpoint::Products(Style::StockPageNumber))
        },
    ),
    (
        "/api/products-bare/",
        View {
            description: "No pagination at all.",
            ..view("Bare", Endpoint::Products(Style::Bare))
        },
    ),
    ("/api/me/", me("Me", DEFAULT, READ)),
    (
        "/api/me/token/",
        me("Token Me", &[Authenticator::Token], READ),
    ),
    (
        "/api/me/basic/",
        me("Basic Me", &[Authenticator::Basic], READ),
    ),
    (
        "/api/me/session/",
        me("Session Me", &[Authenticator::Session], READ_POST),
    ),
    (
        "/api/me/session-token/",
        View {
            description: "The first class decides between 401 and 403: here 403.",
            ..me(
                "Session Token Me",
                &[Authenticator::Session, Authenticator::Token],
                READ_POST,
            )
        },
    ),
    (
        "/api/me/token-session/",
        me(
            "Token Session Me",
            &[Authenticator::Token, Authenticator::Session],
            READ_POST,
        ),
    ),
    (
        "/api/secret-data/",
        View {
            permission: Permission::IsAdminUser,
            ..view("Secret Data", Endpoint::SecretData)
        },
    ),
    ("/api/unthrottled/", ping("Ping", &[])),
    (
        "/api/throttled/anon/",
        ping("Anon Ping", &[Throttle::Anon("throttled_anon")]),
    ),
    (
        "/api/throttled/user/",
        ping("User Ping", &[Throttle::User("throttled_user")]),
    ),
    (
        "/api/throttled/scoped/",
        ping("Scoped Ping", &[Throttle::User("uploads")]),
    ),
    (
        "/api/throttled/scoped-twin/",
        ping("Scoped Ping", &[Throttle::User("uploads")]),
    ),
    (
        "/api/throttled/stacked/",
        ping(
            "Stacked Ping",
            &[Throttle::User("burst"), Throttle::User("sustained")],
        ),
    ),
    (
        "/api/throttled/private/",
        View {
            description: "Permission comes before throttling: token guessing is never slowed down.",
            permission: Permission::IsAuthenticated,
            ..ping("Private Ping", &[Throttle::User("throttled_user")])
        },
    ),
    ("/api/bad/cursor-loop/", by(OrderKey::Currency, false)),
    ("/api/bad/next-elsewhere/", list(Style::Elsewhere)),
    ("/api/bad/next-circular/", list(Style::Circular)),
    (
        "/api/bad/miscounted/",
        View {
            description: "Bad: `count` says one row more than there is.",
            ..view("Miscounting", Endpoint::Products(Style::Miscounted))
        },
    ),
    (
        "/api/bad/unordered/",
        View {
            description: "Bad: each page is cut from another shuffle.",
            ..view("Unordered", Endpoint::Products(Style::Shuffled))
        },
    ),
    (
        "/api/bad/open-secret/",
        View {
            description: "Bad: the admin's data without a permission class.",
            ..view("Open Secret", Endpoint::SecretData)
        },
    ),
    (
        "/api/bad/error/",
        View {
            description: "Bad: an unhandled exception.",
            ..view("Broken", Endpoint::Broken)
        },
    ),
    (
        "/api/bad/n-plus-one/",
        View {
            description: "Bad: a query for every row.",
            ..view("N Plus One", Endpoint::Products(Style::OneQueryEach))
        },
    ),
    ("/api/products-link-header/", list(Style::LinkHeader)),
    ("/api/products-json-api/", list(Style::JsonApi)),
    ("/api/products-ninja/", list(Style::Ninja)),
    ("/.well-known/jwks.json", view("Jwks", Endpoint::Jwks)),
    ("/api/notes/", NOTES),
    (
        "/api/drafts/",
        View {
            name: "Drafts List",
            endpoint: Endpoint::Rows(Model::Drafts),
            ..DRAFTS
        },
    ),
    (
        "/api/bad/leaky-drafts/",
        View {
            name: "Leaky Drafts List",
            description: LEAKY_TEXT,
            endpoint: Endpoint::Rows(Model::LeakyDrafts),
            ..DRAFTS
        },
    ),
    (
        "/api/bad/cached-drafts/",
        View {
            name: "Cached Drafts List",
            description: "A cache by hand whose keys do not name the user.",
            allow: READ,
            endpoint: Endpoint::Rows(Model::Drafts),
            ..DRAFTS
        },
    ),
    (
        "/api/bad/public-drafts/",
        View {
            name: "Public Drafts List",
            description: "Every cache may keep one user's rows for everybody.",
            allow: READ,
            endpoint: Endpoint::Rows(Model::Drafts),
            ..DRAFTS
        },
    ),
];

/// The paths with a key behind them.
const DETAILS: [(&str, View); 4] = [
    (
        "/api/products/",
        View {
            throttles: ANON_AND_USER,
            ..view("Products Instance", Endpoint::Product)
        },
    ),
    (
        "/api/notes/",
        View {
            name: "Notes Instance",
            allow: DETAIL,
            endpoint: Endpoint::Row(Model::Notes),
            ..NOTES
        },
    ),
    (
        "/api/drafts/",
        View {
            name: "Drafts Instance",
            allow: DETAIL,
            endpoint: Endpoint::Row(Model::Drafts),
            ..DRAFTS
        },
    ),
    (
        "/api/bad/leaky-drafts/",
        View {
            name: "Leaky Drafts Instance",
            description: LEAKY_TEXT,
            allow: DETAIL,
            endpoint: Endpoint::Row(Model::LeakyDrafts),
            ..DRAFTS
        },
    ),
];

/// The view of a path, and the key in it.
pub(super) fn resolve(path: &str) -> Option<(&'static View, &str)> {
    if let Some((_, view)) = VIEWS.iter().find(|(known, _)| *known == path) {
        return Some((view, ""));
    }
    if let Some(view) = super::holes::resolve(path) {
        return Some((view, ""));
    }
    DETAILS.iter().find_map(|(prefix, view)| {
        let key = path.strip_prefix(prefix)?.strip_suffix('/')?;
        let fits = !key.is_empty() && !key.contains(['/', '.']);
        fits.then_some((view, key))
    })
}
