#!/usr/bin/env python3
"""Golden vectors of the staged models, from docs/method.md alone: no code of the product is read or run.

    python3 test/golden/derive_stage_vectors.py            writes test/golden/staged-vectors.json
    python3 test/golden/derive_stage_vectors.py --check    exits with 1 when the file says something else

Standard library only. Differs from the product on purpose: the law of a set is found by counting through all patterns of
levels for small sets and by convolution for the rest (both are compared), products are taken in plain numbers with
math.fsum rather than in logarithms, and answers are integrated by Simpson's rule over math.erf.
The six stages are derived as well: their vectors were published before this script existed, so they anchor it.
"""
import itertools
import json
import math
import pathlib
import sys

# Constants as docs/method.md states them (sections 1 to 5).
RHO, LENIENCY = 0.34, 0.32
SLOPE, STEP = 1.2, 0.1
LARGELY, FULLY = 0.50, 0.85
MEDIAN, ASSURED = 0.5, 0.9
DEGREE = {1: 0.0, 2: 0.5, 3: 1.0}

MODELS = {
    "six-stage": {"prefix": "S", "sets": [5, 5, 5, 5, 6, 4]},
    "contact-centre-continuum": {"prefix": "T", "sets": [6, 8, 8, 7]},
    "cx-programme": {"prefix": "P", "sets": [5, 5, 6, 6, 6]},
}
UP, DOWN = [7.5, 7.5], [-7.5, -7.5]


def phi(x):
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def normal(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def third(p):
    """Quantile of the standard normal by bisection."""
    low, high = -10.0, 10.0
    for _ in range(200):
        mid = (low + high) / 2
        low, high = (mid, high) if normal(mid) < p else (low, mid)
    return (low + high) / 2


def simpson(f, a, b, n=4000):
    h = (b - a) / n
    return h / 3 * math.fsum((1 if i in (0, n) else 4 if i % 2 else 2) * f(a + i * h) for i in range(n + 1))


def answer_points():
    """Decibans (exists, full) of answers 1, 2, 3: log ratios of neighbouring rows of P(answer | level)."""
    cut = [-12.0, third(1 / 3), third(2 / 3), 12.0]
    spread = math.sqrt(1 - RHO * RHO)

    def kernel(level, answer):
        def inner(x):
            high = normal((cut[answer] - LENIENCY - RHO * x) / spread) if answer < 3 else 1.0
            low = normal((cut[answer - 1] - LENIENCY - RHO * x) / spread) if answer > 1 else 0.0
            return phi(x) * (high - low)

        return 3 * simpson(inner, cut[level - 1], cut[level])

    rows = [[kernel(level, answer) for answer in (1, 2, 3)] for level in (1, 2, 3)]
    return {a: [10 * math.log10(rows[1][a - 1] / rows[0][a - 1]), 10 * math.log10(rows[2][a - 1] / rows[1][a - 1])] for a in (1, 2, 3)}


ANSWER = answer_points()


def logistic(x):
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def prior(theta, t):
    two, three = logistic(SLOPE * (theta - t + 0.5)), logistic(SLOPE * (theta - t - 0.5))
    return [1 - two, two - three, three]


def over(line, laws):
    """P(mean degree > line) for independent items with these laws of the level."""
    n = len(laws)
    sums = {0: 1.0}
    for law in laws:
        after = {}
        for k, p in sums.items():
            for step, q in enumerate(law):
                after[k + step] = after.get(k + step, 0.0) + p * q
        sums = after
    return math.fsum(p for k, p in sums.items() if k / (2 * n) > line)


def over_by_counting(line, laws):
    """The same, pattern by pattern: 3^n terms."""
    n = len(laws)
    return math.fsum(
        math.prod(law[level - 1] for law, level in zip(laws, pattern))
        for pattern in itertools.product((1, 2, 3), repeat=n)
        if sum(DEGREE[level] for level in pattern) / n > line
    )


def items(model):
    return [(f"{model['prefix']}{s + 1}.{i + 1}", s + 1) for s, size in enumerate(model["sets"]) for i in range(size)]


def law(model, points, forced=None):
    """P(stage >= s) and P(set s as its own stage asks), for points (exists, full) by item and levels that are forced."""
    forced = forced or {}
    stages = len(model["sets"])
    grid = [i * STEP for i in range(int(round((stages + 1) / STEP)) + 1)]
    weights, own, gated = [], [], []
    for theta in grid:
        weight, sets = 1.0, {s: [] for s in range(1, stages + 1)}
        for name, s in items(model):
            exists, full = points.get(name, [0.0, 0.0])
            like = [1.0, 10 ** (exists / 10), 10 ** ((exists + full) / 10)]
            if name in forced:
                like = [1.0 if level == forced[name] else 0.0 for level in (1, 2, 3)]
            joint = [p * q for p, q in zip(prior(theta, s), like)]
            z = math.fsum(joint)
            weight *= z
            sets[s].append([j / z for j in joint])
        weights.append(weight)
        largely = [over(LARGELY, sets[s]) for s in sorted(sets)]
        fully = [over(FULLY, sets[s]) for s in sorted(sets)]
        own.append(largely)
        gated.append([1.0] + [largely[s] * math.prod(fully[:s]) for s in range(1, stages)])
    total = math.fsum(weights)
    mean = lambda rows: [math.fsum(w * r[s] for w, r in zip(weights, rows)) / total for s in range(stages)]
    return mean(gated), mean(own)


def highest(at_least, line):
    return max([1] + [s + 1 for s, p in enumerate(at_least) if p >= line])


def cases(model):
    stages = len(model["sets"])
    named = items(model)
    ladder = {k: {n: (UP if s <= k else DOWN) for n, s in named} for k in range(1, stages + 1)}
    last = lambda s: f"{model['prefix']}{s}.{model['sets'][s - 1]}"
    hole = {**ladder[2], last(2): DOWN}
    two_holes = {**hole, f"{model['prefix']}2.1": DOWN}
    island = {n: p for n, p in {**hole, **{n: UP for n, s in named if s == stages}}.items()}
    floor_broken = {**ladder[stages], f"{model['prefix']}1.2": [-15, -7.5], f"{model['prefix']}1.1": [-15, -7.5]}
    facts = {n: [15, 0] for n, s in named if s <= 2}
    mixed = {n: ([15, 7.5] if s == 1 else [7.5, 7.5] if s == 2 else [2.5, -2.5]) for n, s in named if s <= 3}
    mixed[f"{model['prefix']}2.2"] = [15, -7.5]
    del mixed[last(2)]
    out = [("no evidence", {}, {}, "the prior alone")]
    out += [(f"all answers {a}", {}, {n: a for n, _ in named}, f"points of answer {a} on every item") for a in (1, 2, 3)]
    out += [(f"sets 1 to {k} up, the rest down", p, {}, "up = (7.5, 7.5), down = (-7.5, -7.5)") for k, p in ladder.items() if k < stages]
    out += [
        ("everything up", ladder[stages], {}, "(7.5, 7.5) on every item"),
        ("a hole in set 2", hole, {}, f"sets 1 and 2 up but {last(2)} down, the rest down"),
        ("two holes in set 2", two_holes, {}, "the same with the first item of set 2 down as well"),
        ("a hole, and the last set up", island, {}, "the gate holds what an island would lift"),
        ("all up over a broken floor", floor_broken, {}, "two items of set 1 at (-15, -7.5), everything else up"),
        ("facts of configuration alone", facts, {}, "(15, 0) on sets 1 and 2: it exists, and nothing says how well"),
        ("a mixed centre", mixed, {}, f"set 1 (15, 7.5), set 2 up but its second item (15, -7.5) and {last(2)} unseen, set 3 (2.5, -2.5), the rest unseen"),
    ]
    return out


def derive(name, model):
    vectors = []
    for title, points, answers, how in cases(model):
        total = {n: list(points.get(n, [0.0, 0.0])) for n in {*points, *answers}}
        for n, a in answers.items():
            total[n] = [total[n][0] + ANSWER[a][0], total[n][1] + ANSWER[a][1]]
        at_least, own = law(model, total)
        unseen = [n for n, _ in items(model) if not any(points.get(n, [0, 0]))]
        low, _ = law(model, total, {n: 1 for n in unseen})
        high, _ = law(model, total, {n: 3 for n in unseen})
        vectors.append({
            "name": title, "derivation": how, "points": points, "answers": answers,
            "at_least": [round(p, 9) for p in at_least], "reached": [round(p, 9) for p in own],
            "median": highest(at_least, MEDIAN), "assured": highest(at_least, ASSURED),
            "if_unseen_absent": [round(p, 9) for p in low], "if_unseen_full": [round(p, 9) for p in high],
        })
    return {"model": name, "sets": model["sets"], "vectors": vectors}


def self_check():
    laws = [[0.02, 0.28, 0.70], [0.01, 0.19, 0.80], [0.05, 0.55, 0.40], [0, 0.19, 0.81], [0, 0.10, 0.90]]
    for line in (LARGELY, FULLY):
        assert abs(over(line, laws) - over_by_counting(line, laws)) < 1e-15
        assert abs(over(line, laws + laws[:3]) - over_by_counting(line, laws + laws[:3])) < 1e-14
    # Worked by hand in docs/method.md, section 6: all full .1633, exactly one partial .3851, so .548; largely .996.
    assert abs(over(FULLY, laws) - 0.548) < 5e-4 and abs(over(LARGELY, laws) - 0.996) < 5e-4
    # Published points of the answers, section 1.
    for a, published in {1: (-2.094, -2.476), 2: (-0.172, -0.872), 3: (1.682, 1.265)}.items():
        assert all(abs(x - y) < 5e-4 for x, y in zip(ANSWER[a], published)), (a, ANSWER[a])


def main():
    self_check()
    text = json.dumps([derive(name, model) for name, model in MODELS.items()], separators=(",", ":"))
    text = text.replace('{"name"', '\n  {"name"').replace('{"model"', '\n{"model"') + "\n"
    path = pathlib.Path(__file__).with_name("staged-vectors.json")
    if "--check" in sys.argv:
        same = json.loads(path.read_text()) == json.loads(text)  # the formatter of the repository owns the layout
        print(f"{path.name}: {'as derived' if same else 'differs from what docs/method.md gives'}")
        return 0 if same else 1
    path.write_text(text)
    print(f"{path.name}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
