"""Update rules by their names and keys in the language: `torch.optim`'s, and the papers' of those that it has not."""

import torch
from torch.optim import _muon

CLASSES = {
    "sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW,
    "rmsprop": torch.optim.RMSprop, "adagrad": torch.optim.Adagrad, "adadelta": torch.optim.Adadelta,
    "adamax": torch.optim.Adamax, "nadam": torch.optim.NAdam, "radam": torch.optim.RAdam,
    "asgd": torch.optim.ASGD, "rprop": torch.optim.Rprop, "adafactor": torch.optim.Adafactor,
}
GROUPS = {
    "betas": ("beta1", "beta2"), "etas": ("etaminus", "etaplus"),
    "step_sizes": ("step_size_min", "step_size_max"), "ns_coefficients": ("ns_a", "ns_b", "ns_c"),
}
DEFAULTS = {
    "betas": (0.9, 0.999), "etas": (0.5, 1.2), "step_sizes": (1e-6, 50),
    "ns_coefficients": (3.4445, -4.775, 2.0315), "eps": (2.0**-23, 1e-3),
}


class Lion(torch.optim.Optimizer):
    """X. Chen et al., "Symbolic Discovery of Optimization Algorithms" (2023), algorithm 2."""

    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0, maximize=False):
        super().__init__(params, dict(lr=lr, betas=betas, weight_decay=weight_decay, maximize=maximize))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                g = -p.grad if group["maximize"] else p.grad
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                c = beta1 * m + (1 - beta1) * g
                p -= group["lr"] * (c.sign() + group["weight_decay"] * p)
                m.copy_(beta2 * m + (1 - beta2) * g)


class Lamb(torch.optim.Optimizer):
    """Y. You et al., "Large Batch Optimization for Deep Learning" (2020), algorithm 2 with φ(z) = z."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-6, weight_decay=0.01, maximize=False):
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, maximize=maximize))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                g = -p.grad if group["maximize"] else p.grad
                s = self.state[p]
                s["t"] = s.get("t", 0) + 1
                m = s.setdefault("m", torch.zeros_like(p))
                v = s.setdefault("v", torch.zeros_like(p))
                m.copy_(beta1 * m + (1 - beta1) * g)
                v.copy_(beta2 * v + (1 - beta2) * g * g)
                r = (m / (1 - beta1 ** s["t"])) / ((v / (1 - beta2 ** s["t"])).sqrt() + group["eps"])
                u = r + group["weight_decay"] * p
                length, reach = p.norm(), u.norm()
                trust = length / reach if length > 0 and reach > 0 else 1.0
                p -= group["lr"] * trust * u


class Muon:
    """`torch.optim.Muon` for matrices, its iteration in float64 and not in bfloat16, and `AdamW` for the rest."""

    def __init__(self, params, lr=1e-3, weight_decay=0.1, betas=(0.9, 0.999), adamw_eps=1e-8, maximize=False, **keys):
        self.maximize, self.all = maximize, params
        matrices = [p for p in params if p.dim() == 2]
        rest = [p for p in params if p.dim() != 2]
        self.parts = [
            torch.optim.Muon(matrices, lr=lr, weight_decay=weight_decay, **keys),
            torch.optim.AdamW(rest, lr=lr, weight_decay=weight_decay, betas=betas, eps=adamw_eps, foreach=False),
        ]

    def zero_grad(self):
        for part in self.parts:
            part.zero_grad()

    def step(self):
        before = torch.Tensor.bfloat16
        torch.Tensor.bfloat16 = lambda tensor: tensor.clone()
        try:
            for p in self.all:
                p.grad = -p.grad if self.maximize else p.grad
            for part in self.parts:
                part.step()
        finally:
            torch.Tensor.bfloat16 = before


class Rule:
    """A rule with what every rule takes: bounds on the gradient, and an average of the parameters."""

    def __init__(self, parameters, name, options):
        self.parameters = parameters
        keys = dict(options)
        self.norm, self.value = keys.pop("clip_norm", 0), keys.pop("clip_value", 0)
        self.ema, self.averages = keys.pop("ema", 0), None
        keys = {k: v == "yes" if v in ("yes", "no") else v for k, v in keys.items()}
        groups = dict(GROUPS, eps=("eps1", "eps2")) if name == "adafactor" else GROUPS
        for group, names in groups.items():
            if any(n in keys for n in names):
                standard = (0.9, 0.99) if (name, group) == ("lion", "betas") else DEFAULTS[group]
                keys[group] = tuple(keys.pop(n, d) for n, d in zip(names, standard))
        if name == "adafactor":
            keys.setdefault("eps", DEFAULTS["eps"])
        own = {"lion": Lion, "lamb": Lamb, "muon": Muon}
        if name in own:
            self.optimizer = own[name](list(parameters.values()), **keys)
        else:
            self.optimizer = CLASSES[name](list(parameters.values()), foreach=False, **keys)

    def zero_grad(self):
        self.optimizer.zero_grad()

    def step(self):
        values = list(self.parameters.values())
        if self.norm:
            torch.nn.utils.clip_grad_norm_(values, self.norm)
        if self.value:
            torch.nn.utils.clip_grad_value_(values, self.value)
        self.optimizer.step()
        if not self.ema:
            return
        update = torch.optim.swa_utils.get_ema_multi_avg_fn(self.ema)
        if self.averages is None:
            self.averages = [p.detach().clone() for p in values]
        else:
            update(self.averages, [p.detach() for p in values], None)

    def averaged(self):
        """The averages by name; none where there are none."""
        names = (f"{name}.average" for name in self.parameters)
        return dict(zip(names, (a.clone() for a in self.averages or [])))
