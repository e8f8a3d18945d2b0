"""Products: what is sold, archived rather than deleted once it has a price."""

from stripe.params import (
    ProductCreateParams,
    ProductDeleteParams,
    ProductListParams,
    ProductRetrieveParams,
    ProductUpdateParams,
)

from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.fields import put
from tests.fake_stripe.ground.lists import listing, matching
from tests.fake_stripe.ground.problems import Malformed
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.wire.routing import PAGING, play

FIELDS = ("active", "description", "images", "name", "statement_descriptor", "tax_code",
          "unit_label", "url", "shippable", "marketing_features")  # fmt: skip
ACTS_ON = " ".join(FIELDS) + " metadata"


@play("POST", "/v1/products", ProductCreateParams, ACTS_ON + " id type")
def create(state: State, params: Thing) -> Thing:
    identifier = params.get("id")
    if identifier in state.things["product"]:
        raise Malformed("Product already exists.", param="id", code="resource_already_exists")
    named = {"id": identifier} if identifier else {}
    product = state.make(
        "product", "prod", active=True, metadata={}, type="service", images=[], **named
    )
    put(product, params, *FIELDS)
    tell(state, "product.created", product)
    return product


@play("GET", "/v1/products/{}", ProductRetrieveParams)
def retrieve(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("product", identifier)


@play("POST", "/v1/products/{}", ProductUpdateParams, ACTS_ON + " default_price")
def update(state: State, params: Thing, identifier: str) -> Thing:
    product = state.get("product", identifier)
    with changing(state, "product.updated", product):
        put(product, params, *FIELDS, "default_price")
        product["updated"] = state.now
    return product


@play("GET", "/v1/products", ProductListParams, PAGING + " active ids url shippable")
def listed(state: State, params: Thing) -> Thing:
    wanted, same = params.get("ids"), matching(params, "active", "url", "shippable")
    return listing(
        state, params, "/v1/products", state.all("product"),
        lambda product: same(product) and (wanted is None or product["id"] in wanted),
    )  # fmt: skip


@play("DELETE", "/v1/products/{}", ProductDeleteParams)
def delete(state: State, _params: Thing, identifier: str) -> Thing:
    product = state.get("product", identifier)
    if state.all("price", product=identifier):
        raise Malformed(
            "This product cannot be deleted because it has one or more user-created prices."
        )
    del state.things["product"][identifier]
    tell(state, "product.deleted", product)
    return {"id": identifier, "object": "product", "deleted": True}
