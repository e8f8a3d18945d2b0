"""Insider and office words; a plain word stands after the arrow where one fits."""

OFFICE = """
leverage > use, leverages > uses, leveraging > using, leveraged > used, utilize > use, utilizes >
uses, utilizing > using, utilized > used, utilise > use, utilises > uses, utilising > using,
utilization > use, facilitate > help, facilitates > helps, facilitating > helping, facilitated >
helped, synergy, synergies, synergistic, synergize, holistic, holistically, paradigm, paradigms,
ecosystem, stakeholder, stakeholders, alignment, actionable > useful, operationalize,
operationalizing, ideate > think up, ideation > ideas, learnings > lessons, deliverable,
deliverables, bandwidth, low hanging fruit > easy wins, circle back > come back, touch base >
talk, deep dive > close look, deep dives > close looks, move the needle > matter, boil the ocean,
value add, value proposition > offer, value propositions > offers, core competency, core
competencies, best practices, mission critical > essential, going forward > from now on, moving
forward > from now on, at the end of the day, at scale, end to end, turnkey > ready to use, robust
> solid, scalable, scalability, agile, verticals, verticalized, granular > detailed, granularity >
detail, streamline > simplify, streamlines > simplifies, streamlining > simplifying, streamlined,
optimize > improve, optimizes > improves, optimizing > improving, optimise > improve, optimises >
improves, optimization, incentivize > reward, incentivizes > rewards, incentivizing > rewarding,
monetize, monetization, productize, gamification, digital transformation, transformation journey,
change management, thought partnership, mindshare, north star, strategic imperative, strategic
imperatives, key takeaways > main points, socialize the, cascade down, cross functional, multi
stakeholder, omnichannel, omni channel, go to market, gtm, customer centric, customer centricity,
data driven, future ready, solutioning, solution provider, solutions provider, enablement,
onboarding experience, right sizing, rightsizing, headwinds, tailwinds, kpi, kpis, okr, okrs, roi,
cagr, tam, ltv, cac, arpu, qbr, sow, sme, smes, raci, commence > start, commences > starts,
commenced > started, terminate > end, terminated > ended, ascertain > find out, endeavor
to > try to, endeavour to > try to, endeavor > effort, endeavour > effort, procure > get,
procured > got, remuneration > pay, subsequently > later,
subsequent to > after, prior to > before, in order to > to, in the event that > if, with regard to
> about, with regards to > about, with respect to > about, in regards to > about, pertaining to >
about, pursuant to > under, in lieu of > instead of, due to the fact that > because, for the
purpose of > for, at this point in time > now, in the near future > soon, a number of > several, a
wide range of > many, a variety of > several, the majority of > most, has the ability to > can,
have the ability to > can, is able to > can, are able to > can, in terms of, necessitate > need,
necessitates > needs, aforementioned, herein, thereof, heretofore, notwithstanding, hereby,
effectuate > make, methodology > method, methodologies > methods, functionality > features,
functionalities > features, numerous > many, approximately > about, demonstrate > show,
demonstrates > shows, demonstrated, expedite > speed up, expedites > speeds up, implement > set
up, implementing > setting up, assist > help, assists > helps, assistance > help, sufficient >
enough, regarding > about, individuals > people, initiate > start, initiated > started, require >
need, requires > needs, enhance > improve, enhances > improves, enhancing > improving, enhanced,
empower > help, empowers > helps, empowering > helping, comprehensive > full, innovative,
innovation, innovations, proactive, proactively, seamless integration
"""

TECHNICAL = """
api, apis, sdk, orchestration, orchestrate, orchestrates, kubernetes, k8s, microservice,
microservices, middleware, serverless, idempotent, idempotency, polymorphic, asynchronous, async,
webhook, webhooks, containerized, ci cd, devops, observability, telemetry, latency, throughput,
sharding, multi tenant, multitenant, tenancy, distributed, event driven, message queue, pub sub,
schema, ontology, semantic layer, vector database, embedding, embeddings, rag, retrieval
augmented, fine tuning, inference, transformer, multimodal, agentic, llm, llms, mlops, gpu,
tokenization, neural, hyperparameter, quantization, zero trust, sso, saml, oauth, oidc, rbac, iam,
siem, soc 2, soc2, hipaa, gdpr, iso 27001, end to end encryption, blockchain, web3, defi, dao,
smart contract, smart contracts, layer 2, tokenomics, decentralized, cloud native, hyperscaler,
edge computing, iaas, paas, saas, b2b, b2c, erp, crm, cdp, dmp, dsp, etl, elt, data lake, data
mesh, lakehouse, data fabric, low code, no code, headless, composable, monorepo, regex, runtime,
compiler, abstraction, heuristic, heuristics, stochastic, epistemic, ontological,
heteroskedasticity, phenomenological, bioavailability, pathophysiology, amortization, derivatives,
collateralized, fiduciary, arbitrage, basis points, ebitda, p99, slo, sla, mttr, rpc, grpc,
graphql, crud, orm, mvcc, wal, raft, paxos
"""
