"""One table: what each kind of refusal is called in HTTP."""

from app.errors import Kind

STATUS = {
    Kind.INVALID: 422,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.UNPAID: 402,
    Kind.THROTTLED: 429,
    Kind.UNAVAILABLE: 503,
}
