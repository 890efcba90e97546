//! Every kind of finding: its name, its weight, its cure, what it costs. Pure.

use super::finding::Severity;
use crate::pages::sizing::TRIES;

/// One kind of finding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kind {
    /// Its name in reports and on the command line.
    pub id: &'static str,
    /// Its weight; a finding may weigh less where it matters less.
    pub severity: Severity,
    /// What it means, in a sentence.
    pub means: &'static str,
    /// The Django setting or line that cures it.
    pub cure: &'static str,
    /// Requests that looking for it takes on a healthy list, beside those of the walk.
    pub looks: u64,
}

const fn walked(
    id: &'static str,
    severity: Severity,
    means: &'static str,
    cure: &'static str,
) -> Kind {
    looked(id, severity, means, cure, 0)
}

const fn looked(
    id: &'static str,
    severity: Severity,
    means: &'static str,
    cure: &'static str,
    looks: u64,
) -> Kind {
    Kind {
        id,
        severity,
        means,
        cure,
        looks,
    }
}

use Severity::{High, Info, Low, Medium};

/// Everything that an audit looks for, in the order in which it does.
pub const KINDS: [Kind; 32] = [
    walked(
        "duplicate-items",
        High,
        "an item stands on more than one page",
        "queryset.order_by(..., 'pk'): without a total order pages overlap",
    ),
    walked(
        "missing-items",
        High,
        "an item that exists stands on no page",
        "queryset.order_by(..., 'pk'), and no slicing of your own in paginate_queryset",
    ),
    walked(
        "count-mismatch",
        High,
        "the server counts more or fewer items than its pages hold",
        "count the queryset that is sliced: no joins that multiply rows (distinct()), no filter after paginate_queryset",
    ),
    walked(
        "count-drift",
        Medium,
        "the count changes while the list is walked: pages shift, and rows are lost or doubled",
        "CursorPagination, for lists that change",
    ),
    walked(
        "shrinking-list",
        High,
        "a page that the one before it announced is answered 404",
        "CursorPagination, for lists that change",
    ),
    walked(
        "cycle",
        High,
        "next leads back to a page that was there before: a walk never ends",
        "order CursorPagination by a unique field: beyond 1,000 rows that share a value its cursors repeat (offset_cutoff)",
    ),
    walked(
        "ignored-parameter",
        High,
        "the server answers every page with the same items",
        "read the parameter in the view's paginator: pagination_class, or paginate_queryset in a view of your own",
    ),
    walked(
        "foreign-next",
        High,
        "next leads to another origin, where no client should send its credentials",
        "let next name the API's own public address: USE_X_FORWARDED_HOST = True, or let the proxy pass the Host field on",
    ),
    walked(
        "wrong-scheme-in-next",
        High,
        "next says http where the page came over https, or the other way round",
        "SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')",
    ),
    walked(
        "wrong-host-in-next",
        High,
        "next names another host than the one that answered",
        "USE_X_FORWARDED_HOST = True, or let the proxy pass the Host field on",
    ),
    walked(
        "wrong-port-in-next",
        High,
        "next names another port than the one that answered",
        "let the proxy pass the Host field on with its port, or USE_X_FORWARDED_PORT = True",
    ),
    walked(
        "wrong-path-in-next",
        High,
        "next lacks the path prefix under which the API is served",
        "FORCE_SCRIPT_NAME, or let the proxy keep the path",
    ),
    walked(
        "leaked-internal-host",
        Medium,
        "links tell the name or address of a machine inside the network",
        "USE_X_FORWARDED_HOST = True, or let the proxy pass the Host field on",
    ),
    walked(
        "malformed-page",
        High,
        "a page is no JSON, or no list is in it",
        "let a serializer and JSONRenderer write every reply, errors too",
    ),
    walked(
        "error-in-mid-walk",
        High,
        "a page in the middle of the list is answered 5xx",
        "look at the server's log for that page: one row that cannot be rendered stops every client",
    ),
    walked(
        "null-ordering",
        High,
        "the field that the cursor points into is null in some rows: rows are lost, or pages answered 500",
        "order CursorPagination by a field with null=False, or queryset.filter(FIELD__isnull=False)",
    ),
    walked(
        "empty-page",
        Medium,
        "next leads to a page without items: clients that stop there lose the rest",
        "next only where a row follows (fetch page size + 1), and no filter after paginate_queryset",
    ),
    walked(
        "uneven-pages",
        Low,
        "pages before the last hold fewer items than the first: rows are dropped after slicing",
        "filter the queryset before paginate_queryset, not its page afterwards",
    ),
    walked(
        "schema-drift",
        Medium,
        "a member is missing in some items, or its type changes",
        "one serializer for all rows, with required=True or a default for each field",
    ),
    looked(
        "unstable-order",
        High,
        "the same page, asked for twice, holds other items or another order",
        "queryset.order_by(..., 'pk'), or ordering = ['pk'] in the model's Meta",
        3,
    ),
    looked(
        "previous-asymmetry",
        Medium,
        "previous of a page does not lead back to the page before it",
        "do not override get_previous_link; order CursorPagination by a unique field",
        2,
    ),
    looked(
        "page-size-ignored",
        Info,
        "no usual parameter for the page size changes anything",
        "page_size_query_param = 'page_size' with a max_page_size",
        TRIES,
    ),
    looked(
        "page-size-capped",
        Info,
        "pages are cut to a largest size, as they should be: walk with this one",
        "nothing: it is good to have a cap",
        2,
    ),
    looked(
        "page-size-unbounded",
        Medium,
        "one request may ask for the whole list",
        "max_page_size = 1000 (PageNumberPagination, CursorPagination), max_limit = 1000 (LimitOffsetPagination)",
        2,
    ),
    looked(
        "items-past-the-end",
        Medium,
        "a page past the last one holds items: clients that count on never stop",
        "raise NotFound, or answer an empty page, past the end",
        1,
    ),
    looked(
        "parameter-error",
        Medium,
        "a page parameter that makes no sense is answered 5xx",
        "check the parameter in the paginator and raise NotFound or ValidationError",
        9,
    ),
    looked(
        "no-compression",
        Info,
        "the client offers gzip and the reply comes uncompressed",
        "GZipMiddleware first in MIDDLEWARE, or gzip in the proxy",
        1,
    ),
    looked(
        "no-caching-fields",
        Info,
        "neither ETag, Last-Modified nor Cache-Control: unchanged pages are sent again and again",
        "ConditionalGetMiddleware (an ETag, and 304), or cache_control() on the view",
        1,
    ),
    looked(
        "cached-across-users",
        High,
        "a cache serves one user's list to another, or to nobody",
        "vary_on_headers('Authorization', 'Cookie') with cache_page, the user in every cache key of your own, or Cache-Control: private",
        4,
    ),
    looked(
        "cacheable-across-users",
        Medium,
        "the reply to a user allows shared caches to keep it for everybody",
        "cache_control(private=True), or vary_on_headers('Authorization', 'Cookie')",
        1,
    ),
    looked(
        "n-plus-one",
        Medium,
        "every row of a page costs a query of its own",
        "select_related for foreign keys, prefetch_related for lists, in the view's queryset",
        10,
    ),
    looked(
        "deep-offset-cost",
        Low,
        "late pages take much longer than early ones: the database steps over all rows before them",
        "CursorPagination, or an index that covers the ordering",
        10,
    ),
];

/// The kind with this name.
pub fn kind(id: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_known() {
        for (index, one) in KINDS.iter().enumerate() {
            assert_eq!(
                KINDS.iter().position(|other| other.id == one.id),
                Some(index)
            );
            assert_eq!(kind(one.id), Some(one));
        }
        assert_eq!(kind("no-such-thing"), None);
    }
}
