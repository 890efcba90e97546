"""An exception handler as many projects write it: one envelope for all errors, and what DRF had set is lost."""

from rest_framework.response import Response
from rest_framework.views import exception_handler


def enveloped(exc, context):
    response = exception_handler(exc, context)
    if response is None:
        return None
    return Response({"errors": [response.data]}, status=response.status_code)
