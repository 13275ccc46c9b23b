"""Golden vectors of the value exchange, by another route than the program's.

    python3 test/golden/value-vectors.py > test/golden/value-vectors.json

Contacts are laid out one by one and each is classified alone; results of the calculator are the least and the most over all corners
of the input ranges. The program sums groups and uses interval arithmetic. Rules: docs/method.md, "Value exchange".
"""

import itertools
import json

TAKES = {"remove": [0.1, 0.5], "redistribute": [0.09, 0.23]}
ACTS_ON = {"remove": "eroding", "redistribute": "routine", "restructure": "adding"}
MINUTES = [10, 30]
GAP = {"line": 0.5, "min_known": 2}
PROPOSAL = {"contacts": 20, "returning": 0.2, "linked": 0.3, "one_reply": 0.7, "known_answer": 0.5}
CITED = {
    "share-of-existing-customers": [0.55, 0.75],
    "retention": [0.7, 0.81],
    "profit-gain-of-five-points": [0.25, 0.95],
    "odds-existing-customer": [0.6, 0.7],
    "odds-new-customer": [0.05, 0.2],
    "influence-of-an-advocate": [0.4, 0.6],
    "cost-live-contact": [6, 10],
    "cost-self-service-contact": [0.05, 0.25],
}
MARKS = ["cause", "category", "tag", "form"]


def group(contacts, cause=None, category=None, tags=(), form=None, hours=None, **counts):
    row = {"cause": cause, "category": category, "tags": list(tags), "form": form, "contacts": contacts}
    row |= {key: counts.get(key, 0) for key in ["returning", "linked", "one_reply", "known_answer", "answered"]}
    return {**row, "hours": None if hours is None else {"low": hours[0], "high": hours[1]}}


def rule(by, value, kind, step=None):
    return {"by": by, "value": value, "kind": kind, **({} if step is None else {"step": step})}


GROUPS = [
    group(120, category="defect", hours=[40, 60], answered=120, returning=30, linked=50),
    group(80, category="billing", cause="wrong-invoice", hours=[20, 20], answered=70, returning=10),
    group(150, category="password", hours=[15, 30], answered=150, one_reply=140, known_answer=120),
    group(40, category="advice", tags=["onboard"], hours=[30, 50], answered=38, returning=2),
    group(25, category="other", tags=["bug", "vip"], hours=[5, 10], answered=20, one_reply=5),
    group(60, category="other", hours=[10, 20], answered=50, one_reply=30),
]
MAPPING = [
    rule("category", "defect", "eroding"),
    rule("category", "billing", "routine"),
    rule("cause", "wrong-invoice", "eroding"),
    rule("category", "password", "routine"),
    rule("tag", "onboard", "adding", "onboarding"),
    rule("tag", "bug", "eroding"),
    rule("tag", "vip", "adding"),
]
OWN = {
    "revenue": [1000000, 1200000],
    "profit": [90000, 110000],
    "offers": [200, 300],
    "value-of-a-sale": [1000, 1500],
    "revenue-by-recommendation": [50000, 80000],
    "cost-of-an-hour": [30, 45],
}
UNTIMED = [{**g, "hours": None} for g in GROUPS]

CASES = [
    {"name": "a desk with recorded hours", "window_days": 73, "groups": GROUPS, "mapping": MAPPING, "edits": OWN, "said": {}},
    {"name": "no hours are recorded", "window_days": 73, "groups": UNTIMED, "mapping": MAPPING, "edits": OWN, "said": {}},
    {"name": "nothing is mapped", "window_days": 73, "groups": GROUPS, "mapping": [], "edits": {}, "said": {}},
    {
        "name": "a loss and an edited figure",
        "window_days": 365,
        "groups": GROUPS,
        "mapping": MAPPING,
        "edits": {**OWN, "profit": [-20000, 50000], "retention": [0.9, 0.95]},
        "said": {
            "aware-customers-know": "nn",
            "aware-agents-know": "yn",
            "own-person": "n",
            "own-goals": "y",
            "own-time": "y",
            "align-goals": "n",
        },
    },
]
REASONS = {
    "awareness": ["aware-customers-know", "aware-agents-know", "aware-figures", "aware-leaders"],
    "ownership": ["own-person", "own-goals", "own-agents", "own-time"],
    "alignment": ["align-goals", "align-causes", "align-hand-over", "align-rewards"],
}


def classify(g, mapping):
    for by in MARKS:
        codes = g["tags"] if by == "tag" else [g[by]]
        kinds = {r["kind"] for r in mapping if r["by"] == by and r["value"] in codes}
        if len(kinds) > 1:
            return "disputed"
        if kinds:
            return kinds.pop()
    return "unmapped"


def mix(case):
    one_by_one = [classify(g, case["mapping"]) for g in case["groups"] for _ in range(g["contacts"])]
    total = len(one_by_one)
    mapped = sum(kind in ACTS_ON.values() for kind in one_by_one)
    out = {"contacts": total, "mapped": mapped, "disputed": one_by_one.count("disputed"), "covered": mapped / total}
    for kind in ACTS_ON.values():
        n = one_by_one.count(kind)
        hours = [g["hours"] for g in case["groups"] if classify(g, case["mapping"]) == kind]
        known = None not in hours
        out[kind] = {
            "contacts": n,
            "share": n / mapped if mapped else None,
            "bounds": {"low": n / total, "high": (n + total - mapped) / total},
            "hours": {"low": sum(h["low"] for h in hours), "high": sum(h["high"] for h in hours)} if known else None,
        }
    return out


def span(values):
    values = list(values)
    return {"low": min(values), "high": max(values)}


def levers(mixed):
    out = []
    if mixed["mapped"] == 0:  # nothing was found that a lever could act on: unknown, not zero
        return [{"id": lever, "volume": None, "hours": None, "puts_to_use": None} for lever in ACTS_ON]
    for lever, takes in TAKES.items():
        part = mixed[ACTS_ON[lever]]
        if part["hours"] is None:
            hours = [part["contacts"] * m / 60 for m in MINUTES]
        else:
            hours = [part["hours"]["low"], part["hours"]["high"]]
        out.append(
            {
                "id": lever,
                "volume": span(part["contacts"] * t for t in takes),
                "hours": span(h * t for h in hours for t in takes),
                "puts_to_use": None,
            }
        )
    freed = {end: sum(one["hours"][end] for one in out) for end in ["low", "high"]}
    return [*out, {"id": "restructure", "volume": None, "hours": None, "puts_to_use": freed}]


FORMULAS = {
    "revenue-of-existing-customers": (["revenue", "share-of-existing-customers"], lambda r, s: r * s),
    "revenue-at-risk": (
        ["revenue", "share-of-existing-customers", "retention"],
        lambda r, s, k: r * s * (1 - k),
    ),
    "profit-of-five-points": (["profit", "profit-gain-of-five-points"], lambda p, g: p * g),
    "sales-to-existing-customers": (
        ["offers", "value-of-a-sale", "odds-existing-customer", "odds-new-customer"],
        lambda n, v, e, f: n * v * (e - f),
    ),
    "influence-of-advocates": (["revenue-by-recommendation", "influence-of-an-advocate"], lambda r, i: r * i),
    "worth-of-freed-hours": (["freed-hours", "cost-of-an-hour"], lambda h, c: h * c),
    "saved-by-self-service": (
        ["redistributed-contacts", "cost-live-contact", "cost-self-service-contact"],
        lambda n, a, b: n * (a - b),
    ),
}


def economics(case, pulled):
    year = 365 / case["window_days"]
    values = {**CITED, **case["edits"]}
    if pulled[1]["volume"] is not None:
        values["freed-hours"] = [x * year for x in pulled[2]["puts_to_use"].values()]
        values["redistributed-contacts"] = [x * year for x in pulled[1]["volume"].values()]
    out = {}
    for name, (needs, work) in FORMULAS.items():
        missing = [need for need in needs if need not in values]
        corners = [] if missing else itertools.product(*(values[need] for need in needs))
        out[name] = None if missing else span(work(*corner) for corner in corners)
    return out


def gap(said):
    reasons = {}
    for reason, questions in REASONS.items():
        no = [said[q].count("n") / len(said[q]) for q in questions if q in said]
        reasons[reason] = sum(no) / len(no) if len(no) >= GAP["min_known"] else None
    known = [g for g in reasons.values() if g is not None]
    named = [r for r, g in reasons.items() if g is not None and g >= GAP["line"] and g == max(known)]
    state = "named" if named else "none" if len(known) == len(reasons) else "unknown"
    return {"state": state, "named": named, "reasons": reasons}


def proposals(case):
    out = []
    total = sum(g["contacts"] for g in case["groups"])
    codes = {(by, c) for g in case["groups"] for by in MARKS for c in (g["tags"] if by == "tag" else [g[by]]) if c}
    for by, value in codes:
        having = [g for g in case["groups"] if value in (g["tags"] if by == "tag" else [g[by]])]
        n = sum(g["contacts"] for g in having)
        if n < PROPOSAL["contacts"] or any(r["by"] == by and r["value"] == value for r in case["mapping"]):
            continue
        share = {k: sum(g[k] for g in having) / n for k in ["returning", "linked", "one_reply", "known_answer"]}
        over = {k for k, s in share.items() if s >= PROPOSAL[k]}
        kind = "eroding" if over & {"returning", "linked"} else "routine" if over >= {"one_reply", "known_answer"} else None
        out.append({"by": by, "value": value, "contacts": n, "covers": n / total, "kind": kind})
    return sorted(out, key=lambda p: (-p["contacts"], MARKS.index(p["by"]), p["value"]))


def judge(case):
    mixed = mix(case)
    pulled = levers(mixed)
    return {
        "mix": mixed,
        "levers": pulled,
        "economics": economics(case, pulled),
        "gap": gap(case["said"]),
        "proposals": proposals(case),
    }


print(json.dumps([{**case, "expected": judge(case)} for case in CASES], indent=1))
