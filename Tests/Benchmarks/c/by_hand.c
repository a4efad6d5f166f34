/* The worked example's step as a person writes it in C, with libm. */
#include "by_hand.h"
#include <tgmath.h>

static inline REAL sigmoid(REAL z) { return 1 / (1 + exp(-z)); }

REAL hand_gradient(const REAL p[12], const REAL x[2], const REAL t[2], REAL g[12]) {
  const REAL *w = p, *b = p + 4, *v = p + 6, *c = p + 10;
  REAL h1 = sigmoid(w[0] * x[0] + w[1] * x[1] + b[0]);
  REAL h2 = sigmoid(w[2] * x[0] + w[3] * x[1] + b[1]);
  REAL y1 = sigmoid(v[0] * h1 + v[1] * h2 + c[0]);
  REAL y2 = sigmoid(v[2] * h1 + v[3] * h2 + c[1]);
  REAL e1 = y1 - t[0], e2 = y2 - t[1];
  REAL d1 = e1 * y1 * (1 - y1), d2 = e2 * y2 * (1 - y2);
  REAL f1 = (d1 * v[0] + d2 * v[2]) * h1 * (1 - h1);
  REAL f2 = (d1 * v[1] + d2 * v[3]) * h2 * (1 - h2);
  g[0] = f1 * x[0], g[1] = f1 * x[1], g[2] = f2 * x[0], g[3] = f2 * x[1];
  g[4] = f1, g[5] = f2;
  g[6] = d1 * h1, g[7] = d1 * h2, g[8] = d2 * h1, g[9] = d2 * h2;
  g[10] = d1, g[11] = d2;
  return (e1 * e1 + e2 * e2) / 2;
}

REAL hand_train(REAL p[12], const REAL x[2], const REAL t[2]) {
  REAL g[12];
  REAL loss = hand_gradient(p, x, t, g);
  for (int k = 0; k < 12; k++) p[k] -= (REAL)0.5 * g[k];
  return loss;
}

REAL hand_gradient_many(const REAL p[12], long n, const REAL *x, const REAL *t, REAL g[12]) {
  REAL loss = 0, sum[12] = {0};
  for (long s = 0; s < n; s++) {
    REAL one[12];
    loss += hand_gradient(p, x + 2 * s, t + 2 * s, one);
    for (int k = 0; k < 12; k++) sum[k] += one[k];
  }
  for (int k = 0; k < 12; k++) g[k] = sum[k] / (REAL)n;
  return loss / (REAL)n;
}
