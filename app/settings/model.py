"""Every setting of an installation, typed; each is checked by itself."""

from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from app.settings import shapes

ROOT = Path(__file__).resolve().parents[2]

# What Anthropic and OpenAI publish of the addresses their servers ask from.
SHARED_EGRESS = (
    "160.79.104.0/21", "2607:6bc0::/48",
    "23.102.140.112/28", "13.66.11.96/28", "104.210.133.240/28", "20.97.188.144/28",
    "20.161.76.48/28", "52.234.32.208/28", "52.156.132.32/28", "40.84.180.128/28",
)  # fmt: skip

PaymentMode = Literal["stripe_live", "stripe_test", "simulated", "off"]


class Settings(BaseModel):
    """The settings of one installation; the environment names are these with the prefix."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    env: Literal["development", "production"] = Field(
        "production",
        description="`development` is chosen by `make run`, `make demo` and `polis serve`.",
    )
    base_url: str = Field(
        "http://127.0.0.1:8000",
        description="The public address; every link we emit starts with it.",
    )
    database_url: str = Field(
        "", description="SQLite file or PostgreSQL; empty: `polis.db` under the instance folder."
    )
    instance_dir: Path = Field(
        ROOT / "instance",
        description="Where the SQLite file, the demo key and the local secret live.",
    )
    secret_key: tuple[str, ...] = Field(
        (),
        repr=False,
        description="Comma-separated: the first signs, all verify. Required in production.",
    )
    engine: Literal["embedded", "llm"] = Field(
        "embedded", description="Who plays the panel: `llm` asks the model named below."
    )
    engine_provider: Literal["openai", "anthropic"] = Field(
        "openai", description="Whose API the model speaks; vLLM and Ollama speak `openai`."
    )
    engine_model: str = Field("", description="The model, by its provider's name for it.")
    engine_base_url: str = Field(
        "", description="Where the API is; empty: at the provider's own address."
    )
    engine_api_key: str = Field("", repr=False, description="The key of the model's API.")
    engine_input_usd: Decimal | None = Field(
        None, ge=0, description="Dollars a million tokens read; a server of your own: 0."
    )
    engine_output_usd: Decimal | None = Field(
        None, ge=0, description="Dollars a million tokens written; a server of your own: 0."
    )
    engine_daily_usd: Decimal = Field(
        Decimal(50), ge=0, description="Provider spend a day, whole installation."
    )
    engine_org_daily_usd: Decimal = Field(
        Decimal(10), ge=0, description="Provider spend a day, one organization."
    )
    engine_concurrency: int = Field(
        0, ge=0, le=64, description="Calls at once in a worker; 0: 8, or 2 to a server of your own."
    )
    engine_timeout_s: int = Field(
        60, ge=1, le=600, description="Seconds in which a call has to be answered."
    )
    queue_url: str = Field(
        "",
        repr=False,
        description="`redis://…` or `postgresql://…`; empty: beside the database.",
    )
    stripe_secret_key: str = Field(
        "",
        repr=False,
        description="`sk_live_…` or `sk_test_…` of Stripe; restricted keys (`rk_…`) do.",
    )
    stripe_webhook_secret: tuple[str, ...] = Field(
        (),
        repr=False,
        description="`whsec_…`, several in a roll; `live:` or `test:` before one names its mode.",
    )
    stripe_tax: bool = Field(
        default=False,
        description="`on`: Stripe Tax reckons taxes, and Checkout asks for VAT ids.",
    )
    stripe_api_base: str = Field("", description="Another address for Stripe's API, for tests.")
    billing: Literal["", "stripe", "simulated", "off"] = Field(
        "", description="Empty: `stripe` with a Stripe key, else `simulated` in development."
    )
    allow_play_money: bool = Field(
        default=False,
        description="Lets production run on Stripe's test mode or the simulated biller.",
    )
    smtp_host: str = Field(
        "",
        description="Mail server; empty: mail is shown at `/dev/mail` in development, and none is "
        "sent in production.",
    )
    smtp_port: int = Field(
        587,
        ge=1,
        le=65535,
        description="Port of the mail server; 465 is TLS from the start, any other STARTTLS where "
        "it is offered.",
    )
    smtp_user: str = Field("", description="User at the mail server.")
    smtp_password: str = Field(
        "", repr=False, description="Password at the mail server; never sent unencrypted."
    )
    smtp_from: str = Field("", description="Sender of our mail.")
    github_client_id: str = Field(
        "", description="Client id of an OAuth app at GitHub; with its secret: sign-in by GitHub."
    )
    github_client_secret: str = Field("", repr=False, description="Its client secret.")
    google_client_id: str = Field(
        "", description="Client id at Google; with its secret: sign-in by Google."
    )
    google_client_secret: str = Field("", repr=False, description="Its client secret.")
    support_email: str = Field(
        "support@localhost", description="Shown wherever a person may need help."
    )
    refresh_grace_seconds: int = Field(
        30, ge=0, le=300, description="Window in which a refresh may repeat."
    )
    rate_limits: bool = Field(
        default=True,
        description="`off` outside production lifts limits on requests, fetches and mails.",
    )
    limit_mcp_per_minute: int = Field(
        120, ge=1, le=60_000, description="MCP and REST messages a minute, an organization."
    )
    limit_mcp_burst: int = Field(30, ge=1, description="How many of them may come at once.")
    limits: tuple[str, ...] = Field((), description="Limits changed by name: `register:40/3600`.")
    shared_egress: tuple[str, ...] = Field(
        SHARED_EGRESS, description="Networks many people share (CIDR); default: Claude, ChatGPT."
    )
    fetch_denied: tuple[str, ...] = Field(
        (), description="Networks of yours we never fetch from, besides private ones (CIDR)."
    )
    allowed_origins: tuple[str, ...] = Field(
        (), description="Browser origins that may call MCP and REST."
    )
    openai_apps_challenge: str = Field(
        "", description="What OpenAI gives to prove the domain; told at its well-known address."
    )
    trial_tokens_per_day: int = Field(
        100_000, ge=0, description="Trial tokens granted a day, a third of them to unclaimed keys; "
        "beyond, provisioning is refused, and who proved an address is given theirs the next day."
    )  # fmt: skip
    metrics_token: str = Field("", repr=False, description="Bearer for `/metrics` from elsewhere.")
    otel: bool = Field(
        default=False,
        description="`on`: spans go where the standard `OTEL_…` variables say.",
    )
    sentry_dsn: str = Field(
        "", repr=False, description="Sentry's DSN; mistakes of ours are told there."
    )
    trusted_proxies: tuple[str, ...] = Field(
        (), description="Proxies whose `X-Forwarded-*` count (CIDR)."
    )
    web_processes: int = Field(2, ge=1, description="gunicorn workers.")
    web_threads: int = Field(8, ge=1, description="Threads of a gunicorn worker; 4 let one wait.")
    worker_processes: int = Field(2, ge=1, description="Worker processes `polis serve` starts.")
    bind: str = Field(
        "127.0.0.1:8000",
        description="Where gunicorn listens, host and port; `--host`, `--port` and `PORT` of "
        "`polis serve` go before it.",
    )
    no_auth: bool = Field(
        default=False, description="Set by `polis serve --no-auth`; development on loopback only."
    )

    @field_validator("*", mode="before")
    @classmethod
    def _lists(cls, value: object, info: ValidationInfo) -> object:
        field = cls.model_fields[str(info.field_name)]
        if isinstance(value, str) and str(field.annotation).startswith("tuple"):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    _stores = field_validator("database_url", "queue_url")(shapes.store)
    _networks = field_validator("fetch_denied", "shared_egress", "trusted_proxies")(shapes.networks)
    _origin = field_validator("base_url")(shapes.origin)
    _listening = field_validator("bind")(shapes.listening)

    @property
    def development(self) -> bool:
        """Whether this is somebody's own machine."""
        return self.env == "development"

    @property
    def database(self) -> str:
        """The database's address, with the default filled in."""
        return self.database_url or f"sqlite:///{self.instance_dir / 'polis.db'}"

    @property
    def payment_mode(self) -> PaymentMode:
        """Which kind of money this installation takes."""
        chosen = self.billing or ("stripe" if self.stripe_secret_key else "simulated")
        if chosen == "stripe":
            live = self.stripe_secret_key.startswith(("sk_live_", "rk_live_"))
            return "stripe_live" if live else "stripe_test"
        return "off" if chosen == "off" else "simulated"

    @property
    def webhook_secrets(self) -> tuple[tuple[str, str], ...]:
        """Each webhook secret and the payment mode it belongs to: the one it names, else ours."""
        parts = [each.rpartition(":") for each in self.stripe_webhook_secret]
        return tuple(
            (secret, f"stripe_{mode}" if mode else self.payment_mode) for mode, _, secret in parts
        )
