"""Words that promise more than they say, with what may stand instead (empty: leave out)."""

# Adjectives and adverbs that can be left out before a noun without breaking the sentence.
DROPPABLE = """
revolutionary, groundbreaking, ground breaking, game changing, world class, best in class, cutting
edge, bleeding edge, next generation, next gen, next level, state of the art, industry leading,
market leading, award winning, unparalleled, unmatched, unrivaled, unrivalled, unprecedented,
disruptive, transformative, transformational, mind blowing, jaw dropping, life changing, earth
shattering, breathtaking, extraordinary, phenomenal, insane, insanely, incredible, incredibly,
unbelievable, unbelievably, amazing, amazingly, awesome, epic, legendary, ultimate, magical,
stunning, spectacular, revolutionizing, visionary, futuristic, supercharged, turbocharged, hyper,
effortless, effortlessly, seamless, seamlessly, frictionless, blazing fast, blazingly fast,
lightning fast, ultra fast, super fast, one of a kind, first of its kind, once in a lifetime, all
in one, bulletproof, foolproof, unbeatable, unstoppable, exclusive, premium, elite, bold, paradigm
shifting, never before seen, truly, literally, absolutely, totally, hugely, massively, wildly,
ridiculously, super, exciting, thrilling, iconic, flawless, flawlessly, magnificent, superior,
exceptional, exceptionally, outstanding, remarkable, remarkably, second to none
"""

# Whole turns of phrase; a plain one stands after the arrow where there is one.
TURNS = """
game changer, game changers, changes everything, change everything, change the game, changing the
game, change your life, changed my life, changes the way you, redefine, redefines, redefining,
reimagine, reimagines, reimagined, reimagining, revolutionize > change, revolutionizes > changes,
revolutionise > change, revolutionises > changes, disrupt > change, disrupts > changes, disrupting
> changing, unleash > use, unleashes > uses, unleashing > using, supercharge > speed up,
supercharges > speeds up, supercharging > speeding up, turbocharge > speed up, skyrocket > grow,
skyrockets > grows, skyrocketing > growing, skyrocketed > grew, 10x, 100x, ten x your, the future
of, future proof, to the next level, next level results, take your business to, never be the same,
like never before, one stop shop, holy grail, silver bullet, secret sauce, no brainer, limitless,
endless possibilities, infinite possibilities, unlimited potential, full potential, unlock your
potential, unlock the power, unlock the full, harness the power, power of ai, powered by the
latest, the sky is the limit, dream come true, like magic, magic happens, pure magic, blow your
mind, blew my mind, crushing it, killing it, crush it, rocket ship, rocketship, on steroids,
unicorn, thought leader, thought leadership, rockstar, ninja, guru, we are thrilled, we re
thrilled, i m thrilled, i am thrilled, thrilled to announce, thrilled to share, excited to
announce, excited to share, super excited, so excited, humbled, honored to announce, proud to
announce, delighted to announce, pleased to announce, the best ever, best ever, greatest, number
one, no 1, the world s first, world s best, world s most, of all time, you won t believe your,
make millions, get rich, financial freedom, passive income, miracle, miracles, miraculous,
guaranteed results, 100 guaranteed, risk free profit, instant results, overnight success, secret
formula, doctors hate, quantum leap, moonshot, pushing the boundaries, push the boundaries, at the
speed of thought, delight your customers, transform your business > change how you work, transform
your life, transforms the way > changes the way, transform the way > change the way, empower your
team, dominate your market, dominate, dominating
"""
