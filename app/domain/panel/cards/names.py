"""What people call the readers of each card, in the singular, written by hand.

A trade's are its "people" here: its folks, teams and professionals are read as the same.
"""

_LISTS = {
    "engineers": "engineer, developer, dev, programmer, coder, web developer, software people,"
    " technical people, engineering people, software architect, software tester, QA engineer,"
    " game developer, Hacker News",
    "platform": "SRE, infrastructure engineer, infrastructure people, DevOps, DBA",
    "data": "data people, data engineer, AI people, AI engineer, AI researcher, ML people,"
    " ML engineer, machine-learning people, statistician",
    "security": "security researcher, security people, infosec people, compliance people, hacker,"
    " pentester",
    "designers": "designer, design people, UX designer, UI designer, graphic designer,"
    " web designer, illustrator",
    "productmanagers": "product manager, product owner, product people, PM",
    "founders": "founder, cofounder, co-founder, entrepreneur, solopreneur, indie hacker, maker,"
    " bootstrapper, startup, startup people",
    "itbuyers": "IT people, IT manager, IT admin, IT department, IT buyer, IT decision maker,"
    " software buyer, SaaS buyer, enterprise buyer, B2B buyer, operations buyer, operations people,"
    " sysadmin, system administrator, CIO, procurement people",
    "gamers": "gamer, video game player, game player, people who play games, esports fan",
    "gadgets": "gadget lover, tech enthusiast, early adopter, electronics shopper, phone buyer",
    "marketers": "marketer, marketing people, growth people, marketing manager, CMO, copywriter,"
    " SEO people, social media manager, advertiser, head of marketing",
    "sales": "sales people, salespeople, salesperson, sales rep, SDR, head of sales",
    "executives": "executive, CEO, CFO, COO, CTO, director, senior manager, VP, business people,"
    " decision maker, board member, C-level",
    "hr": "HR, HR people, talent people, recruiter, headhunter, head of people",
    "teamleads": "team lead, team leader, manager, middle manager, engineering manager, supervisor",
    "officeworkers": "office worker, office manager, executive assistant, employee, clerk,"
    " white-collar worker, knowledge worker, remote worker, working people, colleague, coworker",
    "jobseekers": "job seeker, job hunter, career changer, applicant, unemployed, graduate",
    "freelancers": "freelancer, consultant, contractor, self-employed, gig worker, translator",
    "smallbusiness": "small business, small business owner, business owner, shop owner, shopkeeper,"
    " store owner, restaurant owner, retailer, merchant, local business, SMB, SME",
    "investors": "investor, finance people, venture capitalist, VC, trader, accountant, banker,"
    " financial advisor, financial adviser, shareholder, business angel",
    "researchers": "researcher, academic, scientist, professor, scholar, PhD student, postdoc",
    "educators": "teacher, educator, lecturer, tutor, instructor, headteacher, school people",
    "health": "nurse, doctor, physician, clinician, pharmacist, therapist, surgeon, dentist,"
    " dental hygienist, paramedic, health people, healthcare people, medical people,"
    " healthcare worker",
    "legal": "lawyer, attorney, solicitor, barrister, judge, legal people, contract people",
    "journalists": "journalist, reporter, editor, press people, media people",
    "creators": "creator, content creator, writer, author, novelist, blogger, youtuber, influencer,"
    " podcaster, photographer",
    "students": "student, learner, undergraduate, college student, high school student, pupil,"
    " teenager, teen, apprentice, intern",
    "parents": "parent, mother, father, mom, mum, dad, family, guardian, caregiver",
    "wellness": "runner, gym-goer, fitness fan, fitness people, health-conscious people, dieter,"
    " health seeker, fitness seeker, health and fitness",
    "savers": "saver, taxpayer, borrower, bank customer, household, people minding their money",
    "shoppers": "shopper, consumer, bargain hunter, online buyer",
    "homeowners": "homeowner, home owner, home buyer, house owner, do-it-yourselfer, DIYer,"
    " gardener, landlord, tenant, renter",
    "foodies": "foodie, cook, chef, baker, vegan, vegetarian, food lover, coffee lover, wine lover",
    "travellers": "traveller, traveler, tourist, backpacker, digital nomad, holidaymaker",
    "outdoors": "hiker, climber, cyclist, camper, skier, surfer, athlete, sports fan, football fan,"
    " outdoor people, outdoor enthusiast, sports people, angler",
    "petowners": "pet owner, dog owner, cat owner, dog lover, cat lover, animal lover, dog people,"
    " cat people",
    "musicfans": "music fan, music lover, film fan, movie fan, moviegoer, culture fan, musician,"
    " artist, art lover",
    "policy": "voter, citizen, politician, policymaker, policy maker, policy people, civil servant",
    "volunteers": "donor, volunteer, charity supporter, fundraiser, nonprofit, charity",
    "climate": "climate activist, activist, environmentalist, farmer, sustainability people,"
    " climate people",
    "retirees": "retiree, retired people, pensioner, seniors, senior citizen, older adult,"
    " older people, elderly, grandparent, grandmother, grandfather",
    "languages": "language learner, expat, immigrant, polyglot",
    "public": "general people, general public, everyone, everybody, anyone, electrician,"
    " sales associate, retail associate, patient, civil engineer, mechanical engineer,"
    " electrical engineer, real estate developer, property developer, warehouse worker,"
    " truck driver, bus driver, receptionist",
}  # fmt: skip

NAMES = {id_: tuple(names.split(", ")) for id_, names in _LISTS.items()}
