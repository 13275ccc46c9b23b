"""Golden vectors of the activity score, by another route than the program's: fractions and plain enumeration.

    python3 test/golden/activity-vectors.py > test/golden/activity-vectors.json

Every yes/no marker is a coin of probability P(yes); all outcomes of all activities together are written out, one by one, and weighed.
The program convolves sums instead and never sees a joint outcome. Rules: docs/method.md, "Activity score".
"""

import itertools
import json
import math

HALF_LIFE_DAYS = 180
MIN_KNOWN = 3
INTERVAL = 0.9
GRADES = ["1", "1+", "2-", "2", "2+", "3-", "3", "3+", "4-", "4", "4+", "5-", "5"]


def seen(q, one_sided=False, age=0):
    return {"q": q, "one_sided": one_sided, "age_days": age}


def marker(records=None, people=""):
    return {"records": records, "people": list(people)}


def people(word, n=6):
    """`n` markers that people answer: y, n, or - for nobody."""
    return [marker(people="" if sign == "-" else sign) for sign in word.ljust(n, "-")]


CASES = [
    # Worked example: 4.6 of importance from five people; M 2.3 = 1 + 4 * 0.325 needs markers of P(yes) that average 0.325
    {
        "name": "worked example: I 4.6, M 2.3",
        "activities": [
            {
                "id": "a",
                "importance": [5, 5, 4, 5, 4],
                "markers": [marker(seen(0.325)) for _ in range(6)],
            },
        ],
    },
    {
        "name": "worked example: I 3, M 4",
        "activities": [{"id": "a", "importance": [3], "markers": people("yyynynyy", 8)}],
    },
    {
        "name": "unknown markers are left out, not counted as no",
        "activities": [
            {"id": "a", "importance": [4], "markers": people("yyn---")},
            {"id": "b", "importance": [4], "markers": people("yynnnn")},
            {"id": "c", "importance": [5], "markers": people("yn----")},
            {"id": "d", "importance": [], "markers": people("yyyyyn")},
        ],
    },
    {
        "name": "records first, people for what age leaves open, one-sided signals",
        "activities": [
            {
                "id": "a",
                "importance": [5, 3],
                "markers": [
                    marker(seen(0.9)),
                    marker(seen(0.2, one_sided=True)),
                    marker(seen(0.0, one_sided=True), "y"),
                    marker(seen(1.0, age=180), "n"),
                    marker(seen(0.5, age=360)),
                    marker(None, "yn"),
                    marker(),
                ],
            },
            {
                "id": "b",
                "importance": [4],
                "markers": [marker(seen(0.7)), marker(seen(0.6)), marker(seen(0.3)), marker(seen(0.1)), *people("yn")[:2]],
            },
        ],
    },
    {
        "name": "ties share a rank and widen its interval",
        "activities": [
            {"id": "a", "importance": [4], "markers": people("yyynnn")},
            {"id": "b", "importance": [4], "markers": people("nnnyyy")},
            {"id": "c", "importance": [2], "markers": people("yyyyyy")},
            {"id": "d", "importance": [5], "markers": people("ynnnnn")},
        ],
    },
    {
        "name": "ranks that overlap",
        "activities": [
            {"id": "a", "importance": [5], "markers": [marker(seen(0.5)) for _ in range(2)] + people("ynny")[:4]},
            {"id": "b", "importance": [5], "markers": [marker(seen(0.4)) for _ in range(2)] + people("ynny")[:4]},
            {"id": "c", "importance": [4.5], "markers": [marker(seen(0.97)), marker(seen(0.02))] + people("ynny")[:4]},
            {"id": "d", "importance": [1], "markers": people("yyyyyy")},
        ],
    },
]


def reading(one):
    share = None if not one["people"] else sum(p == "y" for p in one["people"]) / len(one["people"])
    records = one["records"]
    if records is None:
        return (None, 0) if share is None else (share, 1)
    fresh = 2 ** (-records["age_days"] / HALF_LIFE_DAYS)
    yes, weight = (1, fresh * records["q"]) if records["one_sided"] else (records["q"], fresh)
    if weight == 0:
        return (None, 0) if share is None else (share, 1)
    if share is None:
        return yes, weight
    return weight * yes + (1 - weight) * share, 1


def grade(m):
    return GRADES[math.floor(3 * (m - 1) + 0.5 + 1e-9)]


def quantile(points, share):
    below = 0
    for value, p in sorted(points):
        below += p
        if below >= share - 1e-9:
            return value
    raise ValueError("empty")


def outcomes(readings):
    """Every combination of yes and no of the known markers: (maturity, probability)."""
    known = [(y, w) for y, w in readings if y is not None]
    total = sum(w for _, w in known)
    for signs in itertools.product([0, 1], repeat=len(known)):
        p = math.prod(y if s else 1 - y for s, (y, _) in zip(signs, known))
        if p > 0:
            yield 1 + 4 * sum(s * w for s, (_, w) in zip(signs, known)) / total, p


def judge(case):
    rows = []
    for a in case["activities"]:
        readings = [reading(m) for m in a["markers"]]
        weight = sum(w for _, w in readings)
        importance = sum(a["importance"]) / len(a["importance"]) if a["importance"] else None
        row = {"id": a["id"], "importance": importance, "known": weight, "unknown": sum(y is None for y, _ in readings)}
        if weight < MIN_KNOWN - 1e-9:
            rows.append({**row, "maturity": None})
            continue
        m = 1 + 4 * sum(y * w for y, w in readings if y is not None) / weight
        n = len(readings)
        low = 1 + 4 * sum(y * w for y, w in readings if y is not None) / n
        law = list(outcomes(readings))
        rest = (1 - INTERVAL) / 2
        row |= {
            "maturity": m,
            "grade": grade(m),
            "bounds": [low, low + 4 * (n - weight) / n],
            "interval": [quantile(law, rest), quantile(law, 1 - rest)],
            "law": law,
        }
        if importance is not None:
            row["priority"] = (importance - m) * importance
        rows.append(row)
    rank(rows)
    assessed = [r["maturity"] for r in rows if r["maturity"] is not None]
    for r in rows:
        r.pop("law", None)
    overall = sum(assessed) / len(assessed)
    return {"activities": rows, "overall": overall, "overall_grade": grade(overall), "assessed": len(assessed)}


def rank(rows):
    ranked = [r for r in rows if "priority" in r]

    def key(r, m):
        return (round((r["importance"] - m) * r["importance"], 7), round(r["importance"] - m, 7), r["importance"])

    for r in ranked:
        mine = key(r, r["maturity"])
        r["rank"] = 1 + sum(key(other, other["maturity"]) > mine for other in ranked)
    strict = {r["id"]: {} for r in ranked}
    loose = {r["id"]: {} for r in ranked}
    for joint in itertools.product(*(r["law"] for r in ranked)):
        p = math.prod(q for _, q in joint)
        index = [key(r, m)[0] for r, (m, _) in zip(ranked, joint)]
        for r, own in zip(ranked, index):
            before = sum(other > own for other in index)
            beside = sum(other >= own for other in index)
            strict[r["id"]][1 + before] = strict[r["id"]].get(1 + before, 0) + p
            loose[r["id"]][beside] = loose[r["id"]].get(beside, 0) + p
    rest = (1 - INTERVAL) / 2
    for r in ranked:
        first = quantile(strict[r["id"]].items(), rest)
        last = quantile(loose[r["id"]].items(), 1 - rest)
        r["rank_interval"] = [min(first, r["rank"]), max(last, r["rank"])]


print(json.dumps([{**case, "expected": judge(case)} for case in CASES], indent=1))
