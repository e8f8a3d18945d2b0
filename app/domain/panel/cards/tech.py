"""Audience cards: people who build, run and buy software."""

from app.domain.panel.cards.card import card

TECH = (
    card(
        "engineers: software engineers",
        "code api developer developers engineer engineers engineering library framework github repo"
        " python rust javascript typescript compiler bug debug deploy backend frontend refactor"
        " database sql cli sdk open-source programming programmer software commit merge latency"
        " runtime function async docker kubernetes",
        (0.8, 0.0, 0.5), (21, 60),
        "backend engineer, frontend engineer, staff engineer, mobile developer, full-stack"
        " developer, systems programmer",
        (("need_for_cognition", "benchmark reader"), ("novelty", "tool collector"),
         ("skepticism", "burned-before engineer")),
        "platform founders data",
    ),
    card(
        "platform: platform and infrastructure engineers",
        "kubernetes infrastructure uptime incident incidents sre devops deploy deployment cluster"
        " terraform cloud aws latency outage observability monitoring postgres backup logs pipeline"
        " ci container on-call oncall server servers migration p99 rollback",
        (0.9, 0.0, 0.5), (24, 60),
        "site reliability engineer, platform engineer, DevOps engineer, cloud architect, database"
        " administrator",
        (("need_for_cognition", "runbook author"), ("novelty", "early migrator"),
         ("skepticism", "pager carrier")),
        "engineers security data",
    ),
    card(
        "data: data and machine-learning people",
        "data model models dataset training inference llm llms ai ml gpu benchmark embedding prompt"
        " prompts analytics warehouse notebook statistics regression agent agents neural accuracy"
        " token tokens openai claude gpt machine learning pipeline",
        (0.8, 0.0, 0.5), (22, 58),
        "data scientist, machine-learning engineer, analytics engineer, research scientist, data"
        " analyst",
        (("need_for_cognition", "method checker"), ("novelty", "model taster"),
         ("skepticism", "baseline asker")),
        "engineers researchers platform",
    ),
    card(
        "security: security and compliance people",
        "security breach vulnerability compliance soc gdpr audit encryption password passwords"
        " phishing malware threat attack attacker zero-day cve mfa sso firewall ransomware risk"
        " hipaa privacy exploit",
        (0.8, -0.1, 0.8), (25, 62),
        "security engineer, penetration tester, compliance officer, privacy lawyer, CISO",
        (("need_for_cognition", "threat modeller"), ("skepticism", "professional doubter"),
         ("C", "checklist keeper")),
        "platform engineers executives",
    ),
    card(
        "designers: product designers",
        "design designer designers figma ui ux interface typography prototype wireframe usability"
        " accessibility layout color colour font icon brand visual pixel user-research mockup css",
        (0.6, 0.1, 0.2), (21, 55),
        "product designer, UX researcher, brand designer, design lead, freelance illustrator",
        (("O", "craft critic"), ("novelty", "trend spotter"), ("A", "user advocate")),
        "productmanagers creators engineers",
    ),
    card(
        "productmanagers: product managers",
        "product roadmap feature features backlog sprint stakeholder stakeholders user users"
        " feedback metrics onboarding churn retention discovery launch prioritize experiment okr"
        " agile jira scrum customer",
        (0.6, 0.0, 0.2), (25, 55),
        "product manager, product owner, head of product, growth product manager",
        (("need_for_cognition", "metric watcher"), ("novelty", "feature scout"),
         ("E", "alignment seeker")),
        "founders designers marketers",
    ),
    card(
        "founders: startup founders and indie makers",
        "startup startups founder founders saas mrr arr revenue customers launch launched ship"
        " shipped shipping indie bootstrapped bootstrap vc seed funding investor investors runway"
        " pricing cofounder accelerator growth mvp side-project product built building users",
        (0.5, 0.4, 0.3), (22, 58),
        "startup founder, indie maker, technical co-founder, solo entrepreneur, agency owner",
        (("novelty", "serial launcher"), ("price_sensitivity", "runway counter"),
         ("skepticism", "traction asker")),
        "productmanagers marketers investors",
    ),
    card(
        "itbuyers: IT and operations buyers",
        "enterprise vendor vendors procurement integration integrations license licence licensing"
        " sysadmin rollout helpdesk workflow erp crm sap salesforce microsoft office365 migration"
        " support sla workspace admin admins automation",
        (0.6, 0.2, 0.5), (28, 64),
        "IT manager, systems administrator, operations director, procurement specialist",
        (("C", "requirements lister"), ("price_sensitivity", "licence counter"),
         ("skepticism", "vendor-weary admin")),
        "executives platform smallbusiness",
    ),
    card(
        "gamers: people who play games",
        "game games gaming gamer gamers steam console playstation xbox nintendo multiplayer rpg"
        " quest level boss player players esports twitch streamer mod mods fps early-access studio",
        (0.4, 0.3, 0.2), (18, 48),
        "game developer, student, warehouse worker, streamer, retail associate, web developer",
        (("novelty", "day-one player"), ("price_sensitivity", "sale waiter"),
         ("skepticism", "trailer doubter")),
        "engineers creators students",
    ),
    card(
        "gadgets: consumer-electronics shoppers",
        "phone smartphone laptop battery camera headphones wearable watch charger usb screen"
        " display"
        " android iphone apple samsung speaker gadget device devices smart bluetooth wireless"
        " specs",
        (0.4, 0.3, 0.2), (18, 70),
        "electrician, office manager, student, photographer, sales associate, retired engineer",
        (("novelty", "first adopter"), ("price_sensitivity", "deal hunter"),
         ("need_for_cognition", "spec comparer")),
        "gamers shoppers engineers",
    ),
)  # fmt: skip
