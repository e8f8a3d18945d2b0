"""Technical terms that are no jargon to the people of a trade: what each card's readers know."""

from app.domain.panel.word_sets import word_set

_BUSINESS = word_set(
    "saas b2b b2c crm erp roi kpi kpis okr okrs gtm go to market sla ltv cac arpu cagr tam qbr sow"
    " sme smes omnichannel stakeholder stakeholders deliverable deliverables agile api"
)
_SOFTWARE = word_set(
    "api apis sdk webhook webhooks microservice microservices middleware serverless idempotent"
    " idempotency polymorphic asynchronous async containerized orchestration ci cd devops"
    " observability telemetry latency throughput sharding multi tenant multitenant tenancy"
    " distributed event driven message queue pub sub schema headless composable monorepo regex"
    " runtime compiler abstraction heuristic heuristics rpc grpc graphql crud orm mvcc wal raft"
    " paxos kubernetes k8s p99 slo sla mttr cloud native edge computing iaas paas saas etl low no"
    " code scalable scalability agile b2b"
)
_ACCESS = word_set(
    "sso saml oauth oidc rbac iam siem soc soc2 iso hipaa gdpr zero trust end to encryption"
)
_LEARNING = word_set(
    "llm llms gpu embedding embeddings rag retrieval augmented fine tuning inference transformer"
    " multimodal agentic neural hyperparameter quantization tokenization mlops vector database"
    " data lake lakehouse mesh fabric elt etl semantic layer ontology"
)
_FINANCE = word_set(
    "ebitda amortization derivatives collateralized fiduciary arbitrage basis points blockchain"
    " web3 defi dao smart contract contracts layer tokenomics decentralized headwinds tailwinds"
)
_SCIENCE = word_set(
    "methodology methodologies stochastic epistemic ontological ontology heuristic heuristics"
    " heteroskedasticity phenomenological paradigm paradigms"
)
_MEDICINE = word_set("bioavailability pathophysiology hipaa")

JARGON = {
    "engineers": _SOFTWARE | _ACCESS | _LEARNING,
    "platform": _SOFTWARE | _ACCESS,
    "data": _SOFTWARE | _LEARNING | _SCIENCE,
    "security": _SOFTWARE | _ACCESS,
    "designers": word_set("saas b2b roi kpi kpis agile stakeholder stakeholders api"),
    "productmanagers": _BUSINESS | _ACCESS | word_set("apis sdk webhook webhooks llm llms latency"),
    "founders": _BUSINESS | _ACCESS | word_set("apis sdk webhook webhooks llm llms low no code"),
    "itbuyers": _BUSINESS | _ACCESS | word_set("apis webhook webhooks latency saas iaas paas"),
    "marketers": _BUSINESS | word_set("cdp dmp dsp"),
    "sales": _BUSINESS,
    "executives": _BUSINESS | _FINANCE,
    "hr": word_set("saas roi kpi kpis okr okrs stakeholder stakeholders remuneration"),
    "teamleads": word_set("saas roi kpi kpis okr okrs sla agile raci stakeholder stakeholders"),
    "freelancers": word_set("saas b2b b2c crm roi sow deliverable deliverables"),
    "smallbusiness": word_set("crm b2b b2c roi"),
    "investors": _BUSINESS | _FINANCE,
    "researchers": _SCIENCE | _LEARNING,
    "health": _MEDICINE,
    "legal": word_set(
        "gdpr hipaa fiduciary herein thereof hereby notwithstanding aforementioned pursuant to"
        " heretofore sow sla"
    ),
}
