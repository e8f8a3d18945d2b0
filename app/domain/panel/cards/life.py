"""Audience cards: people met outside their work."""

from app.domain.panel.cards.card import card

LIFE = (
    card(
        "creators: creators and writers",
        "writing writer writers creator creators newsletter substack youtube video videos podcast"
        " followers audience blog blogger content storytelling book books novel author publish"
        " poem essay edit draft thread",
        (0.3, 0.3, 0.2), (18, 60),
        "newsletter writer, video creator, novelist, podcaster, blogger, photographer",
        (("O", "voice-first writer"), ("E", "audience builder"), ("skepticism", "trick spotter")),
        "marketers journalists designers",
    ),
    card(
        "students: students and learners",
        "student students study studying exam exams college university campus degree tuition course"
        " courses lecture homework learn learning beginner beginners tutorial notes scholarship",
        (-0.3, 0.7, 0.0), (18, 30),
        "undergraduate student, graduate student, apprentice, part-time barista, intern",
        (("O", "eager learner"), ("price_sensitivity", "broke student"), ("C", "exam planner")),
        "educators jobseekers gamers",
    ),
    card(
        "parents: parents",
        "parent parents parenting kid kids child children toddler baby babies mom moms mum dad dads"
        " school bedtime family families daycare pregnancy pregnant newborn teenager teens daughter"
        " son",
        (-0.1, 0.4, 0.2), (24, 54),
        "stay-at-home parent, nurse, teacher, project coordinator, electrician, accountant",
        (("N", "worried parent"), ("price_sensitivity", "household budgeter"),
         ("C", "two-minute reader")),
        "shoppers wellness educators",
    ),
    card(
        "wellness: health and fitness seekers",
        "fitness workout workouts gym yoga diet weight sleep protein calories meditation wellness"
        " nutrition vitamins supplement supplements healthy running runner marathon stress habit"
        " habits muscle therapy anxiety mindfulness",
        (0.0, 0.3, 0.2), (18, 68),
        "personal trainer, office administrator, yoga teacher, nurse, software tester",
        (("C", "habit tracker"), ("novelty", "routine changer"), ("skepticism", "fad doubter")),
        "parents shoppers health",
    ),
    card(
        "savers: people minding their money",
        "savings save saving budget budgeting debt mortgage loan loans credit card bank banking"
        " retirement pension tax taxes insurance income expenses rent interest emergency fund"
        " frugal cashback money wealth",
        (0.0, 0.7, 0.4), (20, 75),
        "bus driver, bookkeeper, nurse, retiree, teacher, warehouse supervisor",
        (("price_sensitivity", "every-penny counter"), ("skepticism", "small-print reader"),
         ("C", "spreadsheet saver")),
        "investors shoppers parents",
    ),
    card(
        "shoppers: everyday shoppers",
        "buy sale discount shipping delivery order orders shop shopping shoes clothes fashion dress"
        " skincare beauty makeup gift gifts coupon price cart returns size style jewelry handmade"
        " cotton leather",
        (-0.3, 0.5, 0.2), (18, 75),
        "retail associate, receptionist, dental hygienist, truck driver, stay-at-home parent",
        (("price_sensitivity", "bargain comparer"), ("novelty", "impulse browser"),
         ("skepticism", "review reader")),
        "savers homeowners gadgets",
    ),
    card(
        "homeowners: home owners and do-it-yourselfers",
        "home house kitchen garden gardening furniture renovation repair tools paint diy roof solar"
        " heating energy appliance cleaning decor bathroom yard lawn plumbing insulation neighbors",
        (0.0, 0.4, 0.3), (26, 78),
        "carpenter, home owner, property manager, retired teacher, landscaper",
        (("C", "weekend fixer"), ("price_sensitivity", "quote comparer"), ("O", "home improver")),
        "shoppers savers parents",
    ),
    card(
        "foodies: home cooks and food lovers",
        "recipe recipes cook cooking bake baking kitchen restaurant dinner meal meals chef flavor"
        " ingredient ingredients coffee wine beer vegan vegetarian bread sauce grill taste"
        " delicious"
        " espresso roast rice garlic butter simmer fry lentils onion cheese spice",
        (0.0, 0.2, 0.0), (18, 75),
        "line cook, barista, home cook, food blogger, dietitian",
        (("O", "flavour chaser"), ("price_sensitivity", "weeknight cook"),
         ("skepticism", "recipe tester")),
        "shoppers homeowners wellness",
    ),
    card(
        "travellers: travellers",
        "travel trip trips flight flights hotel hotels airport vacation holiday beach itinerary"
        " passport visa backpacking tour tours destination hostel airline cruise nomad luggage"
        " museum",
        (0.0, 0.3, 0.2), (18, 75),
        "flight attendant, remote worker, tour guide, travel agent, consultant",
        (("novelty", "off-map wanderer"), ("price_sensitivity", "fare watcher"), ("C", "planner")),
        "foodies outdoors shoppers",
    ),
    card(
        "outdoors: outdoor and sports people",
        "hiking hike trail trails climbing bike bikes cycling camping ski surf mountain mountains"
        " football soccer basketball team match league coach athlete season tournament fishing",
        (0.1, 0.2, 0.1), (18, 70),
        "park ranger, physical therapist, cyclist, coach, surveyor",
        (("E", "club regular"), ("novelty", "gear enthusiast"), ("C", "training planner")),
        "wellness travellers gadgets",
    ),
    card(
        "petowners: pet owners",
        "dog dogs cat cats puppy kitten pet pets vet veterinarian leash breed walk treats litter"
        " rescue shelter adopt",
        (0.0, 0.2, 0.0), (18, 75),
        "veterinary nurse, dog walker, office clerk, retired mechanic, student",
        (("A", "devoted owner"), ("price_sensitivity", "vet-bill counter"),
         ("skepticism", "label reader")),
        "shoppers parents homeowners",
    ),
    card(
        "musicfans: music, film and culture fans",
        "music song songs album band concert guitar film films movie movies cinema series netflix"
        " spotify artist artists art gallery theatre actor director festival playlist vinyl",
        (0.1, 0.2, 0.1), (18, 70),
        "musician, librarian, sound technician, gallery assistant, barista",
        (("O", "deep listener"), ("novelty", "new-release follower"),
         ("skepticism", "hype sceptic")),
        "creators gamers public",
    ),
    card(
        "policy: people who follow politics and society",
        "policy government election vote voters voting law congress senate parliament minister"
        " president rights climate immigration tax protest democracy political politics republican"
        " democrat justice war inequality housing crisis",
        (0.2, 0.1, 0.5), (20, 80),
        "civil servant, union organiser, retired teacher, policy analyst, campaign volunteer",
        (("need_for_cognition", "position paper reader"), ("N", "worried citizen"),
         ("skepticism", "spin spotter")),
        "journalists volunteers public",
    ),
    card(
        "volunteers: donors and volunteers",
        "donate donation donations charity nonprofit ngo volunteer volunteers cause fundraising"
        " fundraiser community shelter hunger poverty refugees campaign impact foundation support",
        (0.0, 0.3, 0.2), (20, 80),
        "social worker, charity coordinator, church volunteer, nurse, retired manager",
        (("A", "quiet giver"), ("skepticism", "overhead checker"), ("E", "community organiser")),
        "policy parents public",
    ),
    card(
        "climate: climate and sustainability minded people",
        "climate carbon emissions sustainable sustainability renewable solar wind energy recycling"
        " plastic planet environment environmental green footprint electric ev biodiversity ocean"
        " forest pollution",
        (0.2, 0.1, 0.4), (18, 75),
        "environmental engineer, city planner, teacher, farmer, activist",
        (("A", "careful consumer"), ("skepticism", "greenwash spotter"),
         ("need_for_cognition", "footprint calculator")),
        "policy homeowners volunteers",
    ),
    card(
        "retirees: older adults and retirees",
        "retirement retired pension grandchildren grandparents seniors senior medicare arthritis"
        " hearing aging ageing memory nostalgia caregiver",
        (-0.3, 0.3, 0.3), (60, 88),
        "retired teacher, retired machinist, volunteer driver, part-time bookkeeper",
        (("C", "patient reader"), ("skepticism", "heard-it-before reader"), ("A", "kind listener")),
        "savers homeowners volunteers",
    ),
    card(
        "languages: language learners and expats",
        "language languages spanish french german japanese english vocabulary grammar fluent accent"
        " translate translation abroad expat expats immigrant visa native speaker culture",
        (0.0, 0.3, 0.1), (18, 65),
        "language teacher, exchange student, translator, hotel manager, au pair",
        (("O", "word collector"), ("C", "daily practiser"), ("price_sensitivity", "free-app user")),
        "students travellers educators",
    ),
    card(
        "public: general readers",
        "people everyone life today world story day time news",
        (-0.3, 0.2, 0.1), (18, 85),
        "delivery driver, nurse, retail manager, electrician, teacher, accountant, retiree,"
        " barista",
        (("novelty", "curious passer-by"), ("skepticism", "hard-to-impress reader"),
         ("A", "easy-going reader")),
        "officeworkers shoppers parents",
    ),
)  # fmt: skip
