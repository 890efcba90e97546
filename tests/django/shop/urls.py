"""Every path here is served under the same name by the embedded server."""

from django.apps import apps
from django.urls import include, path
from rest_framework.authtoken.views import obtain_auth_token
from rest_framework.routers import SimpleRouter
from rest_framework_simplejwt import views as jwt

from shop import pagination, views

router = SimpleRouter()
router.register("products", views.Products)
router.register("notes", views.Notes)
router.register("drafts", views.Drafts)
router.register("bad/leaky-drafts", views.LeakyDrafts, basename="leaky")


def products(paginator):
    return views.ProductList.as_view(pagination_class=paginator)


urlpatterns = [
    path("api/token/", jwt.TokenObtainPairView.as_view()),
    path("api/token/refresh/", jwt.TokenRefreshView.as_view()),
    path("api/token/verify/", jwt.TokenVerifyView.as_view()),
    path("api/token/blacklist/", jwt.TokenBlacklistView.as_view()),
    path("api/sliding/", jwt.TokenObtainSlidingView.as_view()),
    path("api/sliding/refresh/", jwt.TokenRefreshSlidingView.as_view()),
    path("api-token-auth/", obtain_auth_token),
    path("api-auth/", include("rest_framework.urls")),
    path("api/", include(router.urls)),
    path("api/products-limit-offset/", products(pagination.LimitOffset)),
    path("api/products-cursor/", products(pagination.NewestFirst)),
    path("api/products-cursor-category/", products(pagination.ByCategory)),
    path("api/products-stock/", views.StockPages.as_view()),
    path("api/products-bare/", views.Bare.as_view()),
    path("api/me/", views.Me.as_view()),
    path("api/me/token/", views.TokenMe.as_view()),
    path("api/me/basic/", views.BasicMe.as_view()),
    path("api/me/session/", views.SessionMe.as_view()),
    path("api/me/session-token/", views.SessionTokenMe.as_view()),
    path("api/me/token-session/", views.TokenSessionMe.as_view()),
    path("api/secret-data/", views.SecretData.as_view()),
    path("api/unthrottled/", views.Ping.as_view()),
    path("api/throttled/anon/", views.AnonPing.as_view()),
    path("api/throttled/user/", views.UserPing.as_view()),
    path("api/throttled/scoped/", views.ScopedPing.as_view()),
    path("api/throttled/scoped-twin/", views.ScopedPing.as_view()),
    path("api/throttled/stacked/", views.StackedPing.as_view()),
    path("api/throttled/private/", views.PrivatePing.as_view()),
    path("api/bad/cursor-loop/", products(pagination.ByCurrency)),
    path("api/bad/next-elsewhere/", products(pagination.ElsewhereNext)),
    path("api/bad/next-circular/", products(pagination.CircularNext)),
    path("api/bad/miscounted/", views.Miscounting.as_view()),
    path("api/bad/unordered/", views.Unordered.as_view()),
    path("api/bad/n-plus-one/", views.NPlusOne.as_view()),
    path("api/bad/open-secret/", views.OpenSecret.as_view()),
    path("api/bad/error/", views.Broken.as_view()),
    path("api/bad/", include("shop.bad_pages")),
    # Holes for the audit of token handling; these alone have no twin in the embedded server.
    path("api/holes/", include("shop.holes")),
]

if apps.is_installed("debug_toolbar"):
    urlpatterns.append(path("__debug__/", include("debug_toolbar.urls")))
