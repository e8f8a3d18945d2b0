"""What lends a claim support: measurements, sources, other people, ways out."""

HARD = """
case study, case studies, study, studies, research shows, research by, research from, peer
reviewed, published in, clinical trial, clinical trials, randomized, randomised, controlled trial,
placebo, survey of, surveyed, survey, benchmark, benchmarks, benchmarked, measured, we measured,
tested, we tested, test results, a b test, data from, data shows, according to, sources, cited,
citation, audit, audited, audited by, certified, certification, verified by, independent review,
independently, report by, report from, open source, the code is, on github, reproducible,
methodology and data, sample size, sample of, p value, confidence interval, before and after,
screenshots, postmortem, changelog, statistics from, census, meta analysis, evidence, dataset, raw
data
"""

SOFT = """
for example, for instance, such as, e g, here is how, here s how, specifically, in practice, step
by step, we found that, i found that, found that, it turned out, turned out, resulted in, results,
result, in production, after using, we switched, i switched, went from, dropped from, fell from,
rose from, grew from, down from, up from, compared to, compared with, versus, demo, live demo,
walkthrough, example, examples, details, in detail
"""

SOCIAL = """
teams use, teams at, companies use, used by, trusted by, loved by, chosen by, backed by, featured
in, as seen in, as seen on, rated, 5 star, five star, testimonial, testimonials, recommended by,
recommend it, recommended, join thousands, thousands of, millions of, hundreds of, people have,
github stars, sold out, bestselling, best selling, best seller, bestseller, most popular, popular
choice, everyone is, my clients, our clients, early adopters, waitlist of, award, winner of,
fortune 500, y combinator, yc
"""

# Others are named, but only a figure beside them says anything: "our community" is nobody's word.
COUNTED = """
customers, customer, users, clients, reviews, review, rating, stars, downloads, subscribers,
followers, members, community, teams, companies
"""

SAFETY = """
money back, refund, refunds, full refund, no credit card, cancel anytime, cancel any time, no
strings attached, free returns, no obligation, warranty, guarantee, guaranteed, opt out,
unsubscribe anytime, no lock in, export your data, delete your data, no questions asked, try
before, your data stays, we never sell, privacy first, self hosted, self host, offline, encrypted,
day trial, week trial, month trial, day free trial, week free trial, month free trial, trial
period, risk free trial
"""

CANDOUR = """
i was wrong, we were wrong, i failed, we failed, my mistake, our mistake, i made a mistake, we
made a mistake, what went wrong, limitations, limitation, trade off, trade offs, tradeoff,
tradeoffs, downside, downsides, not for everyone, does not work for, doesn t work for, not for you
if, known issues, we don t, it does not, it doesn t, it s not perfect, honest, what we learned,
what i learned, lessons learned, i regret, we regret, we apologize, we apologise, sorry, the catch
is, caveat, caveats, not yet
"""
