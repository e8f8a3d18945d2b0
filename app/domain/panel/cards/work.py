"""Audience cards: people met through their work."""

from app.domain.panel.cards.card import card

WORK = (
    card(
        "marketers: marketers and growth people",
        "marketing marketer marketers campaign campaigns conversion conversions ads seo funnel"
        " brand"
        " content audience copy copywriting email newsletter ctr cac leads lead landing page roi"
        " engagement social influencer segment growth headline click clicks",
        (0.6, 0.1, 0.3), (22, 58),
        "content marketer, growth lead, performance marketer, copywriter, brand manager, CMO",
        (("novelty", "tactic collector"), ("need_for_cognition", "test runner"),
         ("skepticism", "copy critic")),
        "founders sales creators",
    ),
    card(
        "sales: sales people",
        "sales sell selling prospect prospects pipeline quota crm deal deals outreach cold b2b"
        " account close closing demo objection outbound sdr revenue follow-up buyer buyers",
        (0.5, 0.0, 0.1), (22, 60),
        "account executive, sales manager, business development rep, customer success manager",
        (("E", "quota chaser"), ("skepticism", "script hater"), ("novelty", "playbook tester")),
        "marketers founders executives",
    ),
    card(
        "executives: executives and senior managers",
        "strategy executive executives ceo cfo coo board leadership leader leaders organization"
        " transformation stakeholders shareholders budget quarter quarterly headcount restructuring"
        " culture corporate enterprise strategic initiative initiatives",
        (0.5, -0.3, 0.4), (35, 68),
        "chief operating officer, finance director, managing director, vice president, general"
        " manager",
        (("C", "numbers-first leader"), ("novelty", "change sponsor"),
         ("skepticism", "deck-weary executive")),
        "investors itbuyers hr",
    ),
    card(
        "hr: people and talent teams",
        "hiring hire hires recruiter recruiting recruitment interview interviews candidate"
        " candidates"
        " onboarding employee employees talent hr culture remote hybrid benefits diversity"
        " inclusion"
        " resume retention payroll burnout workplace",
        (0.4, 0.1, 0.1), (25, 60),
        "HR manager, recruiter, people partner, talent lead, office manager",
        (("A", "culture keeper"), ("C", "process owner"), ("skepticism", "policy realist")),
        "jobseekers executives teamleads",
    ),
    card(
        "teamleads: team leads and middle managers",
        "team teams manager managers management meeting meetings feedback delegate productivity"
        " one-on-one coaching deadline deadlines standup project projects async process update memo"
        " policy department colleagues staff",
        (0.3, 0.1, 0.2), (28, 62),
        "team lead, project manager, department head, operations manager, shift supervisor",
        (("C", "calendar keeper"), ("A", "people-first lead"), ("skepticism", "meeting sceptic")),
        "hr executives officeworkers",
    ),
    card(
        "officeworkers: office workers",
        "office email emails spreadsheet excel inbox calendar slack meeting desk commute colleagues"
        " coworker boss report reports expense expenses admin workload deadline memo update staff",
        (-0.1, 0.2, 0.1), (20, 65),
        "administrative assistant, accountant, claims handler, customer service agent, HR"
        " assistant",
        (("C", "inbox clearer"), ("N", "quietly overloaded colleague"), ("E", "office connector")),
        "teamleads jobseekers public",
    ),
    card(
        "jobseekers: job seekers and career changers",
        "job jobs career careers resume cv interview salary offer hired hiring layoff layoffs laid"
        " unemployed apply application applications linkedin recruiter portfolio bootcamp"
        " promotion",
        (0.0, 0.5, 0.2), (20, 60),
        "job seeker, career changer, junior analyst, laid-off marketer, recent graduate",
        (("N", "anxious applicant"), ("E", "network builder"),
         ("skepticism", "advice-weary seeker")),
        "students hr officeworkers",
    ),
    card(
        "freelancers: freelancers and consultants",
        "freelance freelancer freelancers client clients invoice invoices consultant consulting"
        " contract contracts rate rates agency portfolio self-employed gig hourly retainer"
        " proposal",
        (0.4, 0.5, 0.3), (23, 64),
        "freelance writer, independent consultant, contract developer, virtual assistant,"
        " translator",
        (("price_sensitivity", "rate guarder"), ("novelty", "tool switcher"),
         ("C", "careful invoicer")),
        "creators founders smallbusiness",
    ),
    card(
        "smallbusiness: small-business owners",
        "shop store restaurant salon bakery local customers owner owners bookkeeping inventory"
        " payroll invoice small-business booking bookings appointment etsy shopify pos foot-traffic"
        " suppliers staff",
        (0.0, 0.6, 0.3), (26, 68),
        "shop owner, restaurant owner, salon owner, contractor, bakery owner, bookkeeper",
        (("price_sensitivity", "margin watcher"), ("novelty", "ambitious owner"),
         ("C", "do-it-all owner")),
        "freelancers marketers shoppers",
    ),
    card(
        "investors: investors and finance people",
        "investor investors invest investing portfolio stock stocks market markets valuation fund"
        " funds equity dividend etf venture capital returns yield earnings ipo hedge bonds interest"
        " inflation trading trader crypto bitcoin",
        (0.6, 0.0, 0.6), (25, 70),
        "financial analyst, venture investor, portfolio manager, accountant, private investor",
        (("need_for_cognition", "footnote reader"), ("novelty", "trend trader"),
         ("skepticism", "downside checker")),
        "executives savers founders",
    ),
    card(
        "researchers: researchers and academics",
        "research study studies paper papers journal hypothesis experiment experiments peer review"
        " academic university professor phd evidence method methods sample significance citation"
        " theory literature science scientists scientist",
        (0.8, 0.1, 0.7), (24, 70),
        "postdoctoral researcher, university lecturer, lab manager, policy researcher, PhD student",
        (("need_for_cognition", "method reader"), ("skepticism", "reviewer two"),
         ("O", "idea collector")),
        "data educators policy",
    ),
    card(
        "educators: teachers and educators",
        "teacher teachers classroom student students school schools curriculum lesson lessons"
        " teaching learning homework grade grades education pupils literacy exam exams course",
        (0.3, 0.4, 0.1), (23, 65),
        "primary school teacher, high school teacher, instructional designer, tutor, principal",
        (("A", "classroom realist"), ("O", "lesson inventor"), ("price_sensitivity",
                                                              "own-pocket teacher")),
        "students parents researchers",
    ),
    card(
        "health: health professionals",
        "patient patients clinical clinic hospital doctor doctors nurse nurses diagnosis treatment"
        " therapy medical medicine trial dose symptoms care healthcare physician surgery"
        " prescription",
        (0.6, 0.0, 0.6), (24, 66),
        "registered nurse, family doctor, physiotherapist, pharmacist, clinic manager",
        (("need_for_cognition", "evidence-first clinician"), ("A", "bedside pragmatist"),
         ("skepticism", "miracle-cure doubter")),
        "researchers wellness parents",
    ),
    card(
        "legal: lawyers and contract people",
        "law legal lawyer lawyers attorney court contract contracts clause liability lawsuit"
        " regulation statute counsel litigation copyright patent trademark agreement terms judge",
        (0.6, -0.1, 0.7), (26, 68),
        "associate lawyer, in-house counsel, paralegal, contract manager, notary",
        (("C", "clause reader"), ("skepticism", "liability spotter"),
         ("O", "plain-language lawyer")),
        "executives security policy",
    ),
    card(
        "journalists: journalists and editors",
        "journalist journalists editor newsroom story stories reporting reporter headline media"
        " press news article source sources interview publish publisher newspaper podcast",
        (0.5, 0.2, 0.7), (22, 66),
        "reporter, freelance journalist, news editor, podcast producer, press officer",
        (("skepticism", "source checker"), ("O", "angle hunter"), ("need_for_cognition",
                                                                 "long-form editor")),
        "creators policy researchers",
    ),
)  # fmt: skip
