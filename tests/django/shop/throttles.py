"""DRF's throttles under scopes of their own, so that one endpoint's budget is not another's."""

from django.conf import settings
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle


class ThrottledAnon(AnonRateThrottle):
    scope = "throttled_anon"


class ThrottledUser(UserRateThrottle):
    scope = "throttled_user"


class Burst(UserRateThrottle):
    scope = "burst"


class Sustained(UserRateThrottle):
    scope = "sustained"


class TwiceAMinute(UserRateThrottle):
    """With the next: what happens when a subclass sets its rate and forgets its scope, so that two count in one list."""

    scope = "twice"
    rate = settings.THROTTLES["twice_minute"]


class TwiceASecond(TwiceAMinute):
    rate = settings.THROTTLES["twice_second"]
