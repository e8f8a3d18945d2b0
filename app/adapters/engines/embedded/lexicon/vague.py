"""Claims one could make of anything, and words that only fill."""

VAGUE = """
powerful, simple to use, easy to use, user friendly, intuitive, high quality, top quality,
quality, affordable, reasonable prices, competitive prices, great value, cost effective,
efficient, efficiently, efficiency, effective, effectively, flexible, reliable, modern, smart,
smarter, better, best, great, unique, dynamic, advanced, sophisticated, significant,
significantly, substantial, substantially, various, several ways, many ways, countless, a lot of,
lots of, tons of, plenty of, solutions, solution, improve your, improves your, boost your, boosts
your, boost, maximize, maximise, elevate, elevates, enable, enables, enabling, drive results,
drive growth, drives growth, drive success, results driven, deliver value, delivers value,
delivering value, add value, adds value, meet your needs, all your needs, your needs, tailored,
personalized, customized, bespoke, wide range, full range, and more, and much more, so much more,
etc, etcetera, great things, many things, so many things, stuff, something special, in many ways,
to some extent, success, successful, excellence, passion, passionate, committed to, dedicated to,
strive to, strives to, mission is to, vision is to, our goal is, we believe, believe in, care
about, customer satisfaction, peace of mind, save time, saves time, saves you time, save money,
saves money, work smarter, do more, get more done, grow your business, achieve your goals, reach
your goals, reach new heights, make a difference, make an impact, real results, proven results,
trusted partner, trusted, leading provider, leading, leader in, experts in, years of experience,
improvements, enhancements, key areas, important, impactful, meaningful, valuable insights,
insights, opportunities, opportunity, possibilities, challenges, journey, fast paced world, today
s world, modern world, in today s, digital age, ever changing, rapidly changing, more productive,
more efficient, happier, hassle free
"""

NEUTRAL = """
effective from, effective as of, effective on, effective immediately, effective date, effective
january, effective february, effective march, effective april, effective may, effective june,
effective july, effective august, effective september, effective october, effective november,
effective december, customer success, customer service, customer support, customer experience, best
first, best wishes, best regards, all the best, at best, best case, best man, better off, for the
best, in a hurry, no hurry, great britain, great grandmother, quality assurance, smart phone, modern
languages, modern history, would rather, d rather, had rather, rather than, or rather, not just, isn
t just, aren t just, wasn t just, weren t just, don t just, doesn t just, didn t just, more than
just, just in case, just in time, just as, only just, not very, isn t very, aren t very, wasn t
very, very much, not really, not actually, not simply, not quite, quite a few, quite a lot, quite a
bit, simply put, put simply, the kind of, this kind of, that kind of, a kind of, what kind of, any
kind of, every kind of, some kind of, one kind of, no kind of, same kind of, new kind of, different
kind of, kind of you, the sort of, this sort of, that sort of, what sort of, any sort of, every sort
of, some sort of, same sort of, new sort of, super bowl, yours truly, my superior, her superior, his
superior, our superior, their superior, premium increase, premium increases, insurance premium,
insurance premiums, to require
"""

FILLER = """
it has been determined that, please be advised that, this is to inform you that, we would like to
inform you that, i would like to inform you that, i just wanted to say that, very, really, just,
basically, actually, simply, quite, rather, somewhat, honestly, frankly, obviously, clearly,
needless to say, as a matter of fact, it goes without saying, it should be noted that, it is
important to note that, please note that, as you may know, as we all know, first and foremost,
last but not least, in conclusion, kind of, sort of
"""

BENEFIT = """
save, saves, saved, cut, cuts, faster, cheaper, less time, in minutes, in seconds, minutes, hours,
no more, so you can, so that you, stop, instead of, never again, half the time, half the price,
avoid, avoids, prevent, prevents, reduce, reduces, reduced, catches, catch, finds, fix, fixes,
fixed, automatically, automates, automate, get paid, earn, earns, learn, learn how, helps you,
help you, lets you, let you, gives you, you get, works offline, keeps, protects, protect,
restores, restore, sleep better, feel, enjoy, relax, easier, quicker, lose weight, gain, win,
wins, build, builds, create, grow, find out, see how, show you, shows you, makes it
"""

AUDIENCE = """
for developers, for engineers, for teams, for founders, for startups, for designers, for parents,
for students, for teachers, for writers, for marketers, for agencies, for freelancers, for small
businesses, for beginners, for anyone who, for people who, for those who, for everyone who, if you
are a, if you re a, if you are, if you re, if your, if you ve, if you have, if you want, if you
need, whether you, when you, are you a, do you, have you ever, as a developer, as a parent, as a
founder, as a manager, as an engineer, built for, made for, designed for, developers, engineers,
founders, parents, students, teachers, designers, marketers, freelancers, patients, runners, home
owners, homeowners, gamers, writers, nurses, managers, job seekers, beginners, small business
owners, dear
"""
