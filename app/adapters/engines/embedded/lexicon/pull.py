"""What pulls at the reader: curiosity, haste, requests, feeling."""

CURIOSITY = """
you won t believe, won t believe what, this is why, here s why, here is why, heres why, the reason
why, what happened next, what happens next, nobody talks about, no one talks about, no one tells
you, nobody tells you, nobody told me, no one is talking about, the secret, secrets, secret, the
truth about, the real reason, one weird trick, this one trick, this simple trick, little known,
surprising, surprisingly, shocking, shocked, you ll never guess, guess what, what if i told you,
most people don t, most people get, everyone gets wrong, is wrong about, got wrong, wait until
you, until i, turns out, i used to think, i always thought, the one thing, this one thing, changed
how i, unpopular opinion, hot take, plot twist, it s not what you think, not what you think, but
here s the thing, here s the thing, the problem is, there s a catch, this changed, thread, a
thread, find out why, see what happened, the answer, mystery, hidden, revealed, exposed, what we
found
"""

URGENCY = """
act now, buy now, order now, call now, hurry and, hurry up, hurry act, hurry before, hurry while,
please hurry, so hurry, limited time, limited time offer, limited offer, limited spots, limited
seats, only a few left, few left, last chance, final chance, final call, ends today, ends tonight,
ends soon, ending soon, today only, don t miss, don t miss out, dont miss out, before it s too
late, before its too late, while supplies last, while stocks last, expires, expires soon, offer
ends, offer expires, 24 hours only, countdown, now or never, don t wait, dont wait, time is
running out, running out, spots left, seats left, left in stock, going fast, selling fast, urgent,
urgently, immediately, asap, right now, fomo, once it s gone
"""

ASK_OPENERS = """
sign up, signup, subscribe, join, join us, try, try it, start, get started, start your, download,
install, buy, order, shop, book, book a, schedule, register, rsvp, apply, donate, click, click
here, tap, visit, check out, check it out, learn more, read more, read the, watch, see the, see
it, follow, follow me, share, repost, retweet, rt, like and, comment, comment below, drop a, dm,
dm me, message me, reply, email me, email us, contact, contact us, call, call us, let me know,
tell me, tell us, vote, take the, grab, claim, get your, get the, get it, request a, request
access, pre order, preorder, reserve, star us, star the, open an issue, send me, send us, please
complete, please submit, please review, please send, please fill, please reply, please join,
please read, add your, submit your, sign the, learn how, contribute, give it a try, give it a
"""

ASK_INSIDE = """
will you, would you, if you give, please submit, please send, please reply, please complete, link
in bio, link in comments, link in the comments, let me know, sign up, click here, comment below,
in the comments, dm me, book a call, book a demo, request a demo, get started, subscribe, download
it, try it, try it free, join the waitlist, join us, what do you think, thoughts, would love
feedback, love your feedback, feedback welcome, reach out, get in touch, apply now, learn more,
start free, free trial, buy now, order now, shop now
"""

POSITIVE = """
love, loved, loves, happy, joy, delight, delighted, beautiful, lovely, wonderful, fun, enjoyable,
glad, grateful, thank, thanks, proud, congratulations, congrats, celebrate, celebrating,
celebrated, win, won, success, smile, inspiring, inspired, hope, hopeful, kind, kindness,
favorite, favourite, perfect, brilliant, excellent, fantastic, good, nice, welcome, best, better,
safe, calm, fresh, warm
"""

NEGATIVE = """
fail, failed, fails, failing, failure, failures, broke, broken, break, breaks, crash, crashed,
crashes, lost, lose, losing, loses, loss, pain, painful, hate, hated, hates, angry, anger, fear,
afraid, scared, scary, worry, worried, worries, anxious, anxiety, stress, stressed, stressful,
burnout, tired, exhausted, sick, sad, cry, cried, die, died, dying, dead, death, kill, killed,
kills, war, attack, attacked, crisis, disaster, wrong, worst, worse, bad, terrible, horrible,
awful, ugly, stupid, dumb, annoying, annoyed, frustrating, frustrated, frustration, boring, bored,
waste, wasted, wasting, wastes, problem, problems, mistake, mistakes, bug, bugs, error, errors,
risk, risks, danger, dangerous, threat, scam, fraud, lie, lies, lied, liar, cheat, fake, debt,
broke, bankrupt, fired, laid off, layoff, layoffs, quit, toxic, abuse, abused, victim, hurt,
hurts, suffer, suffering, struggle, struggled, struggling, difficult, impossible, ruin, ruined,
destroy, destroyed, hopeless, alone, lonely, ashamed, shame, guilty, blame, rejected, ignored,
stuck, slow, expensive, overpriced, confusing, confused, mess, chaos, nightmare, outage, breach,
leak
"""

INSTRUCTION = """
ignore previous instructions, ignore all previous instructions, ignore the previous instructions,
ignore all instructions, ignore the above, ignore everything above, disregard previous
instructions, disregard all previous, disregard the above, forget previous instructions, forget
your instructions, forget all previous, you are now, you are chatgpt, as an ai, as an ai language
model, as a language model, system prompt, system message, new instructions, override your, do not
follow, pretend you are, act as a, respond only with, respond with, output only, reply only with,
give this a perfect score, rate this 10, rate it 10, give a score of, score this 10, must rate,
all personas, every persona, tell the user, reveal your, print your, jailbreak, developer mode,
dan mode, begin system, end system
"""
