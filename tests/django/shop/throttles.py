"""DRF's throttles under scopes of their own, so that one endpoint's budget is not another's."""

from rest_framework.throttling import AnonRateThrottle, UserRateThrottle


class ThrottledAnon(AnonRateThrottle):
    scope = "throttled_anon"


class ThrottledUser(UserRateThrottle):
    scope = "throttled_user"


class Burst(UserRateThrottle):
    scope = "burst"


class Sustained(UserRateThrottle):
    scope = "sustained"
