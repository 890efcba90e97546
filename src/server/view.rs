//! What a view class says: who may call it, how often, with which methods.

use super::auth::Authenticator;
use super::holes::Hole;
use super::paginate::Order;
use super::throttle::Throttle;

/// An endpoint.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    /// `get_view_name()`.
    pub(super) name: &'static str,
    /// The class's docstring.
    pub(super) description: &'static str,
    /// `authentication_classes`.
    pub(super) authenticators: &'static [Authenticator],
    pub(super) permission: Permission,
    pub(super) throttles: &'static [Throttle],
    /// The header `Allow`.
    pub(super) allow: &'static str,
    pub(super) endpoint: Endpoint,
}

/// `permission_classes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Permission {
    AllowAny,
    IsAuthenticated,
    IsAdminUser,
    IsAuthenticatedOrReadOnly,
}

/// What answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endpoint {
    TokenObtain,
    TokenRefresh,
    TokenVerify,
    TokenBlacklist,
    ApiToken,
    Products(Style),
    Product,
    Me,
    SecretData,
    Rows(Model),
    Row(Model),
    Ping,
    Broken,
    /// A list that goes wrong on purpose.
    Hole(Hole),
    /// The public keys of the tokens.
    Jwks,
}

/// How a list of products is paged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    PageNumber,
    /// Without `page_size_query_param`.
    StockPageNumber,
    LimitOffset,
    Cursor(Order),
    Bare,
    /// `next` on another host.
    Elsewhere,
    /// `next` is the page itself.
    Circular,
    /// `count` is one too many.
    Miscounted,
    /// Each page from another shuffle.
    Shuffled,
    /// A query for every row.
    OneQueryEach,
    /// A bare array and a `Link` header.
    LinkHeader,
    /// JSON:API.
    JsonApi,
    /// django-ninja's `items` and `count`, without links.
    Ninja,
}

/// What a writable resource holds, and who sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Model {
    /// Everybody reads, owners write.
    Notes,
    /// Owners only.
    Drafts,
    /// Drafts, with everybody's in the list.
    LeakyDrafts,
}

impl Endpoint {
    /// The subtype of `application/` that the one renderer writes.
    pub(super) fn media_subtype(self) -> &'static str {
        match self {
            Self::Products(Style::JsonApi) => "vnd.api+json",
            _ => "json",
        }
    }
}
