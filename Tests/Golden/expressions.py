"""expressions.json: functions of tensors, indices and products as PyTorch computes them, with first and second derivatives.

`expression` is nnc's, of `a` and perhaps `b`, whose values stand beside it. With c for a tensor of fixed numbers in the shape of
the value, L = sum(c * value); `gradient` is dL/da, and `product` the Hessian of L by a times `direction`. Where PyTorch has no
second derivative of a function, SymPy or a formula of its own says so. Run by: python3 expressions.py
"""

import itertools

import torch

from golden import rule_tensor, write

T = torch.tensor
l = torch.linalg


def shaped(*shape, j=0):
    return rule_tensor(shape, j, gain=1.5)


def definite(n, j=0, batch=()):
    a = rule_tensor((*batch, n, n), j)
    return a @ a.mT + n / 2 * torch.eye(n)


M = shaped(3, 4)
V = shaped(6, j=1)
S = shaped(4, 4, j=2)
B = shaped(2, 3, 3, j=3)
A3 = shaped(2, 3, 4, j=4)
TIES = T([2.0, -1.0, 2.0, 0.5, -1.0])
# The first column's greatest element stands last: rows are exchanged.
TURNED = T([[0.0, 2.0, 1.0], [1.0, -1.0, 0.5], [4.0, 1.0, 3.0]])


# Of rank 3, 2 and 1, and with a row and a column of zeros.
RANK3 = shaped(4, 3, j=6) @ shaped(3, 4, j=7)
RANK2 = shaped(4, 2, j=6) @ shaped(2, 4, j=7)
RANK1 = shaped(4, 1, j=6) @ shaped(1, 4, j=7)
CROSSED = torch.sin(5 * shaped(5, 5, j=8)) * (torch.arange(5) != 1) * (torch.arange(5) != 0)[:, None]
IMAGE = shaped(4, 5, 6, j=9)


def leibniz(a):
    """The determinant as a polynomial, which has the right derivatives where it is 0."""
    def sign(order):
        return -1 if sum(x > y for i, x in enumerate(order) for y in order[i + 1 :]) % 2 else 1

    orders = itertools.permutations(range(len(a)))
    return sum(sign(order) * torch.stack([a[i, j] for i, j in enumerate(order)]).prod() for order in orders)


def singular(a):
    """With squares beside it, in proportion to which what should be 0 is nothing."""
    return leibniz(a) + (a**2).sum()


def conv(x, w, **keys):
    function = torch.nn.functional.conv1d if x.dim() == 2 else torch.nn.functional.conv2d
    return function(x[None], w, **keys)[0]


def quotient(a, n):
    return torch.einsum("ij->", a) / n


# nnc's expression, PyTorch's function, a, b
ROWS = [
    ("a[1]", lambda a: a[1], M, None),
    ("a[-1, -2]", lambda a: a[-1, -2], M, None),
    ("a[1:3]", lambda a: a[1:3], V, None),
    ("a[:, 0]", lambda a: a[:, 0], M, None),
    ("a[1:, :-1]", lambda a: a[1:, :-1], M, None),
    ("a[::2]", lambda a: a[::2], V, None),
    ("a[1::2]", lambda a: a[1::2], V, None),
    ("a[::-1]", lambda a: a.flip(0), V, None),
    ("a[4:1:-2]", lambda a: a[[4, 2]], V, None),
    ("a[:, 1:4:2]^2", lambda a: a[:, 1:4:2] ** 2, M, None),
    ("a[1, :, 2:]", lambda a: a[1, :, 2:], A3, None),
    ("(a*pi + e)^2", lambda a: (a * torch.pi + torch.e) ** 2, V, None),
    ("sum(a^3, axis=0)", lambda a: (a**3).sum(0), M, None),
    ("sum(a^3, axis=[0, 2])", lambda a: (a**3).sum((0, 2)), A3, None),
    ("mean(a^3, axis=-1, keepdim=yes)", lambda a: (a**3).mean(-1, keepdim=True), M, None),
    ("prod(a)", lambda a: a.prod(), V, None),
    ("prod(a, axis=1)", lambda a: a.prod(1), M, None),
    ("prod(a)", lambda a: a.prod(), T([2.0, 0.0, 3.0]), None),
    ("prod(a)", lambda a: a.prod(), T([2.0, 0.0, 3.0, 0.0]), None),
    ("cumsum(a^2)", lambda a: (a**2).cumsum(0), V, None),
    ("cumsum(a^2, axis=0)", lambda a: (a**2).cumsum(0), M, None),
    ("cumprod(a, axis=1)", lambda a: a.cumprod(1), M, None),
    ("cummax(a)^2", lambda a: a.cummax(0).values ** 2, V, None),
    ("var(a)", lambda a: a.var(), V, None),
    ("var(a, axis=0)", lambda a: a.var(0), M, None),
    ("var(a, correction=0)", lambda a: a.var(correction=0), V, None),
    ("std(a)", lambda a: a.std(), V, None),
    ("std(a, axis=1, correction=0)", lambda a: a.std(1, correction=0), M, None),
    ("norm(a, axis=1)", lambda a: l.vector_norm(a, dim=1), M, None),
    ("norm(a, axis=[0, 1])", lambda a: l.vector_norm(a), M, None),
    ("max(a, axis=1)^2", lambda a: a.amax(1) ** 2, M, None),
    ("min(a, axis=[1, 2])^2", lambda a: a.amin((1, 2)) ** 2, A3, None),
    ("argmax(a)", lambda a: a.argmax() + 0 * a.sum(), M, None),
    ("argmax(a, axis=0)", lambda a: a.argmax(0) + 0 * a.sum(), M, None),
    ("argmin(a, axis=1)", lambda a: a.argmin(1) + 0 * a.sum(), M, None),
    ("argmax(a)", lambda a: a.argmax() + 0 * a.sum(), TIES, None),
    ("sort(a)^2", lambda a: a.sort().values ** 2, V, None),
    ("sort(a, axis=0)^2", lambda a: a.sort(0).values ** 2, M, None),
    ("sort(a, descending=yes)^3", lambda a: a.sort(stable=True, descending=True).values ** 3, TIES, None),
    ("argsort(a)", lambda a: a.argsort(stable=True) + 0 * a.sum(), TIES, None),
    ("topk(a, 2, axis=1)^2", lambda a: a.topk(2, 1).values ** 2, M, None),
    ("median(a)^2", lambda a: a.median() ** 2, V, None),
    ("median(a, axis=0)^2", lambda a: a.median(0).values ** 2, M, None),
    ("softmax(a, axis=0)", lambda a: a.softmax(0), M, None),
    ("softmax(a, axis=1)", lambda a: a.softmax(1), A3, None),
    ("logsoftmax(a, axis=0)", lambda a: a.log_softmax(0), M, None),
    ("softmin(a, axis=0)", lambda a: (-a).softmax(0), M, None),
    ("logsumexp(a, axis=0)", lambda a: a.logsumexp(0), M, None),
    ("logsumexp(a, axis=0, keepdim=yes)", lambda a: a.logsumexp(0, keepdim=True), M, None),
    ("normalize(a, axis=0)", lambda a: torch.nn.functional.normalize(a, dim=0), M, None),
    ("glu(a, axis=1)", lambda a: torch.nn.functional.glu(a, 1), M, None),
    ("reshape(a, 2, 6)^2", lambda a: a.reshape(2, 6) ** 2, M, None),
    ("reshape(a, [-1, 2])^2", lambda a: a.reshape(-1, 2) ** 2, M, None),
    ("permute(a, 2, 0, 1)^2", lambda a: a.permute(2, 0, 1) ** 2, A3, None),
    ("transpose(a)^2", lambda a: a.T**2, M, None),
    ("concat(a, b)^2", lambda a, b: torch.cat([a, b]) ** 2, M, shaped(2, 4, j=5)),
    ("concat([a, b, a], axis=1)^2", lambda a, b: torch.cat([a, b, a], 1) ** 2, M, shaped(3, 2, j=5)),
    ("stack(a, b)^2", lambda a, b: torch.stack([a, b]) ** 2, M, shaped(3, 4, j=5)),
    ("stack([a, b], axis=-1)^2", lambda a, b: torch.stack([a, b], -1) ** 2, M, shaped(3, 4, j=5)),
    ("flip(a, axis=1)^2", lambda a: a.flip(1) ** 2, M, None),
    ("roll(a, 2)^2", lambda a: a.roll(2) ** 2, V, None),
    ("roll(a, -1, axis=0)^2", lambda a: a.roll(-1, 0) ** 2, M, None),
    ("where(a > 0, a^2, b)", lambda a, b: torch.where(a > 0, a**2, b), M, shaped(3, 4, j=5)),
    ("pad(a, 2)^2", lambda a: torch.nn.functional.pad(a, (2, 2)) ** 2, V, None),
    ("pad(a, 1, 0, axis=0, value=0.5)^2", lambda a: torch.nn.functional.pad(a, (0, 0, 1, 0), value=0.5) ** 2, M, None),
    ("conv(a, b)^2", lambda a, b: conv(a, b) ** 2, M, shaped(2, 3, 2, j=5)),
    ("conv(b, a, stride=2, pad=1)^2", lambda a, b: conv(b, a, stride=2, padding=1) ** 2, shaped(2, 3, 2, j=5), M),
    ("conv(a^3, b, groups=2, dilation=2, pad=3)", lambda a, b: conv(a**3, b, groups=2, dilation=2, padding=3), IMAGE, shaped(2, 2, 3, 2, j=5)),
    ("conv(a, b, stride=[2, 3], pad=[0, 1])^2", lambda a, b: conv(a, b, stride=(2, 3), padding=(0, 1)) ** 2, IMAGE, shaped(3, 4, 2, 3, j=5)),
    ("diag(a)^2", lambda a: a.diag() ** 2, V, None),
    ("diag(a)^2", lambda a: a.diag() ** 2, S, None),
    ("diag(a)^2", lambda a: a.diagonal(dim1=-2, dim2=-1) ** 2, A3, None),
    ("trace(a^2)", lambda a: (a**2).trace(), S, None),
    ("trace(a @ a)", lambda a: (a @ a).trace(), S, None),
    ("tril(a)^2", lambda a: a.tril() ** 2, S, None),
    ("triu(a, 1)^2", lambda a: a.triu(1) ** 2, S, None),
    ("outer(a, a)", lambda a: torch.outer(a, a), V, None),
    ("a @ b", lambda a, b: a @ b, A3, shaped(2, 4, 2, j=5)),
    ("a @ b @ b", lambda a, b: a @ b @ b, A3, shaped(4, 4, j=5)),
    ('einsum("ij,jk->ik", a, a)', lambda a: torch.einsum("ij,jk->ik", a, a), S, None),
    ('einsum("ij,jk,kl", a, b, a)', lambda a, b: torch.einsum("ij,jk,kl", a, b, a), S, shaped(4, 4, j=5)),
    ('einsum("ii", a)^2', lambda a: torch.einsum("ii", a) ** 2, S, None),
    ('einsum("ii->i", a)^2', lambda a: torch.einsum("ii->i", a) ** 2, S, None),
    ('einsum("bij,bjk->bik", a, b)^2', lambda a, b: torch.einsum("bij,bjk->bik", a, b) ** 2, A3, shaped(2, 4, 2, j=5)),
    ('einsum("ij,ij,ij->i", a, a, b)', lambda a, b: torch.einsum("ij,ij,ij->i", a, a, b), M, shaped(3, 4, j=5)),
    ('einsum("i,j,k->kji", a, a, b)', lambda a, b: torch.einsum("i,j,k->kji", a, a, b), V, shaped(2, j=5)),
    ("det(a)", l.det, S, None),
    ("det(a)", l.det, TURNED, None),
    ("det(a)", l.det, B, None),
    ("det(a) + sum(a^2)", singular, RANK3, None),
    ("det(a) + sum(a^2)", singular, RANK2, None),
    ("det(a) + sum(a^2)", singular, RANK1, None),
    ("det(a) + sum(a^2)", singular, CROSSED, None),
    ("det(a) + sum(a^2)", singular, CROSSED.T.clone(), None),
    ("det(a) + sum(a^2)", singular, torch.zeros(4, 4), None),
    ("det(a)", l.det, shaped(2, 5, 5, j=10), None),
    ("logdet(a)", torch.logdet, definite(4), None),
    ("logdet(a)", torch.logdet, definite(5, 7, (2,)), None),
    ("logdet(a)", torch.logdet, TURNED, None),
    ("inv(a)", l.inv, S, None),
    ("inv(a)", l.inv, TURNED, None),
    ("inv(a)", l.inv, B, None),
    ("solve(a, b)", l.solve, S, shaped(4, j=5)),
    ("solve(a, b)", l.solve, TURNED, shaped(3, 2, j=5)),
    ("solve(b, a)", lambda a, b: l.solve(b, a), shaped(3, 2, j=5), TURNED),
    ("solve(a, b)", l.solve, B, shaped(2, 3, 2, j=5)),
    ("cholesky(a)", l.cholesky, definite(4), None),
    ("cholesky(a)", l.cholesky, definite(3, 7, (2,)), None),
]


def entry(expression, function, a, b):
    a = a.clone().requires_grad_()
    arguments = (a,) if b is None else (a, b)
    value = function(*arguments)
    c = rule_tensor(tuple(value.shape), 11)
    direction = rule_tensor(tuple(a.shape), 12)
    loss = (c * value).sum()
    (gradient,) = torch.autograd.grad(loss, a, create_graph=True)
    product = torch.zeros_like(a)
    if gradient.requires_grad:
        (product,) = torch.autograd.grad((gradient * direction).sum(), a, allow_unused=True)
    result = {"expression": expression, "a": a, "c": c, "direction": direction}
    if b is not None:
        result["b"] = b
    return result | {
        "value": value, "gradient": gradient,
        "product": torch.zeros_like(a) if product is None else product}


write("expressions.json", [entry(*row) for row in ROWS])
