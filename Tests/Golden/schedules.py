"""schedules.json: the learning rate of every step by `torch.optim.lr_scheduler`, for every form of `--schedule`."""

import torch
from torch.optim import lr_scheduler as s

from golden import write

# schedule, rate, epochs, steps an epoch, the scheduler, whether it is stepped once an epoch
CASES = [
    ("step:3:0.3", 0.1, 10, 4, lambda o, n: s.StepLR(o, 3, 0.3), True),
    ("multistep:2,5,7:0.2", 0.1, 10, 4, lambda o, n: s.MultiStepLR(o, [2, 5, 7], 0.2), True),
    ("multistep:3,3:0.5", 0.1, 6, 4, lambda o, n: s.MultiStepLR(o, [3, 3], 0.5), True),
    ("exponential:0.8", 0.1, 10, 4, lambda o, n: s.ExponentialLR(o, 0.8), True),
    ("polynomial", 0.1, 5, 7, lambda o, n: s.PolynomialLR(o, n), False),
    ("polynomial:2.5", 0.1, 5, 7, lambda o, n: s.PolynomialLR(o, n, 2.5), False),
    ("cosine", 0.1, 5, 7, lambda o, n: s.CosineAnnealingLR(o, n), False),
    ("cosine:0.01", 0.1, 5, 7, lambda o, n: s.CosineAnnealingLR(o, n, 0.01), False),
    ("restarts:2", 0.1, 9, 5, lambda o, n: s.CosineAnnealingWarmRestarts(o, 10), False),
    ("restarts:1:2:0.01", 0.1, 9, 5, lambda o, n: s.CosineAnnealingWarmRestarts(o, 5, 2, 0.01), False),
    ("restarts:1:3", 0.1, 15, 4, lambda o, n: s.CosineAnnealingWarmRestarts(o, 4, 3), False),
    ("onecycle", 0.1, 5, 10, lambda o, n: s.OneCycleLR(o, 0.1, n, cycle_momentum=False), False),
    ("onecycle", 0.3, 3, 7, lambda o, n: s.OneCycleLR(o, 0.3, n, cycle_momentum=False), False),
]
LOSSES = [1.0, 0.9, 0.91, 0.9, 0.89999, 0.95, 0.8, 0.81, 0.82, 0.83, 0.84, 0.85, 0.79995, 0.7, 0.7, 0.7, 0.7, 0.7, 0.6, 0.7]
PLATEAUS = [("plateau:0.1:2", 0.1, 2), ("plateau:0.5:0", 0.5, 0), ("plateau", 0.1, 10), ("plateau:0.001:1", 0.001, 1)]


def optimizer(rate):
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)


def rates(case):
    name, rate, epochs, steps, make, once = case
    o = optimizer(rate)
    schedule = make(o, epochs * steps)
    found = []
    for step in range(epochs * steps):
        found.append(o.param_groups[0]["lr"])
        o.step()
        if not once or (step + 1) % steps == 0:
            schedule.step()
    return {"schedule": name, "rate": rate, "epochs": epochs, "steps": steps, "losses": [], "rates": found}


def plateau(name, factor, patience):
    o = optimizer(0.1)
    schedule = s.ReduceLROnPlateau(o, factor=factor, patience=patience)
    found = []
    for loss in LOSSES:
        found.append(o.param_groups[0]["lr"])
        schedule.step(loss)
    return {"schedule": name, "rate": 0.1, "epochs": len(LOSSES), "steps": 1, "losses": LOSSES, "rates": found}


if __name__ == "__main__":
    write("schedules.json", [rates(c) for c in CASES] + [plateau(*p) for p in PLATEAUS])
